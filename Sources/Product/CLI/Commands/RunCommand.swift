import Configuration
import Determinism
import Foundation
import MarketData
import Storage
import TradingDesk
import TradingModel

/// `bellwether run`: the desk at work, on paper.
enum RunCommand {
    private enum Mode: String, Sendable, CaseIterable {
        case paper, backtest, research, live
    }

    private static let mode = Argument.option(
        "mode", .oneOf(Mode.self, "MODE"), default: .paper,
        "How orders are executed; backtest keeps nothing, live and research come later")
    private static let replay = Argument.repeatedOption(
        "replay", .path, "File or folder of bars, or an imported symbol; without it a SIMULATED market")
    private static let speed = Argument.option(
        "speed", .speed, "Times as fast as a clock, or 'max' for without waiting")
    private static let fresh = Argument.flag("fresh", "Put what this run has done aside and begin anew")

    private static let triggersTrade = Argument.flag(
        "triggers-trade", "Let runs that triggers or messages start send orders to the desk; without it they are tests")

    static let command = Command(
        "run", "Start the desk: paper trading on a simulated or a replayed market",
        discussion: """
            Without --replay a SIMULATED market runs. Everything is kept under the home folder: the same command goes \
            on where it was stopped or killed. The home's workflows are served beside the desk, and their steps act on it. \
            Ctrl-C stops cleanly with a summary; a second Ctrl-C stops at once.
            """,
        takes: [mode.parameter, replay.parameter, speed.parameter, fresh.parameter, triggersTrade.parameter]
            + ServerOptions.parameters + RunOptions.parameters,
        examples: [
            .init("bellwether run", "Paper trading on the simulated market"),
            .init("bellwether run --replay AAPL --speed max", "Trade an imported symbol's history at full speed"),
            .init(
                "bellwether run --replay bars/daily --from 2014-01-01 --to 2015-12-31 --speed max --json",
                "A folder of files, one JSON object a line"),
        ],
        action: run)

    private static func run(_ call: Invocation) async throws -> ExitCode {
        switch try call.arguments[mode] {
        case .paper: return try await runOnPaper(call)
        case .backtest: return try backtest(call)
        case .research: throw UsageError("--mode research comes with research, which is not built yet; run on paper")
        case .live:
            throw CommandFailure(
                "live trading needs a venue, and none can be connected yet; run on paper", code: "live")
        }
    }

    /// The same as the command `backtest` with the same bars.
    private static func backtest(_ call: Invocation) throws -> ExitCode {
        let names = try call.arguments[replay]
        if names.isEmpty { throw UsageError("--mode backtest needs recorded bars; name them with --replay") }
        if try call.arguments[fresh] { throw UsageError("--fresh means nothing to a backtest, which keeps nothing") }
        if try call.arguments[speed].flatMap({ $0 }) != nil {
            throw UsageError("--speed means nothing to a backtest, which never waits")
        }
        let options = try RunOptions(call)
        let market = try options.recordedMarket(names)
        for warning in market.warnings { call.console.note(warning) }
        call.interruption.watch()
        return try BacktestCommand.run(options, market, call)
    }

    private static func runOnPaper(_ call: Invocation) async throws -> ExitCode {
        let options = try RunOptions(call, overrides: ServerOptions.overrides(call))
        let home = options.settings.home.path
        try PrivateFolder.make(home)
        let lock = try FolderLock(folder: home)
        defer { withExtendedLifetime(lock) {} }
        call.interruption.watch()
        let names = try call.arguments[replay]
        return names.isEmpty ? try await simulate(call, options) : try await replay(names, call, options)
    }

    private static func replay(_ names: [String], _ call: Invocation, _ options: RunOptions) async throws -> ExitCode {
        let market = try options.recordedMarket(names)
        for warning in market.warnings { call.console.note(warning) }
        let plan = try options.plan(market)
        let stored = try stored(plan, call, options)
        let feed = options.feed(market)
        let speed = try call.arguments[speed].flatMap { $0 }
        let scene = RunScene(speed: speed, bars: feed.barCount, folder: stored.folder)
        let history = options.history(feed, market, plan.warmUpBars)
        return try await DeskHosting(
            plan: plan, stored: stored, feed: feed, history: history, news: options.news, scene: scene, call: call,
            settings: options.settings
        ).run(triggersAreTests: try !call.arguments[triggersTrade])
    }

    private static func simulate(_ call: Invocation, _ options: RunOptions) async throws -> ExitCode {
        let simulation = try SimulatedRun(
            options.settings.settings, from: options.first ?? SimulatedRun.opening, to: options.last)
        let plan = try simulation.plan(options)
        let stored = try stored(plan, call, options)
        let speed = call.arguments.isGiven(speed) ? try call.arguments[speed].flatMap { $0 } : simulation.speed
        let scene = RunScene(speed: speed, folder: stored.folder)
        return try await DeskHosting(
            plan: plan, stored: stored, feed: simulation.feed, history: simulation.history(plan.warmUpBars),
            news: simulation.news, scene: scene, call: call,
            settings: options.settings
        ).run(triggersAreTests: try !call.arguments[triggersTrade])
    }

    private static func stored(_ plan: DeskPlan, _ call: Invocation, _ options: RunOptions) throws -> StoredRun {
        let folder = RunFolder(home: options.settings.home.path, run: try plan.runName)
        if try call.arguments[fresh], FileManager.default.fileExists(atPath: folder.path) { try folder.putAside() }
        let configuration = [UInt8](try CanonicalCoder(plan.universe).encode(plan))
        let heads = HeadKeeper.Means(
            signer: try AuditKey.make(AuditKey.path(options.settings)), anchor: options.settings.settings.audit.anchor,
            time: SystemTime())
        return try StoredRun(folder, configuration: configuration, at: heads.time.now, heads: heads)
    }
}
