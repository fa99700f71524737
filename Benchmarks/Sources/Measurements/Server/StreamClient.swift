import Foundation

/// One WebSocket that only listens: a raw socket, so that 200 of them cost the machine little beside the server.
struct StreamClient {
    let descriptor: Int32
    private var buffer: [UInt8] = []
    private static let text: UInt8 = 1
    private static let ping: UInt8 = 9

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    /// Connects to loopback, shakes hands with a key, and subscribes to topics where there are some.
    init(port: UInt16, key: String, topics: [String]) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure("no connection to port \(port): errno \(errno)") }
        try write(
            Array(
                """
                GET /ws HTTP/1.1\r
                Host: 127.0.0.1:\(port)\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                Authorization: Bearer \(key)\r
                \r\n
                """.utf8))
        try shakeHands()
        guard !topics.isEmpty else { return }
        let names = topics.map { "\"\($0)\"" }.joined(separator: ",")
        try send("{\"op\":\"subscribe\",\"topics\":[\(names)]}")
    }

    /// Reads what is there, through a buffer that many clients share, and hands out each complete text; false where the
    /// server has gone.
    mutating func read(through chunk: inout [UInt8], _ body: (ArraySlice<UInt8>) -> Void) -> Bool {
        let count = recv(descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
        if count <= 0 { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        buffer += chunk[..<count]
        var start = 0
        while let frame = frame(at: start) {
            if frame.opcode == StreamClient.text { body(buffer[frame.payload]) }
            // The server ends a connection that leaves its pings without an answer.
            if frame.opcode == StreamClient.ping, (try? write([0x8A, 0x80, 0, 0, 0, 0])) == nil { return false }
            start = frame.payload.upperBound
        }
        buffer.removeFirst(start)
        return true
    }

    func close() { Foundation.close(descriptor) }

    private mutating func shakeHands() throws {
        var answer: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while answer.suffix(4) != end[...] {
            var byte: UInt8 = 0
            guard recv(descriptor, &byte, 1, 0) == 1 else { throw Failure("the server hung up at the handshake") }
            answer.append(byte)
        }
        let status = String(decoding: answer.prefix(12), as: UTF8.self)
        guard status.hasSuffix("101") else {
            throw Failure("the handshake was answered with: \(String(decoding: answer, as: UTF8.self))")
        }
    }

    /// A masked text frame; the mask is zero, which is allowed and leaves the text as it is.
    private func send(_ text: String) throws {
        let payload = Array(text.utf8)
        precondition(payload.count < 65_536)
        let length: [UInt8] =
            payload.count < 126
            ? [0x80 | UInt8(payload.count)] : [0xFE, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        try write([0x81] + length + [0, 0, 0, 0] + payload)
    }

    private func write(_ bytes: [UInt8]) throws {
        guard Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Failure("nothing could be sent: errno \(errno)")
        }
    }

    private func frame(at start: Int) -> (opcode: UInt8, payload: Range<Int>)? {
        guard buffer.count >= start + 2 else { return nil }
        let short = Int(buffer[start + 1] & 0x7F)
        let header = short < 126 ? 2 : short == 126 ? 4 : 10
        guard buffer.count >= start + header else { return nil }
        let length = short < 126 ? short : buffer[(start + 2)..<(start + header)].reduce(0) { $0 << 8 | Int($1) }
        guard buffer.count >= start + header + length else { return nil }
        let payload = (start + header)..<(start + header + length)
        return (buffer[start] & 0x0F, payload)
    }
}
