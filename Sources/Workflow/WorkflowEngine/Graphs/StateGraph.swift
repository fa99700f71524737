public import WorkflowModel

/// A workflow written in Swift: nodes that work on one state, each after the nodes it depends on.
///
/// A run keeps to the graph it was started with: whoever changes nodes, their order of work or what they put out gives
/// the graph a new version.
public struct StateGraph<State>: Sendable {
    /// Names, dependencies and retries, without the work.
    public let plan: WorkflowPlan
    let nodes: [GraphNode<State>]

    /// A workflow of nodes; throws with every problem at once where they make no sound graph.
    public init(_ name: String, version: Int = 1, nodes: [GraphNode<State>]) throws(WorkflowPlanError) {
        let definition = WorkflowDefinition(name, timeout: .seconds(100 * 365 * 86_400), tasks: nodes.map(\.task))
        plan = try WorkflowPlan(definition, version: version)
        self.nodes = nodes
    }
}
