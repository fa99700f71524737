import Configuration
import Determinism
import Foundation
import MarketData
import TradingDesk
import TradingModel
import TradingStore

/// `bellwether backtest`: recorded bars through the desk, in memory, as fast as possible.
enum BacktestCommand {
    private static let market = Argument.repeatedPositional(
        "path", .path, "Files or folders of bars, or symbols that were imported")

    private static let comparePaper = Argument.flag(
        "compare-paper", "Run the same bars on paper too and print the first difference; exit 1 if there is one")
    private static let compareRun = Argument.option(
        "compare-run", .text("RUN"),
        "Compare with a stored paper run, by name or 'latest', and print the first difference; exit 1 if there is one")

    static let command = Command(
        "backtest", "Run recorded bars through the engine and the pipeline, and keep nothing",
        discussion: """
            The same engine, nodes and simulated exchange as 'run', without a store: what would have been decided and \
            what it would have come to. With --strategy cross the moving-average cross decides alone. \
            --compare-run also names the settings in which the stored run differs.
            """,
        takes: [market.parameter, comparePaper.parameter, compareRun.parameter] + RunOptions.parameters,
        examples: [
            .init("bellwether backtest AAPL MSFT --from 2014-01-01 --to 2015-12-31", "Two imported symbols, two years"),
            .init("bellwether backtest AAPL --compare-paper", "Show that paper would have done the same"),
            .init("bellwether backtest AAPL --compare-run latest", "Show that the last paper run did the same"),
            .init("bellwether backtest bars/ --strategy cross --fast 10 --slow 50", "One strategy by itself"),
        ],
        action: run)

    private static func run(_ call: Invocation) async throws -> ExitCode {
        let options = try RunOptions(call)
        let stored = try call.arguments[compareRun]
        if stored != nil, try call.arguments[comparePaper] {
            throw UsageError("--compare-paper and --compare-run exclude each other; give one of them")
        }
        let market = try options.recordedMarket(try call.arguments[market])
        for warning in market.warnings { call.console.note(warning) }
        call.interruption.watch()
        if let stored { return try compareStored(stored, options, market, call) }
        if try call.arguments[comparePaper] {
            let comparison = try await PaperComparison(options, market) { [interruption = call.interruption] in
                interruption.isRequested
            }
            return try compare(comparison, call.console)
        }
        return try run(options, market, call)
    }

    /// Runs a backtest and shows it.
    static func run(_ options: RunOptions, _ market: RecordedMarket, _ call: Invocation) throws -> ExitCode {
        let plan = try options.plan(market)
        var driver = try options.backtest(plan, market)
        let display = try Displays.backtest(plan, RunScene(bars: options.feed(market).barCount), call.console)
        while !call.interruption.isRequested, let events = try driver.next() {
            try display.show(events, driver.session.state)
        }
        try display.settle(driver.session.state)
        guard !call.interruption.isRequested else {
            try display.finish(try driver.summary(), isComplete: false)
            return .failed
        }
        try display.finish(try driver.finish(), isComplete: true)
        return .done
    }

    private static func compare(_ comparison: PaperComparison, _ console: Console) throws -> ExitCode {
        try console.isJSON
            ? console.print(ComparisonPage.json(comparison)) : console.print(ComparisonPage.lines(comparison))
        return comparison.difference == nil ? .done : .failed
    }

    private static func compareStored(
        _ run: String, _ options: RunOptions, _ market: RecordedMarket, _ call: Invocation
    ) throws -> ExitCode {
        let stored = try PaperRecord(run, home: options.settings.home.path)
        let comparison = try PaperComparison(options, market, with: stored) { call.interruption.isRequested }
        guard let comparison else { return .failed }
        return try compare(comparison, call.console)
    }
}
