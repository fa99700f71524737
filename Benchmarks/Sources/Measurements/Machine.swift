import Foundation
import Storage

/// Where and with what was measured.
enum Machine {
    static func describe() throws {
        let cpu = field("model name", of: "/proc/cpuinfo") ?? "unknown processor"
        let memory = field("MemTotal", of: "/proc/meminfo").flatMap { Double($0.split(separator: " ")[0]) } ?? 0
        let cores = ProcessInfo.processInfo.activeProcessorCount
        print("machine   \(cpu), \(cores) cores, \(Figure.text((memory / 1_048_576).rounded())) GiB")
        print("kernel    \(content("/proc/sys/kernel/osrelease")), load \(content("/proc/loadavg"))")
        print("date      \(Date().formatted(.iso8601))")
        let sqlite = try Database(inMemory: []).read { transaction in
            try transaction.first("SELECT sqlite_version()") { try $0.text(0) }
        }
        let environment = ProcessInfo.processInfo.environment
        print("versions  \(environment["BENCH_SWIFT"] ?? "Swift unknown"), SQLite \(sqlite ?? "unknown")")
        print("commit    \(environment["BENCH_COMMIT"] ?? "unknown")\n")
    }

    private static func content(_ path: String) -> String {
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"
    }

    private static func field(_ name: String, of path: String) -> String? {
        let line = content(path).split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    }
}
