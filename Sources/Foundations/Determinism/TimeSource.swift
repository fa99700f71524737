/// Where code asks what time it is and waits for a time to come.
///
/// A desk is given one of these and asks nothing else, so that a backtest and a live run differ only in which.
public protocol TimeSource: Sendable {
    /// The present moment.
    var now: Timestamp { get }

    /// Returns once `now` has reached `deadline`, at once where it has; throws `CancellationError` on cancellation.
    func sleep(until deadline: Timestamp) async throws
}

extension TimeSource {
    /// Returns once `duration` has passed; throws `CancellationError` on cancellation.
    public func sleep(for duration: Duration) async throws {
        try await sleep(until: now + duration)
    }
}
