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
    /// Whose try that is.
    public private(set) var trialOwner: String?

    /// A closed breaker.
    public init(_ policy: BreakerPolicy) {
        self.policy = policy
    }

    /// Where it stands for whoever asks now: while a try is under way, everybody else finds it open.
    public func status(at time: Timestamp) -> Status {
        guard let opened else { return .closed }
        if let trial, time < trial.after(policy.timeout) { return .open }
        return time < opened.after(policy.resetTimeout) ? .open : .halfOpen
    }

    /// Where it stands for work that is about to be done; a half-open breaker lets this one through.
    ///
    /// Whoever has the one try keeps it when the process died and the work begins again.
    public mutating func admit(_ owner: String, at time: Timestamp) -> Status {
        let status = isTrial(of: owner) ? .halfOpen : status(at: time)
        if status == .halfOpen {
            trial = time
            trialOwner = owner
        }
        return status
    }

    /// Takes note that protected work succeeded; while the breaker is open only its one try counts.
    public mutating func succeed(_ owner: String) {
        guard opened == nil || isTrial(of: owner) else { return }
        failures = 0
        opened = nil
        endTrial()
    }

    /// Takes note that protected work failed; while the breaker is open only its one try opens it anew.
    public mutating func fail(_ owner: String, at time: Timestamp) {
        failures += 1
        if isTrial(of: owner) {
            endTrial()
            opened = time
        } else if opened == nil, failures >= policy.failureThreshold {
            opened = time
        }
    }

    /// Takes note that protected work came to nothing: somebody else may have the one try.
    public mutating func abandon(_ owner: String) {
        if isTrial(of: owner) { endTrial() }
    }

    private func isTrial(of owner: String) -> Bool { trial != nil && trialOwner == owner }

    private mutating func endTrial() {
        trial = nil
        trialOwner = nil
    }
}
