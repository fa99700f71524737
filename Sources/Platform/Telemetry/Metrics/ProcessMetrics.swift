#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the system knows of this process: memory, processor time, open files and when it began.
///
/// Each number is absent where the system does not tell it.
public struct ProcessMetrics: Sendable {
    private let folder: String

    /// Reads from the folder in which Linux shows its processes.
    public init(folder: String = "/proc") {
        self.folder = folder
    }

    /// Adds the numbers under the names that Prometheus gives them.
    public func register(in registry: MetricRegistry) throws(TelemetryError) {
        try registry.observe("process_resident_memory_bytes", help: "Memory held in RAM, in bytes.") {
            residentBytes
        }
        try registry.observe("process_cpu_seconds_total", help: "Processor time used, in seconds.", as: .counter) {
            processorSeconds
        }
        try registry.observe("process_open_fds", help: "Open file descriptors.") { openFiles.map(Double.init) }
        try registry.observe("process_start_time_seconds", help: "When the process began, in seconds since 1970.") {
            startSeconds
        }
    }

    /// Memory held in RAM.
    public var residentBytes: Double? {
        guard let text = text("self/statm") else { return nil }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return pages.map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) }
    }

    /// Processor time used by the program and by the system for it.
    public var processorSeconds: Double? {
        guard let user = field(14), let system = field(15) else { return nil }
        return (user + system) / ProcessMetrics.ticksPerSecond
    }

    /// Open file descriptors, the one that counts them included.
    public var openFiles: Int? {
        FileBytes.entries(in: "\(folder)/self/fd")
    }

    /// When the process began, in seconds since 1970.
    public var startSeconds: Double? {
        guard let ticks = field(22), let boot = bootSeconds else { return nil }
        return boot + ticks / ProcessMetrics.ticksPerSecond
    }

    private var bootSeconds: Double? {
        let line = text("stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) }
    }

    /// A field of `stat`, counted from 1 as proc(5) does; the name in field 2 may hold blanks and brackets.
    private func field(_ number: Int) -> Double? {
        guard let text = text("self/stat"), let bracket = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: bracket)...].split(whereSeparator: \.isWhitespace)
        let index = number - 3
        return fields.indices.contains(index) ? Double(fields[index]) : nil
    }

    private func text(_ name: String) -> String? {
        FileBytes.contents(of: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    private static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
}
