import Determinism
import Execution
import Foundation
import MarketData
import RiskControl
import ScratchFolders
import TradingDesk
import TradingModel
import TradingStore
import WorkflowEngine

@testable import CLI

/// A desk over a small made-up market with limits tight enough that orders, fills and a halt happen within weeks.
struct SmallDesk {
    typealias Runner = DeskRunner<ReplayFeed<[Bar]>>

    private(set) var plan: DeskPlan
    private let bars: [(id: InstrumentID, bars: [Bar])]
    private let opening: Timestamp

    init(seed: UInt64 = 11, instruments: Int = 6, days: Int = 25, isDay: Bool = false) throws {
        let start = Timestamp(CivilDate(daysSinceEpoch: 18_263))
        var market = try SimulatedMarket(
            seed: seed, instruments: SimulatedInstruments.generated(instruments), barLength: .day, start: start)
        var bars = [[Bar]](repeating: [], count: instruments)
        for _ in 0..<instruments * (SmallDesk.warmUp + days) {
            if let next = market.next() { bars[next.id.index].append(next.bar) }
        }
        let universe = market.universe
        self.bars = universe.ids.map { ($0, bars[$0.index]) }
        opening = bars[0][SmallDesk.warmUp - 1].end
        plan = SmallDesk.plan(universe, seed: seed)
        if isDay, case .pipeline(let settings) = plan.decider {
            plan.decider = .tradingDay(TradingDayPlan(pipeline: settings))
        }
    }

    private static let warmUp = 70

    private static func plan(_ universe: Universe, seed: UInt64) -> DeskPlan {
        var limits = RiskLimits()
        limits.minDailyTurnover = nil
        limits.maxDailyLoss = 0.004
        limits.maxCorrelatedShare = 0.6
        limits.stopLoss = 0.02
        limits.takeProfit = 0.03
        var pipeline = PipelinePlan()
        pipeline.threshold = 0.35
        pipeline.lookback = 65
        pipeline.maximumWeight = 0.2
        return DeskPlan(
            universe: universe, barLength: .day, capital: 1_000_000, limits: limits, fills: FillModel(),
            decider: .pipeline(pipeline), seed: seed, isSimulated: false, sources: ["made for a test, seed \(seed)"])
    }

    var feed: ReplayFeed<[Bar]> { ReplayFeed(bars, days: .newYork, from: opening) }

    func stored(_ home: String) throws -> StoredRun {
        let configuration = [UInt8](try CanonicalCoder(plan.universe).encode(plan))
        return try StoredRun(folder(home), configuration: configuration, at: Timestamp(nanoseconds: 0))
    }

    func folder(_ home: String) throws -> RunFolder { RunFolder(home: home, run: try plan.runName) }

    /// A runner over what a home holds.
    func runner(
        _ stored: StoredRun, interval: Int = 4,
        through: (any Journal, any DecisionLog) -> (any Journal, any DecisionLog) = { ($0, $1) }
    ) throws -> Runner {
        let feed = feed
        let history = plan.universe.ids.map { InstrumentHistory($0, feed.history(of: $0, count: plan.warmUpBars)) }
        return try DeskRunner(
            plan, stored, feed: feed, history: history, news: NewsArchive([]).headlines(after:through:), speed: nil,
            clock: ManualTime(), interval: interval, through: through, isStopped: { false })
    }
}

/// Shows nothing; counts what it was given.
final class QuietDisplay: Display {
    private(set) var events: [DeskEvent] = []

    func begin(_ plan: DeskPlan, isResumed: Bool) throws {}
    func show(_ events: [DeskEvent], _ state: DeskState) throws { self.events += events }
    func finish(_ summary: DeskSummary, isComplete: Bool) throws {}
}
