public import Determinism
public import TaskQueues
public import WorkflowModel

/// The queues that ship with the program, with their settings.
public enum QueuePresets {
    /// `hft-queue`, `trading-signals`, `risk-alerts` and `dead-letter-queue`, in the order in which they are made.
    public static let queues: [QueueDefinition] = [
        QueueDefinition("dead-letter-queue", .records),
        QueueDefinition("risk-alerts", riskAlerts),
        QueueDefinition("trading-signals", tradingSignals),
        QueueDefinition("hft-queue", QueueSettings()),
    ]

    /// Makes those that are missing; what a person has set of the others stays.
    public static func make(in store: any TaskQueue, at time: Timestamp) throws {
        let known = Set(try store.queues())
        for queue in queues where !known.contains(queue.name) {
            try store.createQueue(queue.name, queue.settings, at: time)
        }
    }

    /// What is done with dead letters: `rate_limit` again after 60 s, `invalid_symbol` away, the rest to an operator.
    public static let deadLetters = DeadLetterRules.standard

    /// What messages lead to, by their kinds.
    public static let routes: [MessageRoute] = [
        MessageRoute(kind: "risk_alert", queue: "risk-alerts", workflow: "hedge-position", priority: .critical),
        MessageRoute(kind: "trade_signal", queue: "trading-signals", workflow: "execute-signal", priority: .high),
    ]

    private static var tradingSignals: QueueSettings {
        var settings = QueueSettings()
        settings.successQueue = "trading-signals-done"
        settings.errorQueue = "trading-signals-errors"
        return settings
    }

    /// Risk comes first: the most urgent alert goes out before older ones, one at a time.
    private static var riskAlerts: QueueSettings {
        var settings = QueueSettings()
        settings.ordering = .none
        settings.successQueue = "risk-alerts-done"
        settings.errorQueue = "risk-alerts-errors"
        return settings
    }
}

/// Which workflow a kind of message starts.
public struct MessageRoute: Sendable, Hashable {
    /// The kind of message, such as `trade_signal`.
    public let kind: String
    /// The queue it comes on.
    public let queue: QueueName
    /// The workflow that is run with the message as its input.
    public let workflow: String
    /// How urgent it is.
    public let priority: Priority

    /// A route of a kind of message.
    public init(kind: String, queue: QueueName, workflow: String, priority: Priority) {
        self.kind = kind
        self.queue = queue
        self.workflow = workflow
        self.priority = priority
    }
}
