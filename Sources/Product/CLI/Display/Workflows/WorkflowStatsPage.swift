import Determinism
import TradingDesk
import WorkflowModel

/// What runs came to, for people and for programs.
enum WorkflowStatsPage {
    static func lines(
        _ statistics: ExecutionStatistics, _ economics: WorkflowEconomics, hours: Int, _ console: Console
    ) -> [String] {
        guard statistics.executions > 0 else { return ["no run began in the last \(hours) hours"] }
        let head = [
            "\(statistics.executions) runs in the last \(hours) hours: \(statistics.completed) completed, "
                + "\(statistics.failed) failed, \(statistics.open) open",
            "success \(NumberText.percent(statistics.successRate))   average \(text(statistics.averageDuration))   "
                + "p50 \(text(statistics.duration(atShare: 0.5)))   p99 \(text(statistics.duration(atShare: 0.99)))",
            "",
        ]
        return head + steps(statistics, console) + [""] + levels(statistics, console) + [""] + costs(economics)
    }

    private static func steps(_ statistics: ExecutionStatistics, _ console: Console) -> [String] {
        var table = Table([.text("step"), .number("done"), .number("tries"), .number("avg time"), .number("success")])
        for (name, step) in statistics.steps.sorted(by: { $0.key < $1.key }) {
            table.add([
                "\(name)", "\(step.count)", "\(step.attempts)", "\(text(step.averageTime))",
                "\(NumberText.percent(step.successRate, decimals: 1))",
            ])
        }
        return table.lines(width: console.profile.width, style: console.style)
    }

    private static func levels(_ statistics: ExecutionStatistics, _ console: Console) -> [String] {
        var table = Table([.text("promise"), .number("measured"), .number("target"), .text("")])
        for level in ServiceLevel.all(statistics) {
            let measured = level.measured.map { measured in
                level.isShare ? NumberText.percent(measured) : text(.seconds(measured))
            }
            let verdict: Table.Cell =
                switch level.isMet {
                case true?: Table.Cell("met", .green)
                case false?: Table.Cell("missed", .red)
                case nil: "not measured"
                }
            table.add(["\(level.name)", "\(measured ?? "-")", "\(level.target)", verdict])
        }
        return table.lines(width: console.profile.width, style: console.style)
    }

    private static func costs(_ economics: WorkflowEconomics) -> [String] {
        func dollars(_ amount: Double) -> String { "$" + NumberText.decimal(amount, decimals: 4) }
        let counts =
            "\(NumberText.compact(economics.executions)) runs x $0.001, "
            + "\(NumberText.compact(economics.messages)) messages x $0.00001, "
            + "\(NumberText.decimal(economics.agentMinutes)) minutes of work x $0.01"
        let roi = economics.returnOnCost.map { "; return on cost \(NumberText.percent($0, decimals: 0))" } ?? ""
        return [
            "at assumed prices: \(dollars(economics.day)) a day, \(dollars(economics.month)) a month, "
                + "\(dollars(economics.year)) in 365 days\(roi)",
            "  a day: \(counts)",
        ]
    }

    private static func text(_ duration: Duration?) -> String { WorkflowStatusPage.seconds(duration) }
}
