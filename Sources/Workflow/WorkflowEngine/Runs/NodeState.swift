public import Determinism

/// Where a node of a run stands.
public enum NodeState: Sendable, Hashable {
    /// Waits for dependencies; becomes `ready` or `skipped`.
    case pending
    /// May start, not before a moment where one is given; becomes `running`.
    case ready(attempt: Int, notBefore: Timestamp?)
    /// Its work is being done; becomes `completed`, `failed`, or `ready` for another try.
    case running(attempt: Int)
    /// Done; final.
    case completed
    /// Given up; final.
    case failed(attempts: Int, error: String)
    /// Cannot start since a node it depends on failed; final.
    case skipped(because: String)

    var isFinal: Bool {
        switch self {
        case .pending, .ready, .running: false
        case .completed, .failed, .skipped: true
        }
    }
}
