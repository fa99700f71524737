/// Reads a request head from the bytes of its lines: strict where leniency has let requests be smuggled.
struct RequestHeadParser {
    private var head: RequestHead
    private var hosts = 0
    private var lengths = 0
    private var length: Int?
    private var encodings = 0
    private var isChunked = false
    private var hasUpgrade = false

    /// Reads the lines of `bytes`, each ending in CR LF, without the empty one at the end.
    static func parse(_ bytes: UnsafeRawBufferPointer) throws(HTTPRefusal) -> RequestHead {
        var lines = Lines(bytes)
        guard let first = lines.next() else { throw .malformed("The request line is missing.") }
        var parser = try RequestHeadParser(requestLine: first)
        while let line = lines.next() { try parser.field(line) }
        return try parser.finish()
    }

    private init(requestLine line: UnsafeRawBufferPointer) throws(HTTPRefusal) {
        guard let first = line.firstIndex(of: 0x20), let last = line.lastIndex(of: 0x20), first < last else {
            throw .malformed("The request line is not METHOD TARGET VERSION.")
        }
        let version = UnsafeRawBufferPointer(rebasing: line[(last + 1)...])
        let isVersion10 = try RequestHeadParser.isVersion10(version)
        let method = UnsafeRawBufferPointer(rebasing: line[..<first])
        let target = UnsafeRawBufferPointer(rebasing: line[(first + 1)..<last])
        guard !method.isEmpty, method.allSatisfy(ASCII.isToken) else { throw .malformed("The method is not a word.") }
        guard method.count <= 20, !method.contains(where: { $0 >= 0x61 && $0 <= 0x7A }),
            !ASCII.equal(method, "CONNECT")
        else { throw HTTPRefusal(.unsupported, 501, "The server does not know this method.") }
        guard target.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }),
            let decoded = RequestTarget(String(decoding: target, as: UTF8.self)),
            decoded.path != "*" || ASCII.equal(method, "OPTIONS")
        else { throw .malformed("The target of the request cannot be read.") }
        head = RequestHead(
            method: String(decoding: method, as: UTF8.self), target: decoded, headers: HTTPHeaders(fields: []))
        head.isVersion10 = isVersion10
        head.keepsAlive = !isVersion10
    }

    private static func isVersion10(_ version: UnsafeRawBufferPointer) throws(HTTPRefusal) -> Bool {
        if version.elementsEqual("HTTP/1.1".utf8) { return false }
        if version.elementsEqual("HTTP/1.0".utf8) { return true }
        let isVersion =
            version.count == 8 && version[..<5].elementsEqual("HTTP/".utf8)
            && ASCII.isDigit(version[5]) && version[6] == UInt8(ascii: ".") && ASCII.isDigit(version[7])
        guard isVersion else { throw .malformed("The version of the request cannot be read.") }
        throw HTTPRefusal(.unsupported, 505, "The server speaks HTTP/1.1.")
    }

    private mutating func field(_ line: UnsafeRawBufferPointer) throws(HTTPRefusal) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
            throw .malformed("A header line has no name.")
        }
        let name = UnsafeRawBufferPointer(rebasing: line[..<colon])
        guard name.allSatisfy(ASCII.isToken) else { throw .malformed("The name of a header cannot be read.") }
        var start = colon + 1
        var end = line.count
        while start < end, ASCII.isSpace(line[start]) { start += 1 }
        while end > start, ASCII.isSpace(line[end - 1]) { end -= 1 }
        let value = UnsafeRawBufferPointer(rebasing: line[start..<end])
        guard value.allSatisfy(ASCII.isFieldValue) else {
            throw .malformed("The value of a header holds control characters.")
        }
        try note(name, value)
        head.headers.fields.append(
            HTTPHeaders.Field(
                name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self)))
    }

    /// Keeps what the server itself needs of a header.
    private mutating func note(
        _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer
    ) throws(HTTPRefusal) {
        switch name.count {
        case 4 where ASCII.equal(name, "Host"): hosts += 1
        case 6 where ASCII.equal(name, "Expect"):
            guard ASCII.equal(value, "100-continue") else {
                throw HTTPRefusal(.unsupported, 417, "The server expects nothing but 100-continue.")
            }
            head.expectsContinue = true
        case 7 where ASCII.equal(name, "Upgrade"): hasUpgrade = true
        case 14 where ASCII.equal(name, "Content-Length"): try noteLength(value)
        case 17 where ASCII.equal(name, "Transfer-Encoding"):
            encodings += 1
            isChunked = ASCII.equal(value, "chunked")
        default: break
        }
    }

    private mutating func noteLength(_ value: UnsafeRawBufferPointer) throws(HTTPRefusal) {
        lengths += 1
        guard (1...18).contains(value.count), value.allSatisfy(ASCII.isDigit) else {
            throw .malformed("Content-Length is not a number.")
        }
        length = value.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private consuming func finish() throws(HTTPRefusal) -> RequestHead {
        guard hosts == 1 || (head.isVersion10 && hosts == 0) else {
            throw .malformed("A request needs one Host header.")
        }
        guard lengths <= 1, encodings <= 1, lengths + encodings <= 1 else {
            throw .malformed("The length of the body is given more than once.")
        }
        if encodings == 1 {
            guard !head.isVersion10 else { throw .malformed("HTTP/1.0 has no Transfer-Encoding.") }
            guard isChunked else { throw HTTPRefusal(.unsupported, 501, "The server reads no encoding but chunked.") }
            head.framing = .chunked
        } else if let length, length > 0 {
            head.framing = .length(length)
        }
        if head.headers.has("close", in: "Connection") {
            head.keepsAlive = false
        } else if head.isVersion10, head.headers.has("keep-alive", in: "Connection") {
            head.keepsAlive = true
        }
        head.expectsContinue = head.expectsContinue && !head.isVersion10
        head.wantsWebSocket =
            hasUpgrade && head.headers.has("websocket", in: "Upgrade") && head.headers.has("upgrade", in: "Connection")
        return head
    }
}

/// The lines of a head, without their CR LF.
private struct Lines {
    private var rest: UnsafeRawBufferPointer.SubSequence

    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes[...]
    }

    mutating func next() -> UnsafeRawBufferPointer? {
        guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex else { return nil }
        defer { rest = rest[(end + 1)...] }
        return UnsafeRawBufferPointer(rebasing: rest[rest.startIndex..<(end - 1)])
    }
}
