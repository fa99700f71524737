public import TaskQueues
public import WorkflowModel

/// Something that happens to the engine.
public enum EngineInput: Sendable, Hashable {
    /// Somebody wants a run.
    case start(RunRequest, RequestID?)
    /// Somebody wants a run to end early.
    case cancel(RunID, reason: String, RequestID?)
    /// A person answers a task that asks.
    case answer(Approval, RequestID?)
    /// The rest of a run is to be changed.
    case adjust(RunID, RunAdjustment, RequestID?)
    /// A copy of a run is wanted that keeps what was done, save for some tasks and what depends on them.
    case fork(ForkRequest, RequestID?)
    /// The message that a run is about was handed out anew.
    case adopt(RunID, LeaseReceipt)
    /// Something is to be kept that no run depends on.
    case keep([StateKey: [UInt8]?], [QueueChange], RequestID?)
    /// Work has come to something.
    case settled(TaskKey, TaskResult)
    /// Time has passed.
    case tick
}

/// Whose request it is, so that the answer finds its way.
public struct RequestID: Sendable, Hashable {
    let number: UInt64

    /// The n-th request of a process.
    public init(_ number: UInt64) {
        self.number = number
    }
}

/// A run that somebody wants.
public struct RunRequest: Sendable, Hashable {
    /// Its name; no other run has it.
    public var run: RunID
    /// What is to be run.
    public var workflow: String
    /// The version; nil for the newest.
    public var version: Int?
    /// What it is about.
    public var input: Value
    /// What wants it, in words.
    public var cause: String
    /// Whether its work must have no effect on a real venue.
    public var isTest: Bool
    /// The windows of the stages, in their order; nil where stages wait for nothing but each other.
    public var windows: [RunHeader.Window?]?
    /// The message that the run is about: acknowledged when the run completes, failed when it does not.
    public var message: LeaseReceipt?
    /// What is kept together with the start.
    public var states: [StateKey: [UInt8]?] = [:]

    /// A run that somebody wants.
    public init(
        _ workflow: String, as run: RunID, input: Value = .object([:]), cause: String = "manual", isTest: Bool = false
    ) {
        self.workflow = workflow
        self.run = run
        self.input = input
        self.cause = cause
        self.isTest = isTest
    }
}

/// A person's answer.
public struct Approval: Sendable, Hashable {
    /// The run.
    public let run: RunID
    /// The task that asks.
    public let task: String
    /// Yes or no.
    public let isApproved: Bool
    /// Who answers.
    public let by: String
    /// What they have to say.
    public let note: String

    /// A person's answer.
    public init(run: RunID, task: String, isApproved: Bool, by: String, note: String = "") {
        self.run = run
        self.task = task
        self.isApproved = isApproved
        self.by = by
        self.note = note
    }
}

/// A copy of a run that somebody wants.
public struct ForkRequest: Sendable, Hashable {
    /// The copy's name; no other run has it.
    public let run: RunID
    /// The run that is copied.
    public let original: RunID
    /// Everything that happened in it.
    public let history: [RunEvent]
    /// The tasks that are done again, with everything that depends on them.
    public let from: [String]
    /// The version that the copy follows; nil for the original's.
    public let version: Int?

    /// A copy of a run.
    public init(_ run: RunID, of original: RunID, _ history: [RunEvent], from: [String], version: Int? = nil) {
        self.run = run
        self.original = original
        self.history = history
        self.from = from
        self.version = version
    }
}
