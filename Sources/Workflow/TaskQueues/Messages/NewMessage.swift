public import Determinism
public import WorkflowModel

/// A message to be put on a queue.
public struct NewMessage: Sendable, Hashable {
    /// The sender's name for it.
    public var id: MessageID
    /// What it is, for whoever handles it, such as `trade_signal` or `risk_alert`.
    public var kind: String
    /// What it holds.
    public var body: [UInt8]
    /// Messages with the same key keep their order on a queue that is first in, first out; nil for one on its own.
    public var key: String?
    /// How urgent it is.
    public var priority: Priority
    /// The moment before which nobody gets it; nil for at once.
    public var notBefore: Timestamp?

    /// A message of medium priority that may be handed out at once.
    public init(
        _ id: MessageID, kind: String, body: [UInt8] = [], key: String? = nil, priority: Priority = .medium,
        notBefore: Timestamp? = nil
    ) {
        self.id = id
        self.kind = kind
        self.body = body
        self.key = key
        self.priority = priority
        self.notBefore = notBefore
    }
}
