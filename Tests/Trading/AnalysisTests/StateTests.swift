import Accounting
import Analysis
import Determinism
import Foundation
import Testing
import TradingModel

@Suite struct StateTests {
    private static let node = SentimentAnalysis()

    private func state(seed: UInt64 = 7) throws -> RecommendationState {
        var market = try SyntheticMarket(seed: seed, instruments: 9, bars: 252)
        try market.hold(InstrumentID(0), 100)
        let universe = market.window.universe
        let headlines = try [
            Headline(
                published: #require(market.window.asOf), symbols: [universe.symbol(InstrumentID(1))],
                title: "S101 beats estimates and raises guidance", source: "wire")
        ]
        let run = try Pipeline(market, headlines: headlines, sentiment: StateTests.node)
        var card = RecommendationScorecard(horizon: 1)
        card.record(run.signals, market.window)
        var state = RecommendationState(symbols: universe.instruments.map(\.symbol))
        state.marketData = MarketSummary(market.window, universe.ids)
        state.sentimentScores = run.sentiment
        state.technicalSignals = run.technical
        state.patterns = run.pattern
        state.riskAssessment = run.risk
        state.signals = run.signals
        state.portfolioImpact = run.target
        state.executionPlan = run.plan
        state.tradeRecommendations = Recommendation.all(run.signals, run.plan, universe)
        state.modelFeedback = card.feedback
        state.messages = [.init(author: "signals", text: "done")]
        return state
    }

    @Test func `a state reads back what it wrote, with the pipeline's names and the same bytes twice`() throws {
        let state = try state()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = try encoder.encode(state)
        #expect(try JSONDecoder().decode(RecommendationState.self, from: bytes) == state)
        #expect(try encoder.encode(try self.state()) == bytes)
        let object = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let names = [
            "messages", "current_analysis", "market_data", "symbols", "sentiment_scores", "technical_signals",
            "risk_assessment", "trade_recommendations", "execution_status", "portfolio_impact",
            "historical_performance", "model_feedback",
        ]
        for name in names { #expect(object[name] != nil, "\(name)") }
        #expect(state.sentimentScores?.readings.count == 1)
    }

    @Test func `recommendations are one a symbol with the plan's quantity`() throws {
        let state = try state()
        #expect(state.tradeRecommendations.map(\.symbol) == state.symbols)
        for recommendation in state.tradeRecommendations where recommendation.action == .hold {
            #expect(recommendation.quantity == nil && recommendation.priceTarget == nil)
        }
        let planned = state.executionPlan?.trades.count ?? 0
        #expect(state.tradeRecommendations.count { $0.quantity != nil } == planned)
    }

    @Test(arguments: 0..<10) func `every number of a state is a number`(seed: UInt64) throws {
        // JSONEncoder throws for NaN and infinities.
        #expect(throws: Never.self) { try JSONEncoder().encode(try state(seed: seed)) }
    }

    @Test(arguments: [0, 1, 2, 21, 22, 30, 35, 61, 126, 201, 300], [1, 3])
    func `the nodes take any length of history`(bars: Int, instruments: Int) throws {
        var market = try SyntheticMarket(seed: 2, instruments: instruments, bars: bars)
        try market.hold(InstrumentID(0), 10)
        let run = try Pipeline(market, sentiment: StateTests.node)
        #expect(run.technical.readings.count == instruments)
        #expect(run.signals.decisions.count == instruments)
        #expect(bars >= 35 || run.signals.signals.allSatisfy { $0.action == .hold })
        #expect(run.sentiment.readings.isEmpty)
        #expect(throws: Never.self) { try JSONEncoder().encode(run.risk) }
        #expect(throws: Never.self) { try JSONEncoder().encode(run.target) }
        #expect(throws: Never.self) { try JSONEncoder().encode(run.signals) }
    }

    @Test func `the scorecard counts which directions were right after its horizon`() throws {
        var window = try Made.window(closes: [])
        window = MarketWindow(
            universe: Universe(["AAA", "BBB"].compactMap { Symbol($0).map { Instrument($0, .equity) } }))
        var card = RecommendationScorecard(horizon: 2)
        for (day, prices) in [(100.0, 50.0), (101, 49), (110, 55), (90, 60)].enumerated() {
            try window.append(Made.bar(day: day, prices.0, prices.0, prices.0, prices.0), for: InstrumentID(0))
            try window.append(Made.bar(day: day, prices.1, prices.1, prices.1, prices.1), for: InstrumentID(1))
            card.settle(window)
            if day < 2 {
                let signals = Signals.made(window, buy: [0], sell: [1])
                card.record(signals, window)
                card.record(signals, window)
            }
        }
        #expect(card.openCount == 0)
        #expect(card.outcomes.map(\.wasRight) == [true, false, false, false])
        #expect((card.outcomes[0].change - 0.1).magnitude < 1e-12)
        #expect(card.feedback.actions.map(\.name) == ["BUY", "SELL"])
        #expect(card.feedback.actions.map(\.rate) == [0.5, 0])
        #expect(card.feedback.evidence.map(\.count) == [4])
    }
}
