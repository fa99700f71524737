import Accounting
import Analysis
import Determinism
import RiskControl
import TradingEngine
import TradingModel

/// What the nodes of one pipeline run work on: the inputs, fixed, and what has been found so far.
struct PipelineState: Sendable {
    let time: Timestamp
    let window: MarketWindow
    let headlines: [Headline]
    let portfolio: Portfolio
    /// The instruments of which a bar became known at this moment: for others nothing new can be concluded.
    let fresh: [InstrumentID]
    /// The instruments that an order is in flight for; protective exits do not count.
    let busy: Set<InstrumentID>
    /// The state with the fields of the seed's `TradingWorkflowState`.
    var found: RecommendationState

    init(at time: Timestamp, _ state: DeskState) {
        self.time = time
        window = state.window
        headlines = state.headlines
        portfolio = state.loop.engine.portfolio
        let universe = state.window.universe
        fresh = universe.ids.filter { state.window.histories[$0.index].lastTime == time }
        let orders = state.loop.engine.risk.ordersInFlight
        busy = Set(orders.filter { !$0.reduceOnly || $0.kind == .market }.map(\.instrument))
        found = RecommendationState(symbols: universe.instruments.map(\.symbol))
        found.marketData = MarketSummary(state.window, universe.ids)
        found.historicalPerformance = state.scorecard.outcomes
        found.modelFeedback = state.scorecard.feedback
    }

    var universe: Universe { window.universe }
}
