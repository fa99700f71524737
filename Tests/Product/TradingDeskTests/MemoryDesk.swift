import Determinism
import Execution
import MarketData
import RiskControl
import TradingDesk
import TradingModel
import WorkflowEngine

/// A desk in memory over a small made-up market, with limits tight enough that fills and halts happen.
struct MemoryDesk {
    var plan: DeskPlan
    private let bars: [(id: InstrumentID, bars: [Bar])]
    private static let warmUp = 70

    init(seed: UInt64, instruments: Int = 4, days: Int = 12, of assetClass: AssetClass = .equity) throws {
        let traded = SimulatedInstruments.generated(instruments).map { Instrument($0.symbol, assetClass) }
        var market = try SimulatedMarket(
            seed: seed, instruments: assetClass == .equity ? SimulatedInstruments.generated(instruments) : traded,
            barLength: .day,
            start: Timestamp(CivilDate(daysSinceEpoch: 18_263)))
        var bars = [[Bar]](repeating: [], count: instruments)
        for _ in 0..<instruments * (MemoryDesk.warmUp + days) {
            if let next = market.next() { bars[next.id.index].append(next.bar) }
        }
        self.bars = market.universe.ids.map { ($0, bars[$0.index]) }
        var limits = RiskLimits()
        (limits.minDailyTurnover, limits.maxDailyLoss, limits.stopLoss, limits.takeProfit) = (nil, 0.004, 0.02, 0.03)
        var pipeline = PipelinePlan()
        (pipeline.threshold, pipeline.lookback, pipeline.maximumWeight) = (0.3, 65, 0.2)
        plan = DeskPlan(
            universe: market.universe, barLength: .day, capital: 1_000_000, limits: limits, fills: FillModel(),
            decider: .pipeline(pipeline), seed: seed, isSimulated: false, sources: ["made for a test"])
    }

    /// A run to its end; `controls` are obeyed at the moments of these numbers, those of `between` an hour after them.
    func run(
        controls: [Int: [DeskControl]] = [:], between: [Int: [DeskControl]] = [:]
    ) throws -> (summary: DeskSummary, state: DeskState, records: [DecisionRecord], events: [DeskEvent]) {
        let log = MemoryLog()
        let feed = ReplayFeed(bars, days: .newYork, from: bars[0].bars[MemoryDesk.warmUp - 1].end)
        var session = try DeskSession(plan: plan, journal: InMemoryJournal(), log: log)
        let history = plan.universe.ids.map { InstrumentHistory($0, feed.history(of: $0, count: plan.warmUpBars)) }
        try session.begin(history: history)
        var driver = try DeskDriver(session: session, feed: feed, news: { _, _ in [] })
        var (place, events): (Int, [DeskEvent]) = (0, [])
        while let found = try driver.next(controls: controls[place] ?? []) {
            events += found
            if let asked = between[place], let last = driver.lastTime {
                events += try driver.intervene(at: last + .seconds(3600), controls: asked)
            }
            place += 1
        }
        return (try driver.finish(), driver.session.state, log.records, events)
    }
}
