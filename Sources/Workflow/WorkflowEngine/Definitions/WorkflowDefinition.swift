/// A workflow: nodes that work on one state, each after the nodes it depends on.
///
/// A run keeps to the definition it was started with: whoever changes nodes, their order of work or what they put out
/// gives the definition a new version.
public struct WorkflowDefinition<State>: Sendable {
    /// Names, dependencies and retries, without the work.
    public let plan: WorkflowPlan
    let nodes: [WorkflowNode<State>]

    /// A workflow of nodes; throws with every problem at once where they make no sound graph.
    public init(_ name: String, version: Int = 1, nodes: [WorkflowNode<State>]) throws(WorkflowDefinitionError) {
        plan = try WorkflowPlan(name, version: version, nodes: nodes.map(\.draft))
        self.nodes = nodes
    }
}

/// Why a workflow's definition makes no sense.
public struct WorkflowDefinitionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The workflow.
    public let workflow: String
    /// Everything that is wrong, a sentence each.
    public let problems: [String]

    public var description: String {
        "the workflow '\(workflow)' cannot run: \(problems.joined(separator: "; "))"
    }
}
