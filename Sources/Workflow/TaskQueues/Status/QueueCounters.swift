package import Determinism

/// What a queue has counted since it was made.
public struct QueueTotals: Sendable, Hashable {
    /// Messages taken from senders.
    public package(set) var accepted = 0
    /// Messages not taken because one of their name had been.
    public package(set) var duplicates = 0
    /// Messages that came from another queue of the family, or back from a dead-letter queue.
    public package(set) var moved = 0
    /// Times a message was handed out, less those given back.
    public package(set) var delivered = 0
    /// Messages acknowledged.
    public package(set) var acknowledged = 0
    /// Attempts that were said to have failed.
    public package(set) var failed = 0
    /// Attempts of which nothing was heard in time.
    public package(set) var timedOut = 0
    /// Messages moved to the dead-letter queue, for whatever reason.
    public package(set) var deadLettered = 0
    /// Messages that became too old; moved to the dead-letter queue, or removed where there is none.
    public package(set) var expired = 0
    /// Dead letters sent back to where they were.
    public package(set) var redriven = 0
    /// Messages removed by hand or by rule.
    public package(set) var discarded = 0

    package init() {}
}

extension QueueTotals: Encodable {
    private enum CodingKeys: String, CodingKey {
        case accepted, duplicates, moved, delivered, acknowledged, failed
        case timedOut = "timed_out"
        case deadLettered = "dead_lettered"
        case expired, redriven, discarded
    }
}

/// The part of a queue's state that is not its messages.
package struct QueueCounters: Sendable, Hashable {
    package var nextNumber: Int64 = 1
    package var nextToken: Int64 = 1
    /// Messages on the queue.
    package var messages = 0
    /// Those of them that somebody has.
    package var inFlight = 0
    /// When the rate limit is at rest again.
    package var pace = Timestamp(nanoseconds: .min)
    package var totals = QueueTotals()

    package init() {}

    package mutating func takeNumber() -> Int64 {
        defer { nextNumber += 1 }
        return nextNumber
    }

    /// Counts so many messages handed out and gives their fencing token.
    package mutating func takeToken(for count: Int, _ settings: QueueSettings, at time: Timestamp) -> Int64 {
        inFlight += count
        totals.delivered += count
        if let rateLimit = settings.rateLimit { pace = rateLimit.pace(after: count, from: pace, at: time) }
        defer { nextToken += 1 }
        return nextToken
    }
}
