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

    static let command = Command(
        "backtest", "Run recorded bars through the engine and the pipeline, and keep nothing",
        discussion: """
            The same engine, nodes and simulated exchange as 'run', without a store: what would have been decided and \
            what it would have come to. With --strategy cross the moving-average cross decides alone.
            """,
        takes: [market.parameter, comparePaper.parameter] + RunOptions.parameters,
        examples: [
            .init("bellwether backtest AAPL MSFT --from 2014-01-01 --to 2015-12-31", "Two imported symbols, two years"),
            .init("bellwether backtest AAPL --compare-paper", "Show that paper would have done the same"),
            .init("bellwether backtest bars/ --strategy cross --fast 10 --slow 50", "One strategy by itself"),
        ],
        action: run)

    private static func run(_ call: Invocation) async throws -> ExitCode {
        let options = try RunOptions(call)
        let market = try options.recordedMarket(try call.arguments[market])
        for warning in market.warnings { call.console.note(warning) }
        call.interruption.watch()
        if try call.arguments[comparePaper] { return try await compare(options, market, call) }
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

    private static func compare(
        _ options: RunOptions, _ market: RecordedMarket, _ call: Invocation
    ) async throws -> ExitCode {
        let comparison = try await PaperComparison(options, market) { [interruption = call.interruption] in
            interruption.isRequested
        }
        guard let (place, backtest, paper) = comparison.difference else {
            try call.console.isJSON
                ? call.console.print(["type": "comparison", "same": .integer(comparison.same), "difference": .null])
                : call.console.print("backtest and paper are the same: \(comparison.same) verdicts, reports and fills")
            return .done
        }
        let lines = ["backtest": backtest, "paper": paper].mapValues { $0.map(JSONValue.text) ?? .null }
        try call.console.isJSON
            ? call.console.print([
                "type": "comparison", "same": .integer(comparison.same), "difference": .object(lines),
            ])
            : call.console.print([
                "backtest and paper differ after \(comparison.same), at \(place)",
                "  backtest  \(backtest ?? "nothing")", "  paper     \(paper ?? "nothing")",
            ])
        return .failed
    }
}
