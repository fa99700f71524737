import Accounting
import Analysis
import Determinism
import TradingEngine
import TradingModel

/// What the nodes of one pipeline run work on: the inputs, fixed, and what has been found so far.
struct PipelineState: Sendable {
    let time: Timestamp
    let window: MarketWindow
    let headlines: [Headline]
    let portfolio: Portfolio
    /// The state with the fields of the seed's `TradingWorkflowState`.
    var found: RecommendationState

    init(at time: Timestamp, _ state: DeskState) {
        self.time = time
        window = state.window
        headlines = state.headlines
        portfolio = state.loop.engine.portfolio
        let universe = state.window.universe
        found = RecommendationState(symbols: universe.instruments.map(\.symbol))
        found.marketData = MarketSummary(state.window, universe.ids)
        found.historicalPerformance = state.scorecard.outcomes
        found.modelFeedback = state.scorecard.feedback
    }

    var universe: Universe { window.universe }
}
