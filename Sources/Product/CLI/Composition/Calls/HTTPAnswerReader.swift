/// Reads a whole answer of HTTP/1.1, whose connection was closed after it.
struct HTTPAnswerReader {
    private var rest: ArraySlice<UInt8>

    /// The answer; throws where it is cut short or is none.
    static func read(_ bytes: [UInt8]) throws(CommandFailure) -> LoopbackHTTP.Answer {
        var reader = HTTPAnswerReader(rest: bytes[...])
        return try reader.answer()
    }

    private mutating func answer() throws(CommandFailure) -> LoopbackHTTP.Answer {
        let status = try line().split(separator: " ")
        guard status.count >= 2, status[0].hasPrefix("HTTP/1."), let number = Int(status[1]) else { throw broken }
        var headers: [String: String] = [:]
        while case let line = try line(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { throw broken }
            let value = line[line.index(after: colon)...]
            headers[line[..<colon].lowercased()] = String(value.drop { $0 == " " })
        }
        return LoopbackHTTP.Answer(status: number, headers: headers, body: try body(headers))
    }

    private mutating func body(_ headers: [String: String]) throws(CommandFailure) -> [UInt8] {
        if headers["transfer-encoding"]?.lowercased() == "chunked" { return try chunks() }
        guard let length = headers["content-length"] else { return Array(rest) }
        guard let count = Int(length), count >= 0 else { throw broken }
        return Array(try take(count))
    }

    private mutating func chunks() throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            guard let size = Int(try line().prefix { $0 != ";" }, radix: 16), size >= 0 else { throw broken }
            guard size > 0 else { return bytes }
            bytes += try take(size)
            guard try line().isEmpty else { throw broken }
        }
    }

    private mutating func take(_ count: Int) throws(CommandFailure) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw broken }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func line() throws(CommandFailure) -> String {
        guard let end = rest.firstIndex(of: 0x0A) else { throw broken }
        let line = rest[..<end]
        rest = rest[(end + 1)...]
        return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }

    private var broken: CommandFailure {
        CommandFailure(
            "the desk's answer was cut short or is no HTTP; ask again with the same --key, which does nothing twice",
            code: "unavailable")
    }
}
