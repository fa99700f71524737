public import WorkflowModel

/// Whatever lets a person answer calls that wait.
public protocol Confirming: Sendable {
    /// Does a call that waits, exactly as it was asked; refused for everybody but a person who may do it.
    func confirm(_ id: String, in context: CommandContext) async throws(CommandProblem) -> Value

    /// Ends a call that waits without doing it; refused for everybody but a person who may do it.
    func dismiss(_ id: String, in context: CommandContext) async throws(CommandProblem) -> Value
}
