public import WorkflowModel

/// What a reader of documents knows about the world and what it stands in for what is not written.
public struct DocumentOptions: Sendable {
    /// The types of work there are; nil where they are not known, so that every type is allowed.
    public var catalog: StepCatalog?
    /// Whether types that are not in the catalog are allowed as well.
    public var allowUnknownTypes = false
    /// Says what is wrong with a cron expression and a time zone; nil where nothing is.
    ///
    /// Where there is no such check, only the five fields are counted.
    public var cronProblem: (@Sendable (_ cron: String, _ timeZone: String) -> String?)?
    /// The names of the exchange calendars there are; nil where they are not known, so that every name is allowed.
    public var calendars: [String]?
    /// The time zone of schedules that name none.
    public var timeZone = "UTC"
    /// How long a run may take where nothing is written.
    public var workflowTimeout: Duration = .seconds(3_600)
    /// How long one try of a task may take where nothing is written.
    public var taskTimeout: Duration = .seconds(300)
    /// How tasks are tried again where nothing is written.
    public var retry: RetryPolicy = .standard

    /// Every type and calendar allowed, schedules in UTC, the usual limits.
    public init() {}
}

/// How much of a document is read before it is refused.
public enum DocumentLimits {
    /// The largest document, in bytes.
    public static let bytes = 1 << 20
    /// How deep lists and sections may nest.
    public static let depth = 64
    /// How many values there may be once every alias is followed.
    public static let values = 400_000
    /// How many tasks a workflow may have, counted after conditional steps are taken apart.
    public static let tasks = 10_000
    /// How many problems are told; the rest is counted.
    public static let problems = 1_000
}
