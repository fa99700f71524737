public import Determinism
public import WorkflowModel

/// What follows from something that happened to the engine.
public struct EngineStep: Sendable, Hashable {
    /// What is to be kept before anything is done.
    public internal(set) var batch = JournalBatch()
    /// What is to be done then, in this order.
    public internal(set) var commands: [EngineCommand] = []
    private var places: [RunID: Int] = [:]

    /// Nothing yet, at a moment.
    public init(at time: Timestamp) {
        batch.time = time
    }

    /// Whether something has happened in a run, which may have ended since.
    func concerns(_ run: RunID) -> Bool { places[run] != nil }

    /// Adds events of a run, which continue those that the step already has of it.
    mutating func record(_ events: [RunEvent], of run: RunID, after count: Int) {
        guard !events.isEmpty else { return }
        if let place = places[run] {
            batch.appends[place].events += events
        } else {
            places[run] = batch.appends.count
            batch.appends.append(JournalAppend(run: run, after: count, events: events))
        }
    }
}

/// What the engine wants done.
public enum EngineCommand: Sendable, Hashable {
    /// Do this work and tell what it has come to.
    case perform(TaskOrder)
    /// The work under way should end early.
    case cancel(TaskKey)
    /// A run has ended.
    case ended(RunID, RunOutcome)
    /// A request was granted; the run that it is about, nil where it is about none.
    case granted(RequestID, RunID?)
    /// A request was refused.
    case refused(RequestID, EngineRefusal)
}

/// Why a request was refused; nothing has changed.
public struct EngineRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: Sendable, Hashable {
        /// There is no such workflow, or no such version.
        case unknownWorkflow
        /// There is no such open run.
        case unknownRun
        /// A run of that name exists.
        case runExists
        /// The run or the task is not where the request could be granted.
        case notNow
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String

    /// A refusal.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
