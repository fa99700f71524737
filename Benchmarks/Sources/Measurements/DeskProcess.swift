import Foundation
import ScratchFolders

/// One `bellwether run --json` in a home of its own, watched from outside.
struct DeskProcess {
    /// From the start of the process to its end.
    private(set) var seconds = 0.0
    /// From the start of the process to its first recommendation or verdict; nil where there was none.
    private(set) var firstDecision: Double?
    /// The largest resident memory, as the kernel knew it when the last line came.
    private(set) var peakMegabytes = 0.0

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    private static let binary = ".build/release/bellwether"
    private static let decisions = [Data(#""type":"recommendation""#.utf8), Data(#""type":"verdict""#.utf8)]

    static func run(_ arguments: [String], stopsAtFirstDecision: Bool = false) throws -> DeskProcess {
        let home = try ScratchFolder()
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = ["run", "--json", "--home", home.path] + arguments
        (process.standardOutput, process.standardError) = (output, errors)
        var found = DeskProcess()
        let clock = ContinuousClock()
        let start = clock.now
        try process.run()
        while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
            found.peakMegabytes = max(found.peakMegabytes, peak(of: process.processIdentifier))
            guard found.firstDecision == nil, decisions.contains(where: { data.range(of: $0) != nil }) else { continue }
            found.firstDecision = start.duration(to: clock.now) / .seconds(1)
            if stopsAtFirstDecision { process.interrupt() }
        }
        process.waitUntilExit()
        found.seconds = start.duration(to: clock.now) / .seconds(1)
        guard process.terminationStatus == 0 else {
            let said = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
            throw Failure("bellwether run \(arguments) ended with \(process.terminationStatus): \(said)")
        }
        return found
    }

    /// The high-water mark of the process's own memory: unlike `wait4`'s, it knows nothing of the parent's.
    private static func peak(of process: Int32) -> Double {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { return 0 }
        return kibibytes * 1024 / 1e6
    }
}
