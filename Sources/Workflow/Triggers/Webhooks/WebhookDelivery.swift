public import Determinism
public import WorkflowModel

/// A message from outside whose signature was verified: what is put on a queue before the sender is answered.
public struct WebhookDelivery: Sendable, Hashable, Codable {
    /// The webhook it was sent to.
    public let name: String
    /// What makes it this message and no other: a queue and a trigger take it once.
    public let id: String
    /// When it was received.
    public let received: Timestamp
    /// What it says.
    public let body: Value

    /// A message.
    public init(name: String, id: String, received: Timestamp, body: Value) {
        self.name = name
        self.id = id
        self.received = received
        self.body = body
    }
}
