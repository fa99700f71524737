public import Determinism

/// Where a task of a run stands.
public enum TaskState: Sendable, Hashable {
    /// Waits for its dependencies or its stage; becomes `queued`, `running`, `failed` or `skipped`.
    case pending
    /// Waits for somebody to do it; becomes `running`, or `skipped` when the run stops.
    case queued(attempt: Int)
    /// Its work is being done, until a moment; becomes `completed`, `failed`, `timedOut`, `retrying` or `cancelled`.
    case running(attempt: Int, until: Timestamp)
    /// Failed and waits for the moment of its next try; becomes `running`, or `skipped` when the run stops.
    case retrying(attempt: Int, at: Timestamp)
    /// Done; becomes `compensated` where the run fails later.
    case completed(cached: Bool)
    /// Given up after failures; final.
    case failed(attempts: Int, TaskFailure)
    /// Given up since it took too long; final.
    case timedOut(attempts: Int)
    /// Not done; final.
    case skipped(SkipReason)
    /// Given up while its work was being done, because the run was stopped; final.
    case cancelled
    /// Done and then undone; final. What may have been done keeps its state when it is undone.
    case compensated

    /// The name of the state: `PENDING`, `QUEUED`, `RUNNING`…
    public var name: String {
        switch self {
        case .pending: "PENDING"
        case .queued: "QUEUED"
        case .running: "RUNNING"
        case .retrying: "RETRYING"
        case .completed: "COMPLETED"
        case .failed: "FAILED"
        case .timedOut: "TIMEOUT"
        case .skipped: "SKIPPED"
        case .cancelled: "CANCELLED"
        case .compensated: "COMPENSATED"
        }
    }

    /// Whether nothing more happens to the task, unless it is undone.
    public var isSettled: Bool {
        switch self {
        case .pending, .queued, .running, .retrying: false
        case .completed, .failed, .timedOut, .skipped, .cancelled, .compensated: true
        }
    }

    /// Whether what depends on the task can go on.
    var counts: Bool {
        switch self {
        case .completed: true
        case .skipped(let reason): reason.counts
        default: false
        }
    }
}

/// What is known of a task of a run.
public struct TaskRecord: Sendable, Hashable {
    /// Where it stands.
    public internal(set) var state = TaskState.pending
    /// What it put out, as JSON; nil where it has put out nothing.
    public internal(set) var output: [UInt8]?
    /// When its latest try began.
    public internal(set) var started: Timestamp?
    /// When it was settled.
    public internal(set) var ended: Timestamp?
    /// How often its work was cut off by the end of the process.
    public internal(set) var restarts = 0
    /// The round of its stage in which it was last ready.
    var round = 1
    /// Whether a try took too long or was cut off for good: nobody knows whether its work was done.
    var isUncertain = false
}

/// A task of a run, or the work that undoes it.
public struct TaskAddress: Sendable, Hashable, Comparable {
    /// The task's place in the plan.
    public let place: Int
    /// Whether this is the work that undoes the task.
    public let isUndo: Bool

    init(_ place: Int, undo: Bool = false) {
        self.place = place
        isUndo = undo
    }

    public static func < (left: TaskAddress, right: TaskAddress) -> Bool {
        (left.place, left.isUndo ? 1 : 0) < (right.place, right.isUndo ? 1 : 0)
    }
}
