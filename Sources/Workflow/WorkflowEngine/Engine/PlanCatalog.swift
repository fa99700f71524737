public import WorkflowModel

/// Every version of every workflow that an engine knows.
public struct PlanCatalog: Sendable, Hashable {
    private var plans: [String: [Int: WorkflowPlan]] = [:]
    private var newest: [String: Int] = [:]

    /// The names of the workflows in order.
    public var names: [String] { newest.keys.sorted() }

    /// A version of a workflow, the newest where none is named; nil where it is not known.
    public func plan(_ name: String, version: Int? = nil) -> WorkflowPlan? {
        guard let version = version ?? newest[name] else { return nil }
        return plans[name]?[version]
    }

    mutating func add(_ plan: WorkflowPlan) {
        plans[plan.name, default: [:]][plan.version] = plan
        newest[plan.name] = max(newest[plan.name] ?? plan.version, plan.version)
    }
}
