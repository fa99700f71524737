/// Writes the head of an answer and says what follows it.
struct ResponseWriter: Sendable {
    /// What of the request decides how its answer is written.
    struct Asked: Sendable {
        var isHead = false
        var isVersion10 = false
        var keepsAlive = true
    }

    /// What goes to the socket.
    struct Written {
        /// The status line and the headers.
        var bytes: [UInt8]
        /// The body; empty where there is none.
        var body: [UInt8] = []
        /// The stream that makes the body, where one is sent, and whether that is in chunks.
        var stream: (any HTTPBodyStream)?
        var isChunked = false
        /// Whether the connection ends after it.
        var closes: Bool
    }

    let serverName: String?

    /// The answer as bytes; nil where a header or the status could not be written without breaking the message.
    func write(_ response: HTTPResponse, asked: Asked) -> Written? {
        guard (200...599).contains(response.status), ResponseWriter.isValid(response.headers) else { return nil }
        var written = Written(bytes: [], closes: !asked.keepsAlive)
        written.bytes.reserveCapacity(256)
        statusLine(response.status, &written.bytes)
        for field in response.headers.fields where !ResponseWriter.isOurs(field.name) {
            ResponseWriter.append(field.name, field.value, &written.bytes)
        }
        if let serverName { ResponseWriter.append("Server", serverName, &written.bytes) }
        body(response, asked, &written)
        if written.closes {
            ResponseWriter.append("Connection", "close", &written.bytes)
        } else if asked.isVersion10 {
            ResponseWriter.append("Connection", "keep-alive", &written.bytes)
        }
        written.bytes.append(contentsOf: "\r\n".utf8)
        return written
    }

    private func body(_ response: HTTPResponse, _ asked: Asked, _ written: inout Written) {
        let hasBody = response.status != 204 && response.status != 304
        switch response.body {
        case .bytes(let bytes):
            guard hasBody else { return }
            let declared = asked.isHead && bytes.isEmpty ? ResponseWriter.length(response.headers) : nil
            ResponseWriter.append("Content-Length", String(declared ?? bytes.count), &written.bytes)
            if !asked.isHead { written.body = bytes }
        case .stream(let stream):
            guard hasBody else { return }
            written.isChunked = !asked.isVersion10
            if !asked.isHead { written.stream = stream }
            if written.isChunked {
                ResponseWriter.append("Transfer-Encoding", "chunked", &written.bytes)
            } else {
                written.closes = true
            }
        }
    }

    private func statusLine(_ status: Int, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: "HTTP/1.1 ".utf8)
        bytes.append(contentsOf: String(status).utf8)
        bytes.append(0x20)
        bytes.append(contentsOf: StatusText.of(status).utf8)
        bytes.append(contentsOf: "\r\n".utf8)
    }

    /// The answer to a WebSocket handshake.
    static func switching(acceptKey: String, subprotocol: String?, serverName: String?) -> [UInt8] {
        var bytes = Array("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n".utf8)
        append("Sec-WebSocket-Accept", acceptKey, &bytes)
        if let subprotocol { append("Sec-WebSocket-Protocol", subprotocol, &bytes) }
        if let serverName { append("Server", serverName, &bytes) }
        bytes.append(contentsOf: "\r\n".utf8)
        return bytes
    }

    private static func append(_ name: String, _ value: String, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: ": ".utf8)
        bytes.append(contentsOf: value.utf8)
        bytes.append(contentsOf: "\r\n".utf8)
    }

    /// Whether the server alone decides this header.
    private static func isOurs(_ name: String) -> Bool {
        switch name.utf8.count {
        case 10: ASCII.equal(name, "Connection")
        case 14: ASCII.equal(name, "Content-Length")
        case 17: ASCII.equal(name, "Transfer-Encoding")
        default: false
        }
    }

    private static func length(_ headers: HTTPHeaders) -> Int? {
        headers["Content-Length"].flatMap(Int.init).flatMap { $0 >= 0 ? $0 : nil }
    }

    static func isValid(_ headers: HTTPHeaders) -> Bool {
        headers.fields.allSatisfy { field in
            !field.name.isEmpty && field.name.utf8.allSatisfy(ASCII.isToken)
                && field.value.utf8.allSatisfy(ASCII.isFieldValue)
        }
    }
}
