/// Why a run machine takes no notice of an event.
public struct RunMachineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: Sendable, Hashable {
        /// The event cannot happen in this state.
        case illegalEvent
        /// The run follows another definition.
        case definitionChanged
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func changed(from old: RunHeader, to new: RunHeader) -> String {
        """
        the run follows '\(old.workflow)' version \(old.version), this is '\(new.workflow)' version \(new.version)\
        \(old.version == new.version ? " with other tasks" : ""). Resume it with the definition it began with.
        """
    }

    public var description: String { message }
}
