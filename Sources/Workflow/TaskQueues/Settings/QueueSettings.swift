/// How a queue treats its messages.
public struct QueueSettings: Sendable, Hashable {
    /// In what order messages go out.
    public enum Ordering: String, Sendable, Hashable, Codable {
        /// Messages with the same key go out one at a time, in the order they came, also across retries.
        ///
        /// Keys, and messages without one, do not wait for each other: among them the most urgent goes first, then the
        /// oldest. Within a key priority does not count.
        case firstInFirstOut = "FIFO"
        /// The most urgent goes first, then the oldest.
        case none
    }

    /// How often a message is tried again after its first attempt.
    public var maxRetries = 3
    /// How long whoever has a message may take before it is handed out anew.
    public var visibilityTimeout = Duration.seconds(30)
    /// How long a message is kept from when it came, unless somebody has it; nil for as long as it takes.
    public var messageRetention: Duration? = .seconds(86_400)
    /// How many messages are handed out at once at most.
    public var batchSize = 10
    /// In what order messages go out.
    public var ordering = Ordering.firstInFirstOut
    /// True where a message whose name was taken within `messageRetention` is not taken again.
    public var deduplication = true
    /// How many messages the queue holds before it refuses more; nil for no limit.
    public var capacity: Int?
    /// How many messages may be handed out and unfinished at the same time; nil for no limit.
    public var maxInFlight: Int?
    /// How many messages go out in a time; nil for no limit.
    public var rateLimit: RateLimit?
    /// The wait after a first failed attempt; it doubles with every further one.
    public var retryBaseDelay = Duration.seconds(1)
    /// The longest wait after a failed attempt.
    public var retryMaxDelay = Duration.seconds(60)
    /// Where a record of every acknowledged message goes; nil for nowhere.
    public var successQueue: QueueName?
    /// Where a record of every failed attempt goes; nil for nowhere.
    public var errorQueue: QueueName?
    /// Where messages go that are given up.
    ///
    /// Nil where none is given up: then a message is tried without end, and removed and counted when it is too old.
    public var deadLetterQueue: QueueName? = .deadLetters

    /// The settings of a queue that says nothing else.
    public init() {}

    /// The settings of a success, error or dead-letter queue that was not made by name: it keeps what it is given.
    public static var records: QueueSettings {
        var settings = QueueSettings()
        settings.messageRetention = nil
        settings.deduplication = false
        settings.deadLetterQueue = nil
        return settings
    }

    /// How often a message is handed out in all: the first attempt and `maxRetries` more.
    public var maximumAttempts: Int { maxRetries + 1 }

    /// The other queues of the family, in the order in which they are made.
    package var family: [QueueName] { [successQueue, errorQueue, deadLetterQueue].compactMap { $0 } }
}
