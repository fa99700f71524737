import Foundation
import Synchronization

/// The built `bellwether`, as a process of its own.
final class Binary: Sendable {
    /// What an ended process said.
    struct Outcome {
        let code: Int32
        let wasKilled: Bool
        let lines: [String]
        let errors: String

        var last: String { lines.last ?? "" }
    }

    private let process = Mutex(Process())
    private let output: FileHandle
    private let errors: URL
    let identifier: Int32
    private let buffer = Mutex(Data())

    /// The debug binary beside the test bundle.
    static var url: URL {
        let own = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return own.appendingPathComponent("bellwether")
    }

    /// Starts the binary on a home.
    init(_ arguments: [String], home: String, environment: [String: String] = [:]) throws {
        let pipe = Pipe()
        errors = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("bw-\(getpid())-\(Binary.next())")
        try Data().write(to: errors)
        let sink = try FileHandle(forWritingTo: errors)
        output = pipe.fileHandleForReading
        identifier = try process.withLock { process in
            process.executableURL = Binary.url
            process.arguments = arguments + ["--home", home]
            process.environment = ["HOME": home, "USER": "tester", "TZ": "UTC"].merging(environment) { $1 }
            process.standardOutput = pipe
            process.standardError = sink
            process.standardInput = FileHandle.nullDevice
            try process.run()
            return process.processIdentifier
        }
    }

    private static let counter = Mutex(0)

    private static func next() -> Int {
        counter.withLock { count in
            count += 1
            return count
        }
    }

    /// Runs the binary to its end.
    static func run(_ arguments: [String], home: String) throws -> Outcome {
        try Binary(arguments, home: home).outcome()
    }

    /// The next line of its output; nil once it has closed it.
    func line() throws -> String? {
        while true {
            let line = buffer.withLock { buffer -> String? in
                guard let end = buffer.firstIndex(of: 10) else { return nil }
                defer { buffer = Data(buffer[(end + 1)...]) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            if let line { return line }
            let more = output.availableData
            guard !more.isEmpty else { return nil }
            buffer.withLock { $0 += more }
        }
    }

    func signal(_ number: Int32) {
        kill(identifier, number)
    }

    /// Reads the rest of the output and waits for the end.
    func outcome() throws -> Outcome {
        var lines: [String] = []
        while let line = try line() { lines.append(line) }
        return process.withLock { process in
            process.waitUntilExit()
            let text = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            try? FileManager.default.removeItem(at: errors)
            return Outcome(
                code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal, lines: lines,
                errors: text)
        }
    }
}

/// The objects of lines of JSON.
enum JSONText {
    static func object(_ line: String) -> [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
    }
}
