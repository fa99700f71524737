public import Accounting
public import Analysis
public import Determinism
public import Execution
import MarketData
import RiskControl
public import Strategies
public import TradingEngine
public import TradingModel

/// Everything of a run that changes; coding it is a checkpoint.
public struct DeskState: Sendable, Codable {
    /// Engine and exchange.
    public internal(set) var loop: TradingLoop<DeskStrategy, SimulatedExchange>
    /// The last bars of every instrument, for the pipeline.
    public internal(set) var window: MarketWindow
    /// Headlines young enough to matter, oldest first.
    public internal(set) var headlines: [Headline] = []
    /// Round trips, closed and open.
    public internal(set) var ledger: TradeLedger
    /// Equity by day.
    public internal(set) var curve = EquityCurve(sampling: .daily)
    /// Equity within the last trading days; nil in what was kept before this was.
    public internal(set) var intraday: IntradayEquity?
    /// What was counted so far.
    public internal(set) var counts = DeskCounts()
    /// Moments handled so far.
    public internal(set) var moments = 0
    /// When the pipeline ran last.
    public internal(set) var lastRun: Timestamp?
    /// How earlier recommendations turned out.
    public internal(set) var scorecard = RecommendationScorecard()
    /// The newest recommendations; nil before the first.
    public internal(set) var advice: AdviceBook?
    /// When the trading state began; nil where it was so from the beginning.
    public internal(set) var tradingSince: Timestamp?
    /// What the trading days have come to; nil where the run has none.
    var day: TradingDayState?

    /// The state a plan begins with.
    public init(_ plan: DeskPlan) throws {
        let count = plan.universe.count
        let engine = Engine(
            desk: try plan.tag, strategy: DeskStrategy(plan.decider, instruments: count),
            portfolio: Portfolio(cash: plan.capital, instruments: count),
            risk: RiskPolicy(limits: plan.limits, universe: plan.universe))
        loop = TradingLoop(
            engine: engine, broker: SimulatedExchange(plan.universe, model: plan.fills, cash: plan.capital))
        window = MarketWindow(universe: plan.universe, barLength: plan.barLength, capacity: plan.lookback)
        ledger = TradeLedger(instruments: count)
        if case .tradingDay = plan.decider { day = TradingDayState(plan.universe, plan.barLength) }
    }

    /// Cash and positions at the last prices.
    public var equity: Money {
        get throws { try loop.engine.portfolio.equity }
    }

    mutating func warmUp(_ id: InstrumentID, _ bar: Bar) throws {
        try take(id, bar)
        try loop.warmUp(id, bar)
    }

    mutating func take(_ id: InstrumentID, _ bar: Bar) throws {
        try window.append(bar, for: id)
        day?.volatility.add(id, bar)
    }

    mutating func learn(_ news: [Headline]) {
        headlines += news
        guard let newest = news.map(\.published).max() else { return }
        let horizon = newest - SentimentAnalysis().lookBack
        headlines.removeAll { $0.published < horizon }
    }

    mutating func learn(from outcome: RecommendationPipeline.Outcome, at time: Timestamp) {
        lastRun = time
        note(outcome.recommendations, from: outcome.run, at: time)
        scorecard.settle(window)
        if let signals = outcome.found.signals { scorecard.record(signals, window) }
    }

    mutating func note(_ recommendations: [Recommendation], from run: String?, at time: Timestamp) {
        guard !recommendations.isEmpty else { return }
        advice = advice ?? AdviceBook()
        advice?.note(recommendations, from: run, at: time)
    }

    /// A charge is for what is held after the fills of its moment.
    mutating func settle(_ fills: [Fill], _ charges: [Charge], at time: Timestamp) throws {
        for fill in fills {
            try ledger.apply(fill)
            try day?.ledger.note(fill)
        }
        for charge in charges { try ledger.apply(charge) }
        let portfolio = loop.engine.portfolio
        let (equity, exposure) = (try portfolio.equity, try portfolio.grossExposure)
        curve.record(equity, exposure: exposure, at: time)
        intraday = intraday ?? IntradayEquity()
        intraday?.record(equity, exposure: exposure, at: time)
    }
}

extension DeskPlan {
    /// Bars of history kept for the pipeline.
    var lookback: Int {
        switch decider {
        case .pipeline(let settings): settings.lookback
        case .movingAverageCross: 1
        case .tradingDay(let day): day.pipeline.lookback
        }
    }
}

/// The strategy inside a desk's engine: one by itself, or none where proposals come from the pipeline.
public enum DeskStrategy: Strategy {
    /// Intents come as proposals.
    case none
    /// A moving-average cross.
    case cross(MovingAverageCross)

    init(_ decider: DeskPlan.Decider, instruments: Int) {
        switch decider {
        case .pipeline, .tradingDay: self = .none
        case .movingAverageCross(let fast, let slow):
            self = .cross(
                MovingAverageCross(
                    fast: fast, slow: slow, deadBand: 1e-4, sizing: .allCash, instruments: instruments))
        }
    }

    public mutating func decide(
        _ id: InstrumentID, _ bar: Bar, portfolio: borrowing Portfolio, intents: inout [Intent]
    ) {
        guard case .cross(var cross) = self else { return }
        cross.decide(id, bar, portfolio: portfolio, intents: &intents)
        self = .cross(cross)
    }

    public mutating func warmUp(_ id: InstrumentID, _ bar: Bar) {
        guard case .cross(var cross) = self else { return }
        cross.warmUp(id, bar)
        self = .cross(cross)
    }
}
