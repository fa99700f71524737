import Glibc

/// A blocking socket for tests that look at the bytes themselves.
public final class TestClient {
    /// The socket.
    public let descriptor: Int32
    private var buffer: [UInt8] = []
    /// Whether the server has closed.
    public private(set) var isEnded = false

    /// A connection to a port of this machine, on which nothing is waited for longer than thirty seconds.
    public init(port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw ClientTrouble("cannot connect: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// Sends all of the bytes; false where the peer has gone.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends a text.
    @discardableResult
    public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Reads more into the buffer; false at the end.
    private func fill() throws -> Bool {
        var part = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &part, part.count, 0)
        if count > 0 {
            buffer.append(contentsOf: part.prefix(count))
            return true
        }
        guard count == 0 || errno == ECONNRESET else { throw ClientTrouble("nothing came for thirty seconds") }
        isEnded = true
        return false
    }

    /// Exactly this many bytes.
    public func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else { throw ClientTrouble("the connection ended") }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    /// Everything until the server closes.
    public func readToEnd() throws -> [UInt8] {
        while try fill() {}
        defer { buffer = [] }
        return buffer
    }

    /// Whether the server closes without another byte.
    public func isClosedByServer() throws -> Bool {
        try readToEnd().isEmpty
    }

    private func readLine() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            guard try fill() else { throw ClientTrouble("the connection ended in a line") }
        }
    }

    /// The head of the next answer.
    public func readHead() throws -> Answer {
        let status = try readLine().split(separator: " ")
        var answer = Answer(status: status.count > 1 ? Int(status[1]) ?? 0 : 0)
        while true {
            let line = try readLine()
            if line.isEmpty { return answer }
            let sides = line.split(separator: ":", maxSplits: 1)
            answer.headers.append((String(sides[0]).lowercased(), sides[1].drop { $0 == " " }.description))
        }
    }

    /// The next answer, chunks put together.
    public func readAnswer(toHead: Bool = false) throws -> Answer {
        var answer = try readHead()
        if toHead || answer.status == 304 || answer.status == 204 { return answer }
        if answer["transfer-encoding"] == "chunked" {
            while true {
                let size = Int(try readLine(), radix: 16) ?? 0
                answer.body += try read(size)
                _ = try readLine()
                if size == 0 { return answer }
            }
        }
        if let length = answer["content-length"].flatMap({ Int($0) }) {
            answer.body = try read(length)
        } else {
            answer.body = try readToEnd()
        }
        return answer
    }

    /// Sends a request and reads its answer.
    public func ask(_ text: String) throws -> Answer {
        send(text)
        return try readAnswer(toHead: text.hasPrefix("HEAD"))
    }

    /// Asks for a path, with header lines that end with CRLF.
    public func get(_ path: String, _ headers: String = "") throws -> Answer {
        try ask("GET \(path) HTTP/1.1\r\nHost: test\r\n\(headers)\r\n")
    }

    /// Asks `localhost` for a path, with header lines without their ends.
    public func ask(_ method: String, _ path: String, _ headers: [String] = [], body: String = "") throws -> Answer {
        let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
        let lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers + length
        return try ask(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}
