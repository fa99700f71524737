public import Determinism
public import TaskQueues
public import WorkflowModel

/// Which definition a run follows and what it was started with.
public struct RunHeader: Sendable, Hashable, Codable {
    /// A span of time in which a stage may run.
    public struct Window: Sendable, Hashable, Codable {
        /// From when on.
        public let from: Timestamp
        /// Until when.
        public let until: Timestamp

        /// A span of time.
        public init(from: Timestamp, until: Timestamp) {
            self.from = from
            self.until = until
        }
    }

    /// The task of another run that waits for this run.
    public struct Parent: Sendable, Hashable, Codable {
        /// The other run.
        public let run: RunID
        /// Its task.
        public let task: String
        /// How many runs are above this one.
        public let depth: Int

        init(run: RunID, task: String, depth: Int) {
            self.run = run
            self.task = task
            self.depth = depth
        }
    }

    /// The workflow's name.
    public let workflow: String
    /// Its version.
    public let version: Int
    /// The hash of its graph.
    public let fingerprint: UInt64
    /// What the run is about; nil for nothing.
    public var input: Value?
    /// What started it, in words; nil where nobody said.
    public var cause: String?
    /// Whether work must have no effect on a real venue.
    public var isTest: Bool?
    /// The windows of the stages, in their order; nil where stages wait for nothing but each other.
    public var windows: [Window?]?
    /// The task that waits for this run.
    public var parent: Parent?
    /// The message that the run is about: acknowledged when the run completes, failed when it does not.
    public var message: LeaseReceipt?
    /// The run that this one was copied from, and the tasks whose work is taken over from it.
    public var fork: Fork?

    /// Where a copied run comes from.
    public struct Fork: Sendable, Hashable, Codable {
        /// The run that was copied.
        public let run: RunID
        /// The tasks that are done again, with everything that depends on them.
        public let from: [String]
    }

    /// Which definition a run follows.
    public init(workflow: String, version: Int, fingerprint: UInt64) {
        self.workflow = workflow
        self.version = version
        self.fingerprint = fingerprint
    }

    /// The header of a run of a plan.
    public init(_ plan: WorkflowPlan, input: Value? = nil, cause: String? = nil) {
        self.init(workflow: plan.name, version: plan.version, fingerprint: plan.fingerprint)
        self.input = input?.asKept
        self.cause = cause
    }
}
