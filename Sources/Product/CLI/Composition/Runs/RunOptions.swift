import Configuration
import Determinism
import Indicators
import MarketData
import TradingDesk
import TradingModel
import TradingStore
import WorkflowEngine

/// What `run` and `backtest` have in common: which bars, which time, who decides.
struct RunOptions {
    enum StrategyName: String, Sendable, CaseIterable {
        case pipeline, cross, day
    }

    private static let from = Argument.option("from", .date, "First day; bars before it warm indicators up")
    private static let to = Argument.option("to", .date, "Last day")
    private static let bars = Argument.option("bars", .barLength, "Which bars, where there are several lengths: 1m, 1d")
    private static let strategy = Argument.option(
        "strategy", .oneOf(StrategyName.self, "NAME"), default: .pipeline,
        "Who decides: the pipeline at every bar, a cross of averages, or the workflows of the trading day")
    private static let fast = Argument.option(
        "fast", .integer(1...100_000), default: 10, "Bars of the fast average of the cross")
    private static let slow = Argument.option(
        "slow", .integer(1...100_000), default: 50, "Bars of the slow average of the cross")
    private static let cash = Argument.option("cash", .number(.above(0, upTo: 1e10)), "Cash to begin with")
    private static let seed = Argument.option("seed", .integer(0...Int.max), "What chance depends on")
    private static let news = Argument.repeatedOption("news", .path, "File of headlines, JSON as news services give it")

    static let parameters = [
        from.parameter, to.parameter, bars.parameter, strategy.parameter, fast.parameter, slow.parameter,
        cash.parameter, seed.parameter, news.parameter,
    ]

    let settings: LoadedSettings
    /// The first day; nil where none was named.
    let first: CivilDate?
    /// The last day; nil where none was named.
    let last: CivilDate?
    private let length: BarLength?
    let decider: DeskPlan.Decider?
    private let headlines: NewsArchive

    /// What a command line asks for; `overrides` are those of options that this does not know.
    init(_ call: Invocation, overrides: [ConfigurationSources.Override] = []) throws {
        let arguments = call.arguments
        var overrides = overrides
        if let cash = try arguments[RunOptions.cash] {
            overrides.append(.init(path: "trading.capital", text: "\(cash)", option: "--cash"))
        }
        if let seed = try arguments[RunOptions.seed] {
            overrides.append(.init(path: "simulation.seed", text: "\(seed)", option: "--seed"))
        }
        settings = try LoadedSettings.load(call, overrides: overrides)
        (first, last) = (try arguments[RunOptions.from], try arguments[RunOptions.to])
        if let first, let last, first > last { throw UsageError("--from \(first) is after --to \(last)") }
        length = try arguments[RunOptions.bars]
        switch try arguments[RunOptions.strategy] {
        case .pipeline: decider = nil
        case .cross:
            decider = .movingAverageCross(
                fast: try Period(try arguments[RunOptions.fast]), slow: try Period(try arguments[RunOptions.slow]))
        case .day: decider = PlanMaker(settings: settings.settings).tradingDay
        }
        headlines = NewsArchive(try HeadlineFiles.read(try arguments[RunOptions.news]))
    }

    /// Options that no command line was read for.
    init(
        _ settings: LoadedSettings, from first: CivilDate?, to last: CivilDate?, length: BarLength?,
        decider: DeskPlan.Decider?
    ) {
        self.settings = settings
        (self.first, self.last, self.length) = (first, last, length)
        self.decider = decider
        headlines = NewsArchive([])
    }

    var planMaker: PlanMaker { PlanMaker(settings: settings.settings) }

    func recordedMarket(_ names: [String]) throws -> RecordedMarket {
        let home = settings.home.path
        let store = FileBytes.exists(home + "/bars") ? try BarStore.open(home: home) : nil
        return try RecordedMarket(names, length: length, store: store)
    }

    /// The bars of imported symbols.
    func storedMarket(_ symbols: [Symbol]) throws -> RecordedMarket {
        let home = settings.home.path
        let store = FileBytes.exists(home + "/bars") ? try BarStore.open(home: home) : nil
        return try RecordedMarket(stored: symbols, length: length, store: store)
    }

    /// The plan of a run over recorded bars; bounds and news are part of it, so that other bounds make another run.
    func plan(_ market: RecordedMarket) throws -> DeskPlan {
        let bounds = "from \(first.map { "\($0)" } ?? "the beginning") to \(last.map { "\($0)" } ?? "the end")"
        return try planMaker.plan(
            market.universe, market.length, sources: market.sources + [bounds, headlines.fingerprint],
            isSimulated: false, decider: decider)
    }

    /// The feed of a recorded market within the bounds.
    func feed(_ market: RecordedMarket) -> ReplayFeed<BarSeries> {
        let days = TradingDayRule.of(market.universe)
        return ReplayFeed(
            market.series, days: days, from: first.map { days.start(of: $0) }, to: last.map { days.end(of: $0) })
    }

    /// A backtest at its beginning: the desk with everything in memory.
    func backtest(
        _ plan: DeskPlan, _ market: RecordedMarket, log: (any DecisionLog)? = nil
    ) throws -> DeskDriver<ReplayFeed<BarSeries>> {
        let log = try log ?? AuditDecisionLog.inMemory(run: try plan.runName)
        var session = try DeskSession(plan: plan, journal: InMemoryJournal(), log: log)
        let feed = feed(market)
        try session.begin(history: history(feed, market, plan.warmUpBars))
        return try DeskDriver(session: session, feed: feed, news: news)
    }

    func history(
        _ feed: ReplayFeed<BarSeries>, _ market: RecordedMarket, _ count: Int
    ) -> [InstrumentHistory] {
        market.universe.ids.map { InstrumentHistory($0, feed.history(of: $0, count: count)) }.filter {
            !$0.bars.isEmpty
        }
    }

    var news: @Sendable (Timestamp?, Timestamp) -> [Headline] { headlines.headlines(after:through:) }
}

extension ValueKind where Value == BarLength {
    /// `1m`, `5m`, `4h`, `1d`.
    static var barLength: ValueKind {
        ValueKind("LENGTH", write: { "\($0)" }) { text throws(ValueProblem) in
            guard let length = BarLength(text) else {
                throw ValueProblem(
                    "'\(text)' is no bar length; allowed: a number and s, m, h, d or w, such as 1m or 1d")
            }
            return length
        }
    }
}
