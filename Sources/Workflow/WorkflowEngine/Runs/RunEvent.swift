public import Determinism
public import WorkflowModel

/// Something that happened in a run; a run's journal is a list of these.
public struct RunEvent: Sendable, Hashable {
    /// When it happened.
    public let time: Timestamp
    /// What happened.
    public let fact: Fact

    /// Something that happened.
    public init(_ fact: Fact, at time: Timestamp) {
        self.fact = fact
        self.time = time
    }

    /// What can happen. The work that undoes a task has the task's name with `undo:` before it.
    public enum Fact: Sendable, Hashable {
        /// The run began: always first.
        case runStarted(RunHeader)
        /// A stage began, for the n-th time.
        case stageStarted(stage: String, round: Int)
        /// All tasks of a stage are settled.
        case stageCompleted(stage: String, round: Int)
        /// The window of a stage closed before its tasks were settled.
        case stageTimedOut(stage: String, round: Int)
        /// A task's work began, or began again after a crash.
        case taskStarted(task: String, attempt: Int)
        /// A task's work put this out; `cached` where an earlier result was taken in place of doing it.
        case taskCompleted(task: String, attempt: Int, output: [UInt8], cached: Bool)
        /// A task's work failed; attempt 0 where it could not even be tried.
        case taskFailed(task: String, attempt: Int, TaskFailure)
        /// A task's work took too long.
        case taskTimedOut(task: String, attempt: Int)
        /// A task that failed or took too long is tried again at a moment; follows from the failure.
        case taskRetrying(task: String, attempt: Int, at: Timestamp)
        /// A task was given up because the run was cancelled or took too long.
        case taskCancelled(task: String)
        /// A task will not be done.
        case taskSkipped(task: String, SkipReason)
        /// Somebody asked for the run to end.
        case cancelRequested(reason: String)
        /// The run as a whole took too long.
        case runTimedOut
        /// The rest of the run was changed.
        case runAdjusted(RunAdjustment)
        /// Nothing is left to do: always last.
        case runFinished(RunOutcome)
    }
}

/// Why a task's work failed.
public struct TaskFailure: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// A short name that rules can tell failures apart by, such as `rate_limit`.
    public let code: String
    /// What went wrong.
    public let message: String
    /// False where every further try would fail in the same way.
    public let mayRetry: Bool

    /// A failure.
    public init(code: String = "error", _ message: String, mayRetry: Bool = true) {
        self.code = code
        self.message = message
        self.mayRetry = mayRetry
    }

    public var description: String { code == "error" ? message : "\(code): \(message)" }
}

/// Why a task is not done.
public enum SkipReason: Sendable, Hashable, Codable {
    /// Its condition was false; what depends on it goes on.
    case condition(String)
    /// The window of its stage was over; what depends on it goes on.
    case windowOver
    /// A task that it depends on, directly or through others, was not done.
    case blocked(by: String)
    /// The run was coming to its end.
    case stopped

    /// Whether what depends on the task can go on.
    public var counts: Bool {
        switch self {
        case .condition, .windowOver: true
        case .blocked, .stopped: false
        }
    }
}

/// A change to the rest of a run.
public struct RunAdjustment: Sendable, Hashable, Codable {
    /// A task put into every stage that has not ended.
    public struct Check: Sendable, Hashable, Codable {
        /// The first part of the tasks' names; the stage's name follows.
        public let name: String
        /// The type of the work.
        public let type: String
        /// What the work is told, an object.
        public let params: Value
        /// How urgent it is.
        public let priority: Priority

        /// A task to put in.
        public init(_ name: String, type: String, params: Value = .object([:]), priority: Priority = .critical) {
            self.name = name
            self.type = type
            self.params = params
            self.priority = priority
        }
    }

    /// Why.
    public let reason: String
    /// What the timeouts of tasks that start from now on are multiplied by.
    public let timeoutFactor: Double
    /// What is put into every stage that has not ended.
    public let checks: [Check]

    /// A change to the rest of a run.
    public init(reason: String, timeoutFactor: Double = 1, checks: [Check] = []) {
        self.reason = reason
        self.timeoutFactor = timeoutFactor
        self.checks = checks
    }
}
