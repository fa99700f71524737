import Configuration
import DeskCommands
import Determinism
import TaskQueues
import TradingDesk
import WorkflowEngine
import WorkflowModel
import WorkflowStore

extension WorkflowCommand {
    private static let which = Argument.optionalPositional("workflow", .text("NAME"), "A workflow, else all")
    private static let hours = Argument.option(
        "hours", .integer(1...100_000), default: 24, "How far back to look, in hours")
    private static let profit = Argument.option(
        "profit", .number(), "What the workflows earn a day in dollars, for the return on their cost")

    static let stats = Command(
        "stats", "What runs came to: success, durations, steps, promises beside what was measured, cost",
        discussion: """
            Everything is computed from the journal. Durations are those of whole runs, waits included; the times of \
            steps are those of their tries. Costs follow from counts and assumed prices.
            """,
        takes: [which.parameter, hours.parameter, profit.parameter],
        examples: [
            .init("bellwether workflow stats", "All workflows, the last day"),
            .init("bellwether workflow stats trading-saga --hours 168 --json", "One workflow, a week, for a program"),
        ]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let name = try call.arguments[which]
        if let name { _ = try home.library.definition(name) }
        let now = home.time.now
        let hours = try call.arguments[hours]
        let statistics = try ExecutionStatistics.read(
            home.journal, workflow: name, from: now - .seconds(hours * 3600), until: now)
        let economics = try WorkflowEconomics(
            statistics, hours: hours, home.journal, home.queues, at: now, profit: try call.arguments[profit])
        guard !call.console.isJSON else {
            let value = StatisticsAnswer.value(statistics, economics, name, hours: hours)
            try call.console.print(JSONValue(value, type: "statistics"))
            return .done
        }
        try call.console.print(WorkflowStatsPage.lines(statistics, economics, hours: hours, call.console))
        return .done
    }
}
