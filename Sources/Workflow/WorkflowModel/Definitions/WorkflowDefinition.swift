/// A workflow as data: what is to be done, in what order, and what starts it.
///
/// Both written shapes, stages of tasks and steps, become this one form. Nothing here is checked; a `WorkflowPlan` is.
public struct WorkflowDefinition: Sendable, Hashable {
    /// Its name, unique in a store.
    public var name: String
    /// What it is for.
    public var description: String
    /// How urgent its runs are.
    public var priority: Priority
    /// How long a run may take in all.
    public var timeout: Duration
    /// How many tasks of one run may be under way at once; nil leaves it to the engine.
    public var concurrency: Int?
    /// The exchange calendar, such as `XNYS`, that its stages' windows and its closed days follow; nil for none.
    public var calendar: String?
    /// Stages in their order; a stage begins when the one before it has ended. Empty where there are none.
    public var stages: [Stage]
    /// Tasks in the order of the document.
    public var tasks: [TaskDefinition]
    /// What starts it, besides a person.
    public var triggers: [TriggerDefinition]

    /// A workflow with the usual priority and limits.
    public init(
        _ name: String, description: String = "", priority: Priority = .medium, timeout: Duration = .seconds(3_600),
        concurrency: Int? = nil, calendar: String? = nil, stages: [Stage] = [], tasks: [TaskDefinition],
        triggers: [TriggerDefinition] = []
    ) {
        self.name = name
        self.description = description
        self.priority = priority
        self.timeout = timeout
        self.concurrency = concurrency
        self.calendar = calendar
        self.stages = stages
        self.tasks = tasks
        self.triggers = triggers
    }
}
