import Determinism
import TradingDesk
import WorkflowModel

/// What runs of workflows came to.
enum StatisticsCommands {
    static let all = [statistics]

    private static let workflow = Field<String>.text("workflow", "Only of this workflow").optional
    private static let hours = Field<Int>.integer("hours", 1...100_000, "How far back to look").or(24)
    private static let profit = Field<Double>.number(
        "profit", -1e12...1e12, "What the workflows earn a day in dollars, for the return on their cost"
    ).optional

    private static let statistics = DeskCommand(
        "statistics", "Success, durations, steps, promises beside what was measured, and cost", .read,
        at: .get("/api/statistics"), tool: "statistics",
        takes: [workflow.description, hours.description, profit.description], answers: StatisticsAnswer.schema
    ) { arguments, context in
        let workflows = context.services.workflows
        let name = try arguments[workflow]
        if let name { _ = try workflows.definition(name) }
        let hours = try arguments[hours]
        let statistics = try ExecutionStatistics.read(
            workflows.journal, workflow: name, from: context.time - .seconds(hours * 3600), until: context.time)
        let economics = try WorkflowEconomics(
            statistics, hours: hours, workflows.journal, workflows.queues, at: context.time,
            profit: try arguments[profit])
        return StatisticsAnswer.value(statistics, economics, name, hours: hours)
    }
}
