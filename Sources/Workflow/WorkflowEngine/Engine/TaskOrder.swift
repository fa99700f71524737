public import Determinism
public import WorkflowModel

/// One try of a task, for whoever does the work.
public struct TaskOrder: Sendable, Hashable {
    /// Which try it is.
    public let key: TaskKey
    /// The workflow.
    public let workflow: String
    /// The type of the work.
    public let type: String
    /// Who should do it, where the author named somebody.
    public let agent: String?
    /// What the work is told.
    public let params: Value
    /// What the run is about.
    public let input: Value
    /// Whether the work must have no effect on a real venue.
    public let isTest: Bool
    /// What the nearest hundred of the tasks before this one put out, as JSON by their names.
    public let results: [String: [UInt8]]
    /// When the try is given up.
    public let deadline: Timestamp
    /// Under what an earlier result may be found and this one is kept; nil where neither is wanted.
    public let cache: CacheSlot?
    /// The same for every try of this task in this run, also after a crash: what is done outside under this key once
    /// must not be done again.
    public let idempotencyKey: String

    /// What a task before this one put out; nil where it put out nothing.
    public func result(of task: String) -> Value? {
        results[task].flatMap { try? Value(json: $0) }
    }
}

/// One try of a task of a run.
public struct TaskKey: Sendable, Hashable {
    /// The run.
    public let run: RunID
    /// The task, or `undo:` and the task for the work that undoes it.
    public let task: String
    /// 1 for the first try, 2 for the second…
    public let attempt: Int

    /// One try of a task of a run.
    public init(run: RunID, task: String, attempt: Int) {
        self.run = run
        self.task = task
        self.attempt = attempt
    }
}

/// Where results of the same work are kept.
public struct CacheSlot: Sendable, Hashable {
    /// Under what.
    public let key: StateKey
    /// For how long.
    public let lifetime: Duration
}

/// What one try of a task has come to.
public enum TaskResult: Sendable, Hashable {
    /// Done; the output as JSON, `cached` where an earlier one was taken.
    case completed([UInt8], cached: Bool = false)
    /// Failed.
    case failed(TaskFailure)
    /// Ended early because it was asked to.
    case cancelled
}
