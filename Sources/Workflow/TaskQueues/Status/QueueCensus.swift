package import Determinism

/// What a store has counted to tell how a queue stands.
package struct QueueCensus: Sendable {
    package var available = 0
    package var delayed = 0
    package var heldBack = 0
    package var deadLetters = 0
    /// Messages acknowledged within `ProcessingWindow`.
    package var acknowledged = 0
    /// When the oldest message came.
    package var oldest: Timestamp?
    package var messages: [QueuedMessage]?

    package init() {}

    package func status(
        of name: QueueName, _ counters: QueueCounters, created: Timestamp, at time: Timestamp
    ) -> QueueStatus {
        QueueStatus(
            name: name, messagesAvailable: available, messagesInFlight: counters.inFlight, messagesDelayed: delayed,
            messagesHeldBack: heldBack, oldestMessageAge: oldest.map { .nanoseconds(time.nanoseconds(since: $0)) },
            deadLetters: deadLetters,
            processingRate: ProcessingWindow.rate(acknowledged, created: created, at: time),
            totals: counters.totals, messages: messages)
    }
}
