import Accounting
import Analysis
public import Determinism
import Execution
import MarketData
import RiskControl
import TradingEngine
import TradingModel

/// Everything that a step may know of the desk at a moment: a value, so that reading changes nothing.
public struct DeskScene: Sendable {
    /// The moment.
    public let time: Timestamp
    /// What the run trades and how its analysis is set.
    public let plan: DeskPlan
    /// The desk's state at that moment.
    public let state: DeskState
    /// How much the market moves; nil where too little is known.
    public let volatility: VolatilityReading?

    /// What is known at a moment.
    public init(time: Timestamp, plan: DeskPlan, state: DeskState, volatility: VolatilityReading?) {
        self.time = time
        self.plan = plan
        self.state = state
        self.volatility = volatility
    }

    var universe: Universe { plan.universe }
    var window: MarketWindow { state.window }
    var portfolio: Portfolio { state.loop.engine.portfolio }
    var risk: RiskPolicy { state.loop.engine.risk }

    /// The settings of the analysis: the plan's own, or the usual ones where it has none.
    var pipeline: PipelinePlan {
        switch plan.decider {
        case .pipeline(let settings): settings
        case .tradingDay(let day): day.pipeline
        case .movingAverageCross: PipelinePlan()
        }
    }

    /// The instruments that an order is in flight for; protective exits do not count.
    var busy: Set<InstrumentID> {
        Set(risk.ordersInFlight.filter { !$0.reduceOnly || $0.kind == .market }.map(\.instrument))
    }
}

/// How much the market moves, with the name of what was measured.
public struct VolatilityReading: Sendable, Hashable, Codable {
    /// What was measured.
    public enum Source: String, Sendable, Hashable, Codable {
        /// The last value of the series `^VIX`.
        case index = "VIX"
        /// The realised volatility of what the desk trades.
        case realised = "realised volatility of the universe"
    }

    /// What was measured.
    public let source: Source
    /// In percent a year, as VIX is.
    public let level: Double

    /// A reading.
    public init(_ source: Source, level: Double) {
        self.source = source
        self.level = level
    }
}
