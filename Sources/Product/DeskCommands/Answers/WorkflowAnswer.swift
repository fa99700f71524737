public import TradingDesk
public import WorkflowModel

/// A workflow as programs read it.
public enum WorkflowAnswer {
    private static let properties: [ValueSchema.Property] = [
        .init("success", .boolean), .init("workflow_id", .text), .init("name", .text), .init("description", .text),
        .init("version", .integer, "The count of its changes, from 1"), .init("status", .choice(["active"])),
        .init("priority", .choice(["LOW", "MEDIUM", "HIGH", "CRITICAL"])),
        .init("features", .list(.text), "What every workflow has here, and what this one uses"),
        .init("steps", .integer, "How many"), .init("open_runs", .integer),
        .init("test_mode_only", .boolean, "Whether it asks for work that only test runs simulate"),
        .init("unknown_types", .list(.text), "That work"),
        .init("created_at", .time.orNull, "Null for one that comes with the program"), .init("shipped", .boolean),
        .init("changed_from", .integer.orNull, "The version it was made from"), .init("note", .text),
    ]

    private static let lastRunSchema = ValueSchema.object([
        .init("execution_id", .text), .init("status", .text), .init("finished_at", .time.orNull),
    ])

    private static let itemProperties =
        properties + [
            .init("metadata", .anyObject.orNull, "What was kept beside it"),
            .init("last_run", lastRunSchema.orNull, "The run that ended last"), .init("triggers", .integer, "How many"),
            .init("trigger_names", .list(.text)),
        ]

    /// An item of a list.
    static let schema = ValueSchema.named("Workflow", .object(itemProperties))

    /// With its document, versions and triggers.
    static let fullSchema = ValueSchema.named(
        "WorkflowDetail",
        .object(
            itemProperties.filter { $0.name != "triggers" } + [
                .init("triggers", .list(TriggerAnswer.schema)), .init("document", .text, "YAML or JSON"),
                .init("format", .choice(["yaml", "json"])), .init("versions", .list(versionSchema), "Oldest first"),
                .init("executions", .list(.text), "Its open runs"),
            ]))

    private static let versionSchema = ValueSchema.object([
        .init("version", .integer), .init("created_at", .time.orNull), .init("note", .text),
    ])

    /// What making or changing one answers.
    static let changedSchema = ValueSchema.named(
        "WorkflowChange",
        .object(
            properties + [
                .init("metadata", .anyObject.orNull), .init("workflows", .list(.text), "All that the document made"),
                .init("affected_runs", .list(affectedSchema), "Runs under way, and what it means for them"),
            ]))

    private static let affectedSchema = ValueSchema.object([
        .init("execution_id", .text), .init("workflow_id", .text), .init("version", .integer),
        .init("changed", .boolean), .init("effect", .text),
    ])

    /// The workflow with what the program can do of it.
    public static func value(
        _ stored: StoredDefinition, _ plan: WorkflowPlan, openRuns: Int, steps: WorkflowSteps
    ) -> Value {
        let unknown = steps.unknownTypes(of: plan.definition)
        return [
            "success": true, "workflow_id": .text(stored.name), "name": .text(stored.name),
            "description": .text(plan.definition.description), "version": Value(stored.version), "status": "active",
            "priority": .text(plan.definition.priority.name), "features": .texts(features(plan.definition)),
            "steps": Value(plan.tasks.count), "open_runs": Value(openRuns),
            "test_mode_only": .boolean(!unknown.isEmpty),
            "unknown_types": .texts(unknown), "created_at": stored.isShipped ? .null : Value(stored.created),
            "shipped": .boolean(stored.isShipped), "changed_from": Value(stored.changedFrom.map(Int64.init)),
            "note": .text(stored.note),
        ]
    }

    /// What a new version means for a run.
    public static func value(_ run: AffectedRun) -> Value {
        [
            "execution_id": .text(run.run.text), "workflow_id": .text(run.workflow), "version": Value(run.version),
            "changed": .boolean(run.isChanged), "effect": .text(run.effect),
        ]
    }

    static func versions(_ versions: [StoredDefinition]) -> Value {
        .list(
            versions.map { version in
                [
                    "version": Value(version.version),
                    "created_at": version.isShipped ? .null : Value(version.created), "note": .text(version.note),
                ]
            })
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
