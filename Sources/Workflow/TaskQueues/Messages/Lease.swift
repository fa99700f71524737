public import Determinism

/// A message handed to one holder for a while.
public struct Lease: Sendable, Hashable {
    /// What was handed out; `attempts` counts this time.
    public let message: Message
    /// Who has it.
    public let holder: String
    /// The fencing token: greater for every later lease of the queue, so a lease that was taken away is known.
    public let token: Int64
    /// When it is taken away and handed out anew, unless it is extended.
    public let expires: Timestamp

    package init(message: Message, holder: String, token: Int64, expires: Timestamp) {
        self.message = message
        self.holder = holder
        self.token = token
        self.expires = expires
    }

    /// What the holder shows to finish or extend it.
    public var receipt: LeaseReceipt {
        LeaseReceipt(queue: message.queue, number: message.number, id: message.id, token: token)
    }
}

/// What the holder of a lease shows to acknowledge, fail, extend or release the message.
public struct LeaseReceipt: Sendable, Hashable, Codable {
    /// The queue of the message.
    public let queue: QueueName
    /// The message's number in the queue.
    public let number: Int64
    /// The message's name, for errors to say.
    public let id: MessageID
    /// The lease's fencing token.
    public let token: Int64

    /// A receipt, such as one that was kept in a journal.
    public init(queue: QueueName, number: Int64, id: MessageID, token: Int64) {
        self.queue = queue
        self.number = number
        self.id = id
        self.token = token
    }
}
