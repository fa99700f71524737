/// Whether a WebSocket is taken.
public enum WebSocketAnswer: Sendable {
    /// Taken; this session has the conversation.
    case accept(any WebSocketSession)
    /// Taken with one of the subprotocols that the request offered in `Sec-WebSocket-Protocol`.
    case acceptAs(subprotocol: String, any WebSocketSession)
    /// Refused with this answer.
    case refuse(HTTPResponse)
}

/// One WebSocket's conversation. The session keeps what is to be sent; the socket asks for it when it can send.
///
/// All but `wake` is called on the server's thread and must not block.
public protocol WebSocketSession: AnyObject, Sendable {
    /// The socket is open; `wake` says that `nextFrame` or `closing` may have something, from any thread, cheap and coalesced.
    func opened(wake: @escaping @Sendable () -> Void)
    /// A whole text message came.
    func received(_ text: String)
    /// The next message to send, as UTF-8 text; asked for only while the socket takes more.
    func nextFrame() -> [UInt8]?
    /// Set by the session to end the conversation once `nextFrame` has no more.
    var closing: (code: UInt16, reason: String)? { get }
    /// The conversation is over; called exactly once.
    func closed()
}
