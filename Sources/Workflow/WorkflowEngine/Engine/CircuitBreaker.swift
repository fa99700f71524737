public import Determinism
public import WorkflowModel

/// Keeps work that keeps failing from being tried for a while.
public struct CircuitBreaker: Sendable, Hashable, Codable {
    /// Where a breaker stands.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Work goes through; becomes `open` after enough failures in a row.
        case closed
        /// No work goes through; becomes `halfOpen` with time.
        case open
        /// One try goes through: becomes `closed` when it succeeds and `open` when it fails.
        case halfOpen = "half_open"
    }

    /// When it opens and closes.
    public var policy: BreakerPolicy
    /// Failures in a row.
    public private(set) var failures = 0
    /// When it opened; nil while it is closed.
    public private(set) var opened: Timestamp?
    /// When the one try of a half-open breaker was let through; nil where none is under way.
    public private(set) var trial: Timestamp?

    /// A closed breaker.
    public init(_ policy: BreakerPolicy) {
        self.policy = policy
    }

    /// Where it stands for whoever asks now: while a try is under way, everybody else finds it open.
    public func status(at time: Timestamp) -> Status {
        guard let opened else { return .closed }
        if let trial, time < trial + policy.timeout { return .open }
        return time < opened + policy.resetTimeout ? .open : .halfOpen
    }

    /// Where it stands for work that is about to be done; a half-open breaker lets this one through.
    public mutating func admit(at time: Timestamp) -> Status {
        let status = status(at: time)
        if status == .halfOpen { trial = time }
        return status
    }

    /// Takes note that protected work succeeded.
    public mutating func succeed() {
        failures = 0
        opened = nil
        trial = nil
    }

    /// Takes note that protected work failed.
    public mutating func fail(at time: Timestamp) {
        failures += 1
        let wasTrial = trial != nil
        trial = nil
        if wasTrial || (opened == nil && failures >= policy.failureThreshold) { opened = time }
    }
}
