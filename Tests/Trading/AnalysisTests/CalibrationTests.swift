import Accounting
import Analysis
import Determinism
import SharedData
import Testing
import TradingModel

/// How often signals cross the threshold on real daily bars of nine shares, news apart; an exit counts once, when it begins, since the position is gone then.
@Suite(.needsSharedData) struct CalibrationTests {
    private struct Counts {
        var days = 0
        var buys = 0
        var shorts = 0
        var exits = 0
    }

    @Test func `one to four of a hundred days buy, and not many more turn against what is held`() throws {
        var counts = Counts()
        for symbol in stride(from: 0, to: DailyBars.symbols.count, by: 6) {
            try count(DailyBars.symbols[symbol], &counts)
        }
        let days = Double(counts.days)
        let shares = [counts.buys, counts.shorts, counts.exits].map { Double($0) / days }
        #expect(counts.days > 8000)
        #expect((0.01...0.04).contains(shares[0]), "buys \(shares)")
        #expect((0.001...0.04).contains(shares[1]), "short ideas \(shares)")
        #expect((0.01...0.05).contains(shares[2]), "exits \(shares)")
    }

    private func count(_ symbol: String, _ counts: inout Counts) throws {
        let universe = Universe([Instrument(try #require(Symbol(symbol)), .equity)])
        var window = MarketWindow(universe: universe)
        let empty = Portfolio(cash: 100_000, instruments: 1)
        var holding = empty
        try holding.apply(
            Fill(
                order: OrderID(desk: 1, step: 1, ordinal: 1), ordinal: 1, instrument: Made.one, side: .buy,
                quantity: 10, price: 100, fee: 0, time: Timestamp(nanoseconds: 0)))
        var shorting = SignalGeneration()
        shorting.allowsShorting = true
        var wasSelling = false
        for (index, bar) in try DailyBars.stock(symbol).enumerated() {
            try window.append(bar, for: Made.one)
            guard index >= 251 else { continue }
            let evidence = SignalEvidence(
                technical: TechnicalAnalysis().assess(window, [Made.one]),
                pattern: PatternAnalysis().assess(window, [Made.one]),
                risk: RiskAnalysis().assess(window, [Made.one], portfolio: nil))
            let free = shorting.generate(evidence, universe: universe, portfolio: empty).decisions[0].signal
            let held = SignalGeneration().generate(evidence, universe: universe, portfolio: holding).decisions[0].signal
            counts.days += 1
            counts.buys += free.action == .buy ? 1 : 0
            counts.shorts += free.action == .sell ? 1 : 0
            counts.exits += held.action == .sell && !wasSelling ? 1 : 0
            wasSelling = held.action == .sell
        }
    }
}
