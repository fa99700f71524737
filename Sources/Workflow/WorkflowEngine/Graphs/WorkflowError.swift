public import WorkflowModel

/// Why a run cannot go on; its journal is as it was, and the run stays open.
public struct WorkflowError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: Sendable, Hashable {
        /// The run was begun with another definition.
        case definitionChanged
        /// The journal tells something that cannot have happened.
        case corruptHistory
        /// A recorded output cannot be read as what the node puts out now.
        case unreadableOutput
        /// A node that waits was given to a runner that does not.
        case nodeWaits
    }

    /// The kind of trouble.
    public let code: Code
    /// The run.
    public let run: RunID
    /// What was wrong and what to do.
    public let message: String

    init(_ code: Code, _ run: RunID, _ message: String) {
        self.code = code
        self.run = run
        self.message = "run '\(run)': \(message)"
    }

    init(_ error: RunMachineError, _ run: RunID) {
        self.init(error.code == .definitionChanged ? .definitionChanged : .corruptHistory, run, error.message)
    }

    public var description: String { message }
}
