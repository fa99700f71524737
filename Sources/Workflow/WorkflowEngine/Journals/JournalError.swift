public import WorkflowModel

/// Why a journal refused.
public struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: Sendable, Hashable {
        /// Somebody else has written to the run, or it has finished.
        case conflict
        /// What is stored cannot be understood.
        case corrupt
        /// The store failed.
        case unavailable
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String

    /// An error as found.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The refusal of events that do not continue a run where it stands.
    public static func conflict(_ run: RunID, expected: Int, found: Int, finished: Bool) -> JournalError {
        let state = finished ? "has finished" : "has \(found) events, not \(expected)"
        return JournalError(.conflict, "the run '\(run)' \(state): another process is running it. Stop one of them.")
    }

    public var description: String { message }
}
