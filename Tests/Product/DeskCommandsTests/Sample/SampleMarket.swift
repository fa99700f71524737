import Accounting
import Analysis
import Determinism
import Execution
import Foundation
import MarketData
import RiskControl
import Storage
import Synchronization
import TradingEngine
import TradingModel
import WorkflowEngine
import WorkflowModel

@testable import DeskCommands
@testable import TradingDesk

/// A run of a desk over a small made-up market, tight enough that orders are refused, filled and cancelled.
struct SampleMarket: Sendable {
    let plan: DeskPlan
    let state: DeskState
    let records: [ArchivedRecord]
    let advice: [DeskPicture.Signal]
    let bars: [Symbol: [Bar]]
    let figures: PerformanceFigures

    /// Made once: the same for every test.
    static let standard = Result { try SampleMarket() }

    private static let warmUp = 70

    private init() throws {
        let count = 4
        var market = try SimulatedMarket(
            seed: 11, instruments: SimulatedInstruments.generated(count), barLength: .day,
            start: Timestamp(CivilDate(daysSinceEpoch: 18_263)))
        var bars = [[Bar]](repeating: [], count: count)
        for _ in 0..<count * (SampleMarket.warmUp + 40) {
            if let next = market.next() { bars[next.id.index].append(next.bar) }
        }
        plan = SampleMarket.plan(market.universe)
        let log = SampleLog()
        let series = market.universe.ids.map { (id: $0, bars: bars[$0.index]) }
        let feed = ReplayFeed(series, days: .newYork, from: bars[0][SampleMarket.warmUp - 1].end)
        var session = try DeskSession(plan: plan, journal: InMemoryJournal(), log: log)
        let warmUp = plan.warmUpBars
        try session.begin(
            history: market.universe.ids.map { InstrumentHistory($0, feed.history(of: $0, count: warmUp)) })
        var driver = try DeskDriver(session: session, feed: feed, news: { _, _ in [] })
        var advice: [DeskPicture.Signal] = []
        while let events = try driver.next() { advice += events.compactMap(SampleMarket.signal) }
        state = driver.session.state
        records = try log.archived
        self.advice = advice
        figures = try PerformanceFigures(
            curve: state.curve, trades: state.ledger, portfolio: state.loop.engine.portfolio,
            basis: PerformanceBasis(periodsPerYear: 252))
        self.bars = Dictionary(series.map { (market.universe.symbol($0.id), $0.bars) }) { $1 }
    }

    private static func plan(_ universe: Universe) -> DeskPlan {
        var limits = RiskLimits()
        (limits.minDailyTurnover, limits.maxDailyLoss, limits.stopLoss, limits.takeProfit) = (nil, 0.004, 0.02, 0.03)
        var pipeline = PipelinePlan()
        (pipeline.threshold, pipeline.lookback, pipeline.maximumWeight) = (0.3, 65, 0.2)
        return DeskPlan(
            universe: universe, barLength: .day, capital: 1_000_000, limits: limits, fills: FillModel(),
            decider: .pipeline(pipeline), seed: 11, isSimulated: true, sources: ["made for a test"])
    }

    private static func signal(_ event: DeskEvent) -> DeskPicture.Signal? {
        guard case .recommendation(let advice, let time) = event else { return nil }
        return DeskPicture.Signal(time: time, recommendation: advice, run: DeskSession.pipelineRun(at: time).text)
    }
}

/// Records of decisions that end with the test.
private final class SampleLog: DecisionLog {
    private let kept = Mutex<[DecisionRecord]>([])

    let head = "in memory"

    func append(_ records: [DecisionRecord]) throws { kept.withLock { $0 += records } }

    var archived: [ArchivedRecord] {
        get throws {
            try kept.withLock { $0 }.enumerated().map { place, record in
                ArchivedRecord(
                    sequence: Int64(place + 1), kind: record.kind.rawValue, time: record.time,
                    subjects: record.subjects, body: try Value(json: Array(record.body)),
                    hash: Digest.of(Array("\(place)".utf8) + Array(record.body)).hex)
            }
        }
    }
}
