public import WorkflowEngine
public import WorkflowModel

/// Something that somebody asks an engine for, again and again until there is an answer.
public struct ScriptedRequest: Sendable {
    /// What is asked for.
    public enum Ask: Sendable, Hashable {
        /// A run.
        case start(RunRequest)
        /// The end of a run.
        case cancel(RunID, reason: String)
        /// An answer to a task that asks.
        case answer(Approval)
        /// A change to the rest of a run, told from others by its reason.
        case adjust(RunID, RunAdjustment)
        /// A copy of a run.
        case fork(RunID, of: RunID, from: [String])
    }

    /// When it is asked for.
    public enum Moment: Sendable, Hashable {
        /// So long after the beginning.
        case after(Duration)
        /// Once the journal has this, such as `taskStarted` of a task (nil for what is about no task).
        case seen(RunID, fact: String, subject: String?)
    }

    /// How it was answered.
    public enum Answer: Sendable, Hashable {
        /// Nobody has answered yet.
        case none
        /// It was done, or had been done before the process died.
        case granted
        /// It was refused.
        case refused(EngineRefusal)
    }

    /// What is asked for.
    public let ask: Ask
    /// When.
    public let moment: Moment
    /// How it was answered.
    public internal(set) var answer = Answer.none
    var isSent = false

    /// Something that somebody asks for.
    public init(_ ask: Ask, _ moment: Moment = .after(.zero)) {
        self.ask = ask
        self.moment = moment
    }

    /// A run of a workflow, at once.
    public static func start(
        _ workflow: String, as run: String = "r", input: Value = .object([:])
    ) -> ScriptedRequest {
        ScriptedRequest(.start(RunRequest(workflow, as: RunID(run), input: input)))
    }
}
