package import Determinism

extension QueueSettings {
    /// When a lease that begins now ends.
    package func leaseEnd(from time: Timestamp) -> Timestamp {
        time.later(by: visibilityTimeout)
    }

    /// The moment at or before which a message came that is now too old; nil where none ever is.
    package func retentionLimit(at time: Timestamp) -> Timestamp? {
        messageRetention.map { time.later(by: .zero - $0) }
    }

    /// What becomes of a message after an attempt failed.
    package func decision(after failure: Failure, attempts: Int, at time: Timestamp) -> FailureDecision {
        if deadLetterQueue != nil {
            if failure.retry == .never { return .deadLetter(.refused) }
            if attempts >= maximumAttempts { return .deadLetter(.exhausted) }
        }
        if case .after(let delay) = failure.retry { return .retry(at: time.later(by: max(delay, .zero))) }
        return .retry(at: time.later(by: retryDelay(afterAttempt: attempts)))
    }

    /// The wait after the n-th attempt, counted from 1: `min(base * 2^(n - 1), max)`.
    public func retryDelay(afterAttempt number: Int) -> Duration {
        var delay = retryBaseDelay
        for _ in 1..<max(1, min(number, 100)) where delay < retryMaxDelay { delay *= 2 }
        return min(delay, retryMaxDelay)
    }

    /// How many messages may be handed out now to somebody who asked for at most so many.
    package func allowance(wanted: Int?, _ counters: QueueCounters, at time: Timestamp) -> Int {
        var count = min(wanted ?? batchSize, batchSize)
        if let maxInFlight { count = min(count, maxInFlight - counters.inFlight) }
        if let rateLimit { count = min(count, rateLimit.allowance(pace: counters.pace, at: time)) }
        return max(0, count)
    }
}
