/// What is wrong with a log, a metric or a level that was asked for, and what to do about it.
public struct TelemetryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble, for code to decide by.
    public enum Code: Sendable, Hashable {
        /// A level that does not exist, or a list of levels that cannot be read.
        case badLevel
        /// A log file that cannot be opened.
        case cannotOpen
        /// A metric or label name that the exposition format does not allow.
        case badName
        /// A metric name that already stands for something else.
        case nameTaken
        /// Histogram buckets that are empty, not finite or not ascending.
        case badBuckets
    }

    /// What the caller can do.
    public enum Recovery: Sendable, Hashable {
        /// The same call may succeed later.
        case retry
        /// This call cannot succeed; others can.
        case reject
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong, where, and what to do.
    public let message: String

    /// An error as found.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What the caller can do.
    public var recovery: Recovery { code == .cannotOpen ? .retry : .reject }

    public var description: String { message }
}
