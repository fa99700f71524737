import Configuration
import Determinism
import Foundation
import Indicators
import MarketData
import TradingDesk
import TradingModel
import TradingStore
import WorkflowEngine

/// `bellwether backtest`: recorded bars through the desk, in memory, as fast as possible.
enum BacktestCommand {
    private static let market = Argument.repeatedPositional(
        "path", .path, "Files or folders of bars, or symbols that were imported")

    static let command = Command(
        "backtest", "Run recorded bars through the engine and the pipeline, and keep nothing",
        discussion: """
            The same engine, nodes and simulated exchange as 'run', without a store: what would have been decided and \\
            what it would have come to. With --strategy cross the moving-average cross decides alone.
            """,
        takes: [market.parameter] + RunOptions.parameters,
        examples: [
            .init("bellwether backtest AAPL MSFT --from 2014-01-01 --to 2015-12-31", "Two imported symbols, two years"),
            .init("bellwether backtest bars/ --strategy cross --fast 10 --slow 50", "One strategy by itself"),
        ],
        action: run)

    private static func run(_ call: Invocation) async throws -> ExitCode {
        let options = try RunOptions(call)
        let market = try options.recordedMarket(try call.arguments[market])
        let plan = try options.plan(market)
        let log = try AuditDecisionLog.inMemory(run: try plan.runName)
        let session = try DeskSession(plan: plan, journal: InMemoryJournal(), log: log)
        var driver = try options.driver(session, market)
        let display = Displays.make(plan, call.console)
        for warning in market.warnings { call.console.note(warning) }
        while let events = try driver.next() { try display.show(events, driver.session.state) }
        try display.finish(try driver.finish(), isComplete: true)
        return .done
    }
}
