/// What a server is for: it answers requests and accepts WebSockets.
public protocol HTTPHandler: Sendable {
    /// An answer that needs no waiting, made on the server's thread, which it must not block; nil asks `answer` instead.
    func answerAtOnce(_ request: HTTPRequest) -> HTTPResponse?
    /// An answer that may take time; its task is cancelled when the peer goes away.
    func answer(_ request: HTTPRequest) async -> HTTPResponse
    /// Takes or refuses a WebSocket, on the server's thread, which it must not block.
    func openWebSocket(_ request: HTTPRequest) -> WebSocketAnswer
    /// The answer to a request that the server refuses before the handler sees it; plain text unless written otherwise.
    func refusal(_ refusal: HTTPRefusal) -> HTTPResponse
}

extension HTTPHandler {
    public func answerAtOnce(_ request: HTTPRequest) -> HTTPResponse? { nil }

    public func openWebSocket(_ request: HTTPRequest) -> WebSocketAnswer {
        .refuse(.text("There is no WebSocket here.\n", status: 404))
    }

    public func refusal(_ refusal: HTTPRefusal) -> HTTPResponse {
        .text(refusal.message + "\n", status: refusal.status)
    }
}
