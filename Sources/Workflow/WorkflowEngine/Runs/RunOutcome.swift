/// How a run ended.
public struct RunOutcome: Sendable, Hashable, Codable {
    /// In one word.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing failed.
        case completed
        /// At least one task failed for good or took too long.
        case failed
        /// The run took too long.
        case timedOut = "timed_out"
        /// Somebody ended it.
        case cancelled
    }

    /// A task that failed for good.
    public struct Failure: Sendable, Hashable, Codable {
        /// The task.
        public let task: String
        /// How often it was tried.
        public let attempts: Int
        /// What its last try failed with.
        public let error: String
        /// A short name that rules can tell failures apart by.
        public let code: String

        /// A task that failed for good.
        public init(task: String, attempts: Int, error: String, code: String = "error") {
            self.task = task
            self.attempts = attempts
            self.error = error
            self.code = code
        }
    }

    /// A task that was not done since another was not.
    public struct Blocked: Sendable, Hashable, Codable {
        /// The task.
        public let task: String
        /// The task that it waited for, directly or through others.
        public let because: String

        /// A task that was not done.
        public init(task: String, because: String) {
            self.task = task
            self.because = because
        }
    }

    /// In one word.
    public let status: Status
    /// Why it was ended; nil where nobody ended it.
    public let reason: String?
    /// What failed for good, in the order of the definition.
    public let failures: [Failure]
    /// What could not be done because of that.
    public let blocked: [Blocked]
    /// What was undone, in the order in which it was.
    public let compensated: [String]
    /// What should have been undone and could not be: a person must look at it.
    public let uncompensated: [Failure]

    /// An end.
    public init(
        _ status: Status, reason: String? = nil, failures: [Failure] = [], blocked: [Blocked] = [],
        compensated: [String] = [], uncompensated: [Failure] = []
    ) {
        self.status = status
        self.reason = reason
        self.failures = failures
        self.blocked = blocked
        self.compensated = compensated
        self.uncompensated = uncompensated
    }

    /// Nothing failed.
    public static let completed = RunOutcome(.completed)
}
