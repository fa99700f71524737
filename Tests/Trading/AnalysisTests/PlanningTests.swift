import Accounting
import Analysis
import Determinism
import Testing
import TradingModel

@Suite struct PlanningTests {
    private func plan(
        _ market: SyntheticMarket, _ signals: SignalSet, _ change: (inout ExecutionPlanning) -> Void = { _ in }
    ) throws -> ExecutionPlan {
        var node = ExecutionPlanning()
        change(&node)
        let target = try PortfolioOptimisation().optimise(market.window, signals, market.portfolio)
        return node.plan(target, signals, market.portfolio, market.window)
    }

    @Test func `sells before it buys, closes entirely and brackets purchases`() throws {
        var market = try SyntheticMarket(seed: 4, instruments: 8, bars: 200)
        try market.hold(InstrumentID(2), 333)
        try market.hold(InstrumentID(3), 100)
        let plan = try plan(market, Signals.made(market.window, buy: [5, 6], sell: [2, 3]))
        #expect(plan.trades.map(\.intent.side) == [.sell, .sell, .buy, .buy])
        #expect(Set(plan.trades.prefix(2).map(\.intent.instrument.index)) == [2, 3])
        #expect(plan.trades[0].value >= plan.trades[1].value)
        #expect(plan.trades.prefix(2).allSatisfy { $0.intent.reduceOnly && $0.intent.bracket == nil })
        #expect(plan.trades.suffix(2).map(\.intent.instrument.index) == [6, 5])
        for trade in plan.trades.suffix(2) {
            #expect(trade.intent.bracket?.stopLoss != nil && trade.intent.bracket?.takeProfit != nil)
            #expect(trade.intent.kind == .market && trade.intent.size == .units(trade.quantity))
            #expect(trade.quantity.raw % 100_000_000 == 0)
            #expect(trade.value <= 0.1 * 1_000_000 + 1e-6)
        }
        #expect(plan.expectedCost > 0)
    }

    @Test func `HOLD and SELL without a position make no intent`() throws {
        let market = try SyntheticMarket(seed: 4, instruments: 3, bars: 200)
        let plan = try plan(market, Signals.made(market.window, sell: [1]))
        #expect(plan.intents.isEmpty)
        #expect(
            plan.skipped.map(\.reason) == [
                "HOLD makes no intent", "SELL without a position makes no intent", "HOLD makes no intent",
            ])
    }

    @Test func `an instrument with an order in flight is left alone`() throws {
        let market = try SyntheticMarket(seed: 4, instruments: 3, bars: 200)
        let signals = Signals.made(market.window, buy: [0, 1])
        let target = try PortfolioOptimisation().optimise(market.window, signals, market.portfolio)
        let busy: Set = [InstrumentID(1)]
        let plan = ExecutionPlanning().plan(target, signals, market.portfolio, market.window, busy: busy)
        #expect(plan.intents.map(\.instrument) == [InstrumentID(0)])
        #expect(plan.skipped.contains { $0.instrument == InstrumentID(1) && $0.reason == "an order is in flight" })
    }

    @Test(arguments: 1..<20) func `coins are bought in hundred-millionths up to the target`(cents: Int) throws {
        let universe = Universe([Symbol("BTC/USD").map { Instrument($0, .crypto) }].compactMap { $0 })
        var window = MarketWindow(universe: universe)
        var random = SeededRandom(seed: UInt64(cents))
        for day in 0..<100 {
            let price = 30_000 + 300 * random.normal()
            try window.append(Made.bar(day: day, price, price, price, price, volume: 5000), for: Made.one)
        }
        let signals = Signals.made(window, buy: [0])
        let portfolio = Portfolio(cash: 100_000, instruments: 1)
        let target = try PortfolioOptimisation().optimise(window, signals, portfolio)
        let trade = try #require(ExecutionPlanning().plan(target, signals, portfolio, window).trades.first)
        #expect(trade.value <= 10_000 && trade.value > 9_999)
    }

    @Test func `a short position is covered entirely`() throws {
        var market = try SyntheticMarket(seed: 4, instruments: 2, bars: 200)
        try market.hold(InstrumentID(0), -50)
        let plan = try plan(market, Signals.made(market.window, buy: [0]))
        #expect(plan.trades.map(\.intent.side) == [.buy])
        #expect(plan.trades[0].quantity == 50 && plan.trades[0].intent.reduceOnly)
    }

    @Test func `small changes are not worth their cost`() throws {
        var market = try SyntheticMarket(seed: 4, instruments: 1, bars: 200)
        let close = try #require(market.window.lastClose(Made.one))
        try market.hold(Made.one, try #require(Quantity(nearest: (95_000 / close).rounded())))
        let signals = Signals.made(market.window, buy: [0])
        #expect(try plan(market, signals).intents.isEmpty)
        #expect(try plan(market, signals) { $0.noTradeBand = 0.001 }.intents.count == 1)
        #expect(
            try plan(market, signals) {
                $0.noTradeBand = 0.001; $0.minimumTrade = 50_000
            }.intents.isEmpty)
    }

    @Test(arguments: 0..<30) func `never spends more than there is nor takes more than its share of the volume`(
        seed: UInt64
    ) throws {
        var random = SeededRandom(seed: seed)
        let cash = Money(raw: Int64(random.uniform() * 1e15) + 1_000_000_000)
        var market = try SyntheticMarket(seed: seed, instruments: 10, bars: 150, cash: cash)
        try market.hold(InstrumentID(1), 10)
        let chosen = (0..<10).filter { _ in random.uniform() < 0.5 }
        let plan = try plan(market, Signals.made(market.window, buy: chosen.filter { $0 != 1 }, sell: [1]))
        let bought = plan.trades.filter { $0.intent.side == .buy }
        let spent = bought.reduce(0) { $0 + $1.value + $1.expectedCost }
        let got = plan.trades.filter { $0.intent.side == .sell }.reduce(0) { $0 + $1.value - $1.expectedCost }
        #expect(spent <= market.portfolio.cash.double + got + 1e-6)
        #expect(bought.allSatisfy { ($0.participation ?? 0) <= 0.1 + 1e-12 })
        #expect(plan.trades.allSatisfy { $0.expectedSlippage > 0 && $0.expectedCost.isFinite })
    }
}
