public import WorkflowModel

/// What a run has come to.
public struct GraphResult<State> {
    /// The run.
    public let run: RunID
    /// Whether every node completed, and if not, what failed and what was skipped.
    public let outcome: RunOutcome
    /// The state after every output that was put out.
    public let state: State
}

extension GraphResult: Sendable where State: Sendable {}
