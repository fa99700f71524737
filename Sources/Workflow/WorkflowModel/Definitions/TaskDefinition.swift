/// One piece of work in a workflow.
public struct TaskDefinition: Sendable, Hashable {
    /// Its name, unique in the workflow.
    public var name: String
    /// What is done.
    public var kind: TaskKind
    /// Who should do it, where the author names somebody.
    public var agent: String?
    /// What the work is told, an object.
    public var params: Value
    /// The stage it belongs to, by its place among the stages; nil where the workflow has none.
    public var stage: Int?
    /// How urgent it is among the tasks that wait for a place.
    public var priority: Priority
    /// The tasks that must be settled before it starts.
    public var dependencies: [String]
    /// How long one try may take.
    public var timeout: Duration
    /// How often it is tried and how long it waits in between.
    public var retry: RetryPolicy
    /// It is skipped where this is false once its dependencies are settled; what depends on it goes on.
    public var condition: Condition?
    /// What undoes it when the run fails later.
    public var compensation: Compensation?
    /// Whether an earlier result may stand in for doing it.
    public var cache: CachePolicy?
    /// Keeps it from being tried while the same kind of work keeps failing.
    public var breaker: BreakerPolicy?

    /// A task with the usual limits: 300 seconds a try, three retries.
    public init(
        _ name: String, _ kind: TaskKind, params: Value = .object([:]), after dependencies: [String] = [],
        retry: RetryPolicy = .standard
    ) {
        self.name = name
        self.kind = kind
        self.params = params
        self.dependencies = dependencies
        self.retry = retry
        priority = .medium
        timeout = .seconds(300)
    }
}

/// What a task does.
public enum TaskKind: Sendable, Hashable {
    /// Work done by whoever handles this type of task.
    case work(type: String)
    /// Another workflow, run to its end; its results are this task's.
    case subprocess(workflow: String)
    /// A person's yes or no; what is asked stands in the task's params under `prompt`.
    case approval
    /// Puts out `circuit_status` (`closed`, `open` or `half_open`) and counts the failures of the tasks after it.
    case circuitBreaker(BreakerPolicy)
    /// Nothing for a while.
    case wait(Duration)
    /// Nothing but bringing together the results of the tasks it depends on.
    case join
}

/// What undoes a completed task, or one of which nobody knows whether its work was done.
///
/// Each round of a stage stands for itself: only the latest round is undone. A result that was taken from a cache or from
/// another run is not undone.
public struct Compensation: Sendable, Hashable {
    /// The type of the work that undoes it.
    public var type: String
    /// What that work is told, an object.
    public var params: Value

    /// Work of a type.
    public init(type: String, params: Value = .object([:])) {
        self.type = type
        self.params = params
    }
}

/// When an earlier result of the same work may be taken.
public struct CachePolicy: Sendable, Hashable {
    /// What makes work the same, beside its type and params: names looked up as conditions look up names.
    public var keys: [String]
    /// How long a result may be taken.
    public var lifetime: Duration

    /// Results by these names, for this long.
    public init(keys: [String], lifetime: Duration) {
        self.keys = keys
        self.lifetime = lifetime
    }
}

/// When a circuit breaker opens and closes.
public struct BreakerPolicy: Sendable, Hashable, Codable {
    /// How many failures in a row open it.
    public var failureThreshold: Int
    /// How long protected work may take before it counts as failed.
    public var timeout: Duration
    /// How long it stays open before one try is let through.
    public var resetTimeout: Duration

    /// Opens after five failures in a row, work may take 60 seconds, one try after 300 seconds.
    public init(
        failureThreshold: Int = 5, timeout: Duration = .seconds(60), resetTimeout: Duration = .seconds(300)
    ) {
        self.failureThreshold = failureThreshold
        self.timeout = timeout
        self.resetTimeout = resetTimeout
    }
}
