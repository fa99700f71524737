import Configuration
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
        let economics = try economics(statistics, hours, home, profit: call.arguments[profit])
        guard !call.console.isJSON else {
            let value = WorkflowStatsPage.value(statistics, economics, name, hours: hours)
            try call.console.print(JSONValue(value, type: "statistics"))
            return .done
        }
        try call.console.print(WorkflowStatsPage.lines(statistics, economics, hours: hours, call.console))
        return .done
    }

    /// Messages are counted over the life of the queues, which is taken to be that of the oldest run, a day at least.
    private static func economics(
        _ statistics: ExecutionStatistics, _ hours: Int, _ home: WorkflowHome, profit: Double?
    ) throws -> WorkflowEconomics {
        let perDay = 24 / Double(hours)
        let accepted = try home.queues.status(of: nil, including: nil, at: home.time.now).queues
            .reduce(0) { $0 + $1.totals.accepted }
        let first = try home.journal.finishedRuns(limit: ExecutionStatistics.mostRuns).map(\.started).min()
        let days = max(1, first.map { (home.time.now - $0).asSeconds / 86_400 } ?? 1)
        return WorkflowEconomics(
            executions: Double(statistics.executions) * perDay, messages: Double(accepted) / days,
            agentMinutes: statistics.workTime.asSeconds / 60 * perDay, profit: profit)
    }
}
