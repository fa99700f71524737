/// A request that the server itself turns down, and why.
public struct HTTPRefusal: Error, Sendable, Hashable {
    /// The kinds of refusal, as the statistics count them.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The request breaks the rules of HTTP.
        case malformed
        /// The request line or the headers are too large.
        case headersTooLarge
        /// The body is too large.
        case bodyTooLarge
        /// All bodies being received together are too large.
        case overloaded
        /// The request did not arrive in time.
        case tooSlow
        /// The request asks for something that the server does not do.
        case unsupported
        /// The server or this peer has too many connections.
        case tooManyConnections
        /// The answer that was to be sent is not valid.
        case invalidAnswer
        /// The TLS handshake failed.
        case handshake
    }

    /// Why.
    public let reason: Reason
    /// The status to answer with.
    public let status: Int
    /// What was wrong, in a sentence.
    public let message: String

    init(_ reason: Reason, _ status: Int, _ message: String) {
        self.reason = reason
        self.status = status
        self.message = message
    }

    static func malformed(_ message: String) -> HTTPRefusal {
        HTTPRefusal(.malformed, 400, message)
    }
}
