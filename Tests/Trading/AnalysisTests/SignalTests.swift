import Accounting
import Analysis
import Determinism
import Testing
import TradingModel

@Suite struct SignalTests {
    /// A steady rise with a fresh break, or its mirror image.
    private func window(rising: Bool) throws -> MarketWindow {
        try Made.window(closes: (0..<252).map { 100 + (rising ? 0.3 : -0.3) * Double($0) })
    }

    private func decide(
        _ window: MarketWindow, held: Quantity = 0, sentiment: Double? = nil,
        _ change: (inout SignalGeneration) -> Void = { _ in }
    ) throws -> SignalDecision {
        var node = SignalGeneration()
        node.decisiveEvidence = 0.1
        change(&node)
        var portfolio = Portfolio(cash: 100_000, instruments: 1)
        if held != 0 {
            try portfolio.apply(
                Fill(
                    order: OrderID(desk: 1, step: 1, ordinal: 1), ordinal: 1, instrument: Made.one,
                    side: held > 0 ? .buy : .sell, quantity: held.magnitude, price: 100, fee: 0,
                    time: Timestamp(nanoseconds: 0)))
        }
        let news = sentiment.map {
            SentimentAssessment(readings: [
                SentimentReading(instrument: Made.one, score: $0, headlines: 2, weightiest: [])
            ])
        }
        let evidence = SignalEvidence(
            technical: TechnicalAnalysis().assess(window, [Made.one]), sentiment: news)
        return node.generate(evidence, universe: window.universe, portfolio: portfolio).decisions[0]
    }

    @Test func `confidence is 0 for no evidence, 0.7 for decisive evidence and 0.91 for twice that`() {
        let node = SignalGeneration()
        #expect(node.confidence(0) == 0)
        #expect((node.confidence(node.decisiveEvidence) - 0.7).magnitude < 1e-12)
        #expect((node.confidence(-2 * node.decisiveEvidence) - 0.91).magnitude < 1e-12)
    }

    @Test func `strong evidence buys with stop and target inside the policy's bounds`() throws {
        let decision = try decide(try window(rising: true))
        let signal = decision.signal
        #expect(signal.action == .buy && signal.confidence >= 0.7)
        let close = try #require(decision.close)
        let stop = try #require(signal.stop).double
        let target = try #require(signal.target).double
        #expect(stop < close && stop >= close * 0.95 - 1e-9)
        #expect(target > close && target <= close * 1.15 + 1e-9)
        #expect(!signal.reasons.isEmpty)
    }

    @Test func `a fall sells what is held, and nothing where nothing is`() throws {
        let falling = try window(rising: false)
        #expect(try decide(falling, held: 10).signal.action == .sell)
        let idle = try decide(falling)
        #expect(idle.signal.action == .hold)
        #expect(idle.signal.target == nil && idle.signal.stop == nil)
        #expect(idle.signal.reasons.contains { $0.text == "nothing is held that could be sold" })
        #expect(try decide(falling) { $0.allowsShorting = true }.signal.action == .sell)
    }

    @Test func `what is held is not bought again and a short is covered`() throws {
        let rising = try window(rising: true)
        #expect(try decide(rising, held: 10).signal.action == .hold)
        #expect(try decide(rising, held: -10).signal.action == .buy)
    }

    @Test func `a broken trend counts against a holding`() throws {
        let closes = (0..<245).map { 100 + 0.3 * Double($0) } + [170, 166, 162, 158, 154, 150, 146]
        let window = try Made.window(closes: closes)
        let held = try decide(window, held: 10)
        #expect(held.signal.action == .sell)
        #expect(held.shares.contains { $0.evidence == "exit" })
        #expect(held.signal.reasons.contains { $0.text.hasPrefix("trend broken") })
        #expect(try !decide(window).shares.contains { $0.evidence == "exit" })
    }

    @Test func `absent evidence gives its weight to the rest and says so`() throws {
        let rising = try window(rising: true)
        let without = try decide(rising)
        #expect(without.shares.map(\.evidence) == ["technical"])
        #expect(without.shares[0].weight == 1)
        #expect(without.signal.reasons.contains { $0.evidence == "sentiment" && $0.weight == 0 })
        let with = try decide(rising, sentiment: 0.5)
        #expect(with.shares.map(\.evidence) == ["technical", "sentiment"])
        #expect((with.shares.reduce(0) { $0 + $1.weight } - 1).magnitude < 1e-12)
    }

    @Test(arguments: 0..<30) func `more good news never makes a signal less sure to buy`(seed: UInt64) throws {
        let market = try SyntheticMarket(seed: seed, instruments: 1, bars: 252)
        var last = -2.0
        for step in -4...4 {
            let evidence = try #require(try decide(market.window, sentiment: Double(step) / 4).evidence)
            #expect(evidence >= last)
            last = evidence
        }
    }

    @Test func `a short history holds and says how much is missing`() throws {
        let decision = try decide(try Made.window(closes: [100]))
        #expect(decision.signal.action == .hold && decision.evidence == nil)
        #expect(decision.signal.reasons.contains { $0.text == "history is 34 bars too short" })
    }
}
