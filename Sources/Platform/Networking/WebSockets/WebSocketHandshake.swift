import CCrypto

/// The opening of a WebSocket (RFC 6455, 4.2).
enum WebSocketHandshake {
    /// The answer's key for a request's; nil where the request's is not 16 bytes in base64.
    static func acceptKey(for key: String) -> String? {
        let bytes = Array(key.utf8)
        guard bytes.count == 24, bytes.suffix(2).elementsEqual("==".utf8),
            bytes.prefix(22).allSatisfy({ Base64.alphabet.contains($0) })
        else { return nil }
        let magic = Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)
        return Base64.text(ETag.digest(bytes + magic, EVP_sha1()))
    }

    /// The answer's key, or why there is no WebSocket.
    static func check(_ head: RequestHead) -> Result<String, HTTPRefusal> {
        guard head.method == "GET", !head.isVersion10, head.framing == .none else {
            return .failure(.malformed("A WebSocket is opened by a GET of HTTP/1.1 without a body."))
        }
        guard head.headers.all("Sec-WebSocket-Version") == ["13"] else {
            return .failure(HTTPRefusal(.unsupported, 426, "The server speaks version 13 of WebSocket."))
        }
        let keys = head.headers.all("Sec-WebSocket-Key")
        guard keys.count == 1, let key = acceptKey(for: keys[0]) else {
            return .failure(.malformed("Sec-WebSocket-Key is not 16 bytes in base64."))
        }
        return .success(key)
    }

    /// Whether the request offered this subprotocol.
    static func offers(_ head: RequestHead, _ subprotocol: String) -> Bool {
        head.headers.all("Sec-WebSocket-Protocol").flatMap { $0.split(separator: ",") }
            .contains { ASCII.trimmed($0) == subprotocol[...] }
    }
}
