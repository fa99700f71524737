public import WorkflowEngine
public import WorkflowModel

/// A workflow's graph as programs read it.
public enum GraphAnswer {
    static let schema = ValueSchema.named(
        "Graph",
        .object([
            .init("workflow_id", .text), .init("version", .integer),
            .init("execution_id", .text.orNull, "The run that the states are of"), .init("stages", .list(.text)),
            .init("nodes", .list(nodeSchema), "One for each step"),
        ]))

    private static let nodeSchema = ValueSchema.object([
        .init("name", .text), .init("type", .text), .init("stage", .text.orNull), .init("agent", .text.orNull),
        .init("depends_on", .list(.text)), .init("condition", .text.orNull),
        .init("status", .text.orNull, "Where the run has it"),
    ])

    /// A plan, with the states of a run where one is given.
    public static func value(_ plan: WorkflowPlan, _ machine: RunMachine?) -> Value {
        [
            "workflow_id": .text(plan.name), "version": Value(plan.version), "execution_id": Value(machine?.run.text),
            "stages": .texts(plan.definition.stages.map(\.name)),
            "nodes": .list(plan.tasks.indices.map { node(plan, $0, machine) }),
        ]
    }

    private static func node(_ plan: WorkflowPlan, _ place: Int, _ machine: RunMachine?) -> Value {
        let task = plan.tasks[place]
        return [
            "name": .text(task.name), "type": .text(task.definition.kind.word),
            "stage": Value(task.definition.stage.map { plan.definition.stages[$0].name }),
            "agent": Value(task.definition.agent),
            "depends_on": .texts(task.dependencies.map { plan.tasks[$0].name }),
            "condition": Value(task.definition.condition?.text),
            "status": Value(machine?.tasks[place].state.name),
        ]
    }
}
