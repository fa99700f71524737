public import Determinism

/// A message as it came in over the wire.
public struct WebhookRequest: Sendable {
    /// The header that holds the signature; nil where there was none.
    public var signature: String?
    /// What the sender calls the message; nil where the sender gives it no name.
    public var id: String?
    /// The bytes as they came, before any decoding.
    public var body: [UInt8]

    /// A message.
    public init(signature: String?, id: String?, body: [UInt8]) {
        self.signature = signature
        self.id = id
        self.body = body
    }
}

/// What the sender is told: the same every time the same message comes.
public struct WebhookReply: Sendable, Hashable, Codable {
    /// The HTTP status.
    public let status: Int
    /// `accepted`, or what kind of refusal it is.
    public let code: String
    /// The same in words, telling nothing that the sender need not know.
    public let message: String
    /// The message's id, where it was accepted.
    public let id: String?
    /// When it was first received, where it was accepted.
    public let received: Timestamp?

    static func accepted(id: String, received: Timestamp) -> WebhookReply {
        WebhookReply(status: 202, code: "accepted", message: "accepted", id: id, received: received)
    }

    static func refused(_ status: Int, _ code: String, _ message: String) -> WebhookReply {
        WebhookReply(status: status, code: code, message: message, id: nil, received: nil)
    }
}

/// What is to be done with a message.
public enum WebhookOutcome: Sendable, Hashable {
    /// Put the delivery on a queue, durably, and then answer.
    case accepted(WebhookDelivery, WebhookReply)
    /// It was accepted before: answer the same, and do nothing else.
    case repeated(WebhookReply)
    /// Answer, and do nothing else.
    case refused(WebhookReply)

    /// The answer.
    public var reply: WebhookReply {
        switch self {
        case .accepted(_, let reply), .repeated(let reply), .refused(let reply): reply
        }
    }
}
