public import Determinism

/// The name of one execution of a workflow.
public struct RunID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The name as text.
    public let text: String

    /// A run's name, unique among all runs of a journal.
    public init(_ text: String) {
        self.text = text
    }

    public static func < (left: RunID, right: RunID) -> Bool { left.text < right.text }

    public var description: String { text }
}

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

    /// What can happen.
    public enum Fact: Sendable, Hashable {
        /// The run began: always first.
        case runStarted(RunHeader)
        /// A node's work began, or began again after a crash.
        case nodeStarted(node: String, attempt: Int)
        /// A node's work put this out.
        case nodeCompleted(node: String, attempt: Int, output: [UInt8])
        /// A node's work failed.
        case nodeFailed(node: String, attempt: Int, error: String, mayRetry: Bool)
        /// Nothing is left to do: always last.
        case runFinished(RunOutcome)
    }
}

/// Which definition a run follows.
public struct RunHeader: Sendable, Hashable, Codable {
    /// The workflow's name.
    public let workflow: String
    /// Its version.
    public let version: Int
    /// The hash of its graph.
    public let fingerprint: UInt64

    /// Which definition a run follows.
    public init(workflow: String, version: Int, fingerprint: UInt64) {
        self.workflow = workflow
        self.version = version
        self.fingerprint = fingerprint
    }

    init(_ plan: WorkflowPlan) {
        self.init(workflow: plan.name, version: plan.version, fingerprint: plan.fingerprint)
    }
}

/// How a run ended.
public enum RunOutcome: Sendable, Hashable, Codable {
    /// Every node completed.
    case completed
    /// Nodes failed for good, and others could not start because of them.
    case failed(failures: [NodeFailure], skipped: [SkippedNode])

    /// A node that failed for good.
    public struct NodeFailure: Sendable, Hashable, Codable {
        /// The node.
        public let node: String
        /// How often it was tried.
        public let attempts: Int
        /// What its last try failed with.
        public let error: String

        /// A node that failed for good.
        public init(node: String, attempts: Int, error: String) {
            self.node = node
            self.attempts = attempts
            self.error = error
        }
    }

    /// A node that could not start.
    public struct SkippedNode: Sendable, Hashable, Codable {
        /// The node.
        public let node: String
        /// The failed node that it waited for, directly or through others.
        public let because: String

        /// A node that could not start.
        public init(node: String, because: String) {
            self.node = node
            self.because = because
        }
    }
}
