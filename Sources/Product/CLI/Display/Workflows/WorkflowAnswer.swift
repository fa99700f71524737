import TradingDesk
import WorkflowModel

/// A workflow as programs read it.
enum WorkflowAnswer {
    static func object(
        _ stored: StoredDefinition, _ plan: WorkflowPlan, openRuns: Int, more: [String: JSONValue] = [:]
    ) -> JSONValue {
        let unknown = WorkflowHome.steps.unknownTypes(of: plan.definition)
        var fields: [String: JSONValue] = [
            "type": "workflow", "success": true, "workflow_id": .text(stored.name), "name": .text(stored.name),
            "description": .text(plan.definition.description), "version": .integer(stored.version),
            "status": "active", "priority": .text(plan.definition.priority.name),
            "features": .list(features(plan.definition).map(JSONValue.text)),
            "steps": .integer(plan.tasks.count), "open_runs": .integer(openRuns),
            "test_mode_only": .bool(!unknown.isEmpty), "unknown_types": .list(unknown.map(JSONValue.text)),
            "created_at": stored.isShipped ? .null : .text("\(stored.created)"), "shipped": .bool(stored.isShipped),
            "changed_from": stored.changedFrom.map(JSONValue.integer) ?? .null, "note": .text(stored.note),
        ]
        fields.merge(more) { $1 }
        return .object(fields)
    }

    static func object(_ run: AffectedRun) -> JSONValue {
        [
            "execution_id": .text(run.run.text), "workflow_id": .text(run.workflow),
            "version": .integer(run.version), "changed": .bool(run.isChanged), "effect": .text(run.effect),
        ]
    }

    /// What every workflow has here, and what this one uses beside it.
    private static func features(_ definition: WorkflowDefinition) -> [String] {
        var features = ["message_queues", "audit_trail"]
        if definition.tasks.contains(where: { $0.agent != nil }) { features.append("agent_assignment") }
        if definition.tasks.contains(where: { $0.compensation != nil }) { features.append("compensation") }
        if definition.tasks.contains(where: { $0.cache != nil }) { features.append("result_caching") }
        if definition.tasks.contains(where: { $0.kind.isBreaker || $0.breaker != nil }) {
            features.append("circuit_breaker")
        }
        if definition.tasks.contains(where: { $0.kind == .approval }) { features.append("human_approval") }
        if definition.tasks.contains(where: { $0.kind.isSubprocess }) { features.append("subprocess") }
        if !definition.triggers.isEmpty { features.append("triggers") }
        return features
    }
}

extension TaskKind {
    fileprivate var isBreaker: Bool {
        if case .circuitBreaker = self { return true }
        return false
    }

    fileprivate var isSubprocess: Bool {
        if case .subprocess = self { return true }
        return false
    }
}
