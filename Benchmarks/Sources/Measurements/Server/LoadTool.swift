import Foundation

/// `wrk`, the load generator, and what it says.
struct LoadTool {
    let requestsPerSecond: Double
    /// Milliseconds.
    let p99: Double

    /// Asks for a path with so many connections for some seconds; nil where `wrk` is not installed.
    static func run(_ url: String, key: String, connections: Int, seconds: Int) throws -> LoadTool? {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/wrk") else { return nil }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/wrk")
        process.arguments = [
            "-t1", "-c\(connections)", "-d\(seconds)s", "--latency", "-H", "Authorization: Bearer \(key)", url,
        ]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if text.contains("Non-2xx") { throw StreamClient.Failure("some reads were refused:\n\(text)") }
        guard let rate = number(after: "Requests/sec:", in: text), let p99 = duration(after: "99%", in: text) else {
            throw StreamClient.Failure("wrk said something else than expected:\n\(text)")
        }
        return LoadTool(requestsPerSecond: rate, p99: p99)
    }

    private static func word(after label: String, in text: String) -> Substring? {
        text.range(of: label).flatMap { text[$0.upperBound...].split(whereSeparator: \.isWhitespace).first }
    }

    private static func number(after label: String, in text: String) -> Double? {
        word(after: label, in: text).flatMap { Double($0) }
    }

    private static func duration(after label: String, in text: String) -> Double? {
        guard let word = word(after: label, in: text) else { return nil }
        let units: [(String, Double)] = [("us", 0.001), ("ms", 1), ("s", 1000), ("m", 60_000)]
        guard let unit = units.first(where: { word.hasSuffix($0.0) }) else { return nil }
        return Double(word.dropLast(unit.0.count)).map { $0 * unit.1 }
    }
}
