import Determinism
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// How a workflow, a run or the engine stands: one answer, in which what was not asked for is left out.
enum WorkflowStatusAnswer {
    static let schema = ValueSchema.named(
        "WorkflowStatus",
        .object([
            .init("success", .boolean), .init("status", .text, "active, or how the run stands"),
            .init("workflow_id", .text.orNull), .init("execution_id", .text.orNull),
            .init("workflow", WorkflowAnswer.fullSchema, "Where a workflow was asked for", isRequired: false),
            .init("triggers", .list(TriggerAnswer.schema), "Those of the workflow", isRequired: false),
            .init("execution", RunAnswer.fullSchema, "Where a run was asked for", isRequired: false),
            .init(
                "engine", .object(StatusAnswer.workProperties + [.init("uptime_seconds", .number.orNull)]),
                "Where neither was", isRequired: false),
            .init("open_runs", .list(.text), "Where neither was", isRequired: false),
            .init("metrics", StatisticsAnswer.schema, "Where they were asked for", isRequired: false),
        ]))

    static func value(
        workflow: String?, run: String?, metrics: Bool, _ context: CommandContext
    ) throws -> Value {
        let workflows = context.services.workflows
        var answer: Value
        if let run {
            answer = try execution(run, workflows)
        } else if let workflow {
            answer = try definition(workflow, context)
        } else {
            answer = try engine(context)
        }
        guard metrics else { return answer }
        let name = try run.map { try workflows.run($0).header.workflow } ?? workflow
        return answer.adding(["metrics": try statistics(name, context)])
    }

    private static func execution(_ name: String, _ workflows: WorkflowServices) throws -> Value {
        let value = try workflows.runValue(workflows.run(name))
        return [
            "success": true, "status": value.field("status"), "workflow_id": value.field("workflow_id"),
            "execution_id": .text(name), "execution": value,
        ]
    }

    private static func definition(_ name: String, _ context: CommandContext) throws -> Value {
        let workflows = context.services.workflows
        // A run's name is as good where there is no such workflow, as in the terminal.
        if try workflows.journal.summary(of: RunID(name)) != nil { return try execution(name, workflows) }
        let value = try WorkflowList(workflows).full(workflows.definition(name), at: context.time)
        return [
            "success": true, "status": value.field("status"), "workflow_id": .text(name), "execution_id": .null,
            "workflow": value, "triggers": value.field("triggers"),
        ]
    }

    private static func engine(_ context: CommandContext) throws -> Value {
        let workflows = context.services.workflows
        let isRunning = workflows.holder() != nil
        let report = try workflows.systemReport(at: context.time)
        return [
            "success": true, "status": .text(isRunning ? "running" : "stopped"), "workflow_id": .null,
            "execution_id": .null, "engine": report.value,
            "open_runs": .texts(try workflows.journal.openRuns().map(\.run.text)),
        ]
    }

    private static func statistics(_ name: String?, _ context: CommandContext) throws -> Value {
        let workflows = context.services.workflows
        let statistics = try ExecutionStatistics.read(
            workflows.journal, workflow: name, from: context.time - .seconds(86_400), until: context.time)
        let economics = try WorkflowEconomics(
            statistics, hours: 24, workflows.journal, workflows.queues, at: context.time, profit: nil)
        return StatisticsAnswer.value(statistics, economics, name, hours: 24)
    }
}
