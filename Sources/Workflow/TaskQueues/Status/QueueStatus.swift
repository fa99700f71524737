import Determinism

/// How a queue stands, computed from its messages and from what happened to them.
public struct QueueStatus: Sendable, Hashable, Encodable {
    /// The queue.
    public let name: QueueName
    /// Messages that may be handed out now.
    public let messagesAvailable: Int
    /// Messages that somebody has.
    public let messagesInFlight: Int
    /// Messages whose time to be handed out has not come.
    public let messagesDelayed: Int
    /// Messages that wait for an earlier one with the same key.
    public let messagesHeldBack: Int
    /// How long the oldest message has been on the queue; nil where the queue is empty.
    public let oldestMessageAge: Duration?
    /// Dead letters that came from this queue and are on its dead-letter queue still.
    public let deadLetters: Int
    /// Messages acknowledged per minute over the last five minutes, or since the queue was made.
    public let processingRate: Double
    /// What the queue has counted since it was made.
    public let totals: QueueTotals
    /// Its oldest messages; nil where they were not asked for.
    public let messages: [QueuedMessage]?

    /// All messages on the queue.
    public var totalMessages: Int { messagesAvailable + messagesInFlight + messagesDelayed + messagesHeldBack }

    /// Writes every property under its name in snake case, the age in seconds, `null` for an empty queue.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(messagesAvailable, forKey: .messagesAvailable)
        try container.encode(messagesInFlight, forKey: .messagesInFlight)
        try container.encode(messagesDelayed, forKey: .messagesDelayed)
        try container.encode(messagesHeldBack, forKey: .messagesHeldBack)
        try container.encode(oldestMessageAge.map(Seconds.init), forKey: .oldestMessageAge)
        try container.encode(deadLetters, forKey: .deadLetters)
        try container.encode(processingRate, forKey: .processingRate)
        try container.encode(totals, forKey: .totals)
        try container.encodeIfPresent(messages, forKey: .messages)
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case messagesAvailable = "messages_available"
        case messagesInFlight = "messages_in_flight"
        case messagesDelayed = "messages_delayed"
        case messagesHeldBack = "messages_held_back"
        case oldestMessageAge = "oldest_message_age"
        case deadLetters = "dead_letters"
        case processingRate = "processing_rate"
        case totals, messages
    }
}

/// How several queues stand.
public struct QueueReport: Sendable, Hashable, Encodable {
    /// Each queue.
    public let queues: [QueueStatus]

    package init(queues: [QueueStatus]) {
        self.queues = queues
    }

    /// The messages on all of them.
    public var totalMessages: Int { queues.reduce(0) { $0 + $1.totalMessages } }

    /// Messages acknowledged per minute on all of them.
    public var processingRate: Double { queues.reduce(0) { $0 + $1.processingRate } }

    /// Writes `queues`, `total_messages` and `processing_rate`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(queues, forKey: .queues)
        try container.encode(totalMessages, forKey: .totalMessages)
        try container.encode(processingRate, forKey: .processingRate)
    }

    private enum CodingKeys: String, CodingKey {
        case queues
        case totalMessages = "total_messages"
        case processingRate = "processing_rate"
    }
}
