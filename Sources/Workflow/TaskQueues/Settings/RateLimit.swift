package import Determinism

/// How many messages a queue hands out in a time, however many wait.
///
/// Up to `messages` go out at once, and from then on one for every `interval / messages` (the generic cell rate
/// algorithm, ITU-T I.371).
public struct RateLimit: Sendable, Hashable {
    /// How many messages.
    public let messages: Int
    /// In what time.
    public let interval: Duration

    /// So many messages in a time.
    public init(_ messages: Int, per interval: Duration) {
        self.messages = messages
        self.interval = interval
    }

    private var spacing: Int64 {
        max(1, interval.countedNanoseconds / Int64(max(1, messages)))
    }

    /// How many messages may go out now, where `pace` is when the queue would be at rest again.
    package func allowance(pace: Timestamp, at time: Timestamp) -> Int {
        let (free, overflow) = interval.countedNanoseconds.subtractingReportingOverflow(pace.nanoseconds(since: time))
        guard !overflow, free >= spacing else { return 0 }
        return min(Int(clamping: free / spacing), messages)
    }

    /// When the queue is at rest again after so many messages have gone out now.
    package func pace(after count: Int, from pace: Timestamp, at time: Timestamp) -> Timestamp {
        let (taken, overflow) = spacing.multipliedReportingOverflow(by: Int64(count))
        return max(pace, time).later(by: .nanoseconds(overflow ? .max : taken))
    }
}
