import Determinism
import RiskControl
import Testing
import TradingModel

/// One case at, below and above each limit, with that limit alone.
@Suite struct RuleTests {
    @Test(arguments: [(Quantity(99), Quantity(99)), (100, 100), (101, 100), (5000, 100)])
    func `a position is reduced to its share of equity`(wanted: Quantity, got: Quantity) throws {
        var desk = try Desk.with { $0.maxPositionShare = 0.1 }
        let verdict = try desk.outcome(.buy(wanted))
        #expect(verdict.size == .units(got))
        #expect(verdict.rules == (wanted == got ? [] : [.positionShare]))
    }

    @Test func `an order sized in money is reduced to its share of equity`() throws {
        var desk = try Desk.with { $0.maxPositionShare = 0.1 }
        #expect(try desk.outcome(.buy(worth: 20_000)).size == .notional(10_000))
    }

    @Test func `an adjustment names both numbers`() throws {
        var desk = try Desk.with { $0.maxPositionShare = 0.1 }
        guard case .approved(_, let adjusted) = try desk.outcome(.buy(150)) else {
            Issue.record("it was refused")
            return
        }
        #expect(adjusted.map(\.from) == [.units(150)])
        #expect(adjusted.map(\.to) == [.units(100)])
        #expect(adjusted.first?.limit == 10_000)
        #expect(adjusted.first?.actual == 15_000)
        #expect(adjusted.first?.text == "worth of the instrument, held and in flight: 15000.0, at most 10000.0")
    }

    @Test func `what is held counts towards the share`() throws {
        var desk = try Desk.with { $0.maxPositionShare = 0.1 }
        try desk.hold(Desk.apple, 90)
        #expect(try desk.outcome(.buy(20)).size == .units(10))
        #expect(try desk.outcome(.buy(20)).rules == [.positionShare])
    }

    @Test func `entries without exits are given stop and target`() throws {
        var desk = try Desk.with {
            $0.stopLoss = 0.05
            $0.takeProfit = 0.15
        }
        let standard = try desk.outcome(.buy(1)).approved?.order.bracket
        #expect(standard == Bracket(stopLoss: .distance(0.05), takeProfit: .distance(0.15)))
        let own = Bracket(stopLoss: .price(90), takeProfit: nil)
        let mixed = try desk.outcome(.buy(1, bracket: own)).approved?.order.bracket
        #expect(mixed == Bracket(stopLoss: .price(90), takeProfit: .distance(0.15)))
    }

    @Test func `exits are given no exits`() throws {
        var desk = try Desk.with { $0.stopLoss = 0.05 }
        try desk.hold(Desk.apple, 10)
        #expect(try desk.outcome(.sell(10)).approved?.order.bracket == nil)
    }

    @Test(arguments: [
        Bracket(stopLoss: .price(100), takeProfit: nil), Bracket(stopLoss: .price(101), takeProfit: nil),
        Bracket(stopLoss: nil, takeProfit: .price(99)), Bracket(stopLoss: .distance(0), takeProfit: nil),
        Bracket(stopLoss: .distance(.nan), takeProfit: nil),
    ])
    func `a stop that gains or a target that loses is refused`(bracket: Bracket) throws {
        var desk = try Desk.with()
        #expect(try desk.outcome(.buy(1, bracket: bracket)).rules == [.bracket])
    }

    @Test(arguments: [(Quantity(399), Quantity(399)), (400, 400), (401, 400)])
    func `a trade risks two percent at its stop`(wanted: Quantity, got: Quantity) throws {
        var desk = try Desk.with {
            $0.riskPerTrade = 0.02
            $0.stopLoss = 0.05
        }
        #expect(try desk.outcome(.buy(wanted)).size == .units(got))
    }

    @Test func `a trade whose volatility is not known risks one percent`() throws {
        var desk = try Desk.with {
            $0.riskPerTrade = 0.02
            $0.riskPerVolatileTrade = 0.01
            $0.stopLoss = 0.05
        }
        #expect(try desk.outcome(.buy(401)).size == .units(200))
    }

    @Test(arguments: [(0.01, Quantity(400)), (0.03, 200)])
    func `a volatile trade risks one percent`(move: Double, got: Quantity) throws {
        var desk = try Desk.with {
            $0.riskPerTrade = 0.02
            $0.riskPerVolatileTrade = 0.01
            $0.stopLoss = 0.05
        }
        try desk.swing(Desk.apple, by: move, days: 20)
        let volatility = try #require(desk.policy.volatility(Desk.apple))
        #expect((volatility > 0.3) == (move == 0.03))
        #expect(try desk.outcome(.buy(900)).size == .units(got))
    }

    @Test func `an instrument of extreme volatility is not entered`() throws {
        var desk = try Desk.with { $0.haltVolatility = 1 }
        try desk.swing(Desk.apple, by: 0.05, days: 20)
        #expect(try desk.outcome(.buy(1)).approved != nil)
        try desk.swing(Desk.apple, by: 0.1, days: 20)
        #expect(try desk.outcome(.buy(1)).rules == [.volatility])
        #expect(try desk.outcome(.buy(1, Desk.bank)).approved != nil)
    }

    @Test(arguments: [(999_999.0, false), (1_000_000, true), (1_000_001, true)])
    func `a thin market is not entered`(volume: Double, passes: Bool) throws {
        var desk = try Desk.with { $0.minDailyTurnover = 100_000_000 }
        for _ in 0..<25 {
            desk.now = desk.now + .seconds(86_400)
            try desk.price(Desk.apple, 100, volume: volume)
        }
        let verdict = try desk.outcome(.buy(1))
        #expect((verdict.approved != nil) == passes)
        #expect(verdict.rules == (passes ? [] : [.liquidity]))
    }

    @Test func `turnover is the sum of a day's bars`() throws {
        var desk = try Desk.with { $0.minDailyTurnover = 1 }
        desk.now = Timestamp(desk.now.date.advanced(by: 1))
        for _ in 0..<48 {
            desk.now = desk.now + .seconds(1800)
            try desk.price(Desk.apple, 100, volume: 10)
        }
        desk.now = desk.now + .seconds(1800)
        try desk.price(Desk.apple, 100, volume: 10)
        let mean = try #require(desk.policy.meanDailyTurnover(Desk.apple))
        #expect(abs(mean - 74_000) < 0.001)
    }

    @Test(arguments: [(Price(80), true), (120, true), (79, false), (121, false), (0, false), (-1, false)])
    func `an order price far from the last price is refused`(price: Price, passes: Bool) throws {
        var desk = try Desk.with { $0.maxPriceDistance = 0.2001 }
        #expect((try desk.outcome(.buy(1, Desk.apple, .limit(price))).approved != nil) == passes)
        #expect((try desk.outcome(.buy(1, Desk.apple, .stop(price))).approved != nil) == passes)
    }

    @Test(arguments: [(Price(119), true), (81, true), (79, false), (1000, false)])
    func `a last price far from the day before is refused`(price: Price, passes: Bool) throws {
        var desk = try Desk.with { $0.maxPriceDistance = 0.2 }
        desk.now = desk.now + .seconds(86_400)
        try desk.price(Desk.apple, price)
        let verdict = try desk.outcome(.buy(1))
        #expect((verdict.approved != nil) == passes)
        #expect(verdict.rules == (passes ? [] : [.priceDistance]))
    }

    @Test(arguments: [(59, true), (60, true), (61, false)])
    func `a stale price is refused`(age: Int, passes: Bool) throws {
        var desk = try Desk.with { $0.maxPriceAge = .seconds(60) }
        try desk.hold(Desk.apple, 1)
        desk.now = desk.now + .seconds(age)
        #expect((try desk.outcome(.buy(1)).approved != nil) == passes)
        #expect(try desk.outcome(.sell(1)).approved != nil)
    }

    @Test func `without a price nothing is entered`() throws {
        var desk = Desk(.unlimited)
        #expect(try desk.outcome(.buy(1)).rules == [.priceMissing])
        #expect(try desk.outcome(.buy(1, Desk.apple, .limit(100))).rules == [.priceMissing])
        try desk.price(Desk.apple, 0)
        #expect(try desk.outcome(.buy(1)).rules == [.priceMissing])
    }

    @Test func `a flood of entries is stopped, and of exits is not`() throws {
        var desk = try Desk.with { $0.maxOrdersPerMinute = 5 }
        try desk.hold(Desk.apple, 10)
        let verdicts = try desk.judge(.buy(1), .buy(1), .buy(1), .buy(1), .buy(1), .buy(1), .sell(1), .buy(1))
        #expect(verdicts.map { $0.approved != nil } == [true, true, true, true, true, false, true, false])
        #expect(verdicts[5].rules == [.orderRate])
        desk.now = desk.now + .seconds(59)
        #expect(try desk.outcome(.buy(1)).rules == [.orderRate])
        desk.now = desk.now + .seconds(1)
        #expect(try desk.outcome(.buy(1)).approved != nil)
    }

    @Test(arguments: [(Quantity(9), Quantity(9)), (10, 10), (11, 10)])
    func `an order is reduced to the largest allowed`(wanted: Quantity, got: Quantity) throws {
        var desk = try Desk.with { $0.maxNotional = 1000 }
        #expect(try desk.outcome(.buy(wanted)).size == .units(got))
    }

    @Test(arguments: [(Quantity(9), false), (10, true), (11, true)])
    func `an order below the smallest allowed is refused`(wanted: Quantity, passes: Bool) throws {
        var desk = try Desk.with { $0.minNotional = 1000 }
        #expect((try desk.outcome(.buy(wanted)).approved != nil) == passes)
    }

    @Test(arguments: [(Price("99.9"), true), (Price("99.8"), true), (Price("99.7"), false)])
    func `a wide spread is refused`(bid: Price?, passes: Bool) throws {
        var desk = try Desk.with { $0.maxSlippage = 0.0011 }
        let quote = Quote(time: desk.now, bid: try #require(bid), ask: 100, bidSize: 1, askSize: 1)
        desk.policy.observe(Desk.apple, quote)
        let verdict = try desk.outcome(.buy(1))
        #expect(verdict.rules == (passes ? [] : [.slippage]))
        #expect(try desk.outcome(.buy(1, Desk.apple, .limit(100))).approved != nil)
    }

    @Test func `an order that would move the market is reduced`() throws {
        var desk = try Desk.with(cash: 10_000_000) { $0.maxSlippage = 0.001 }
        try desk.swing(Desk.apple, by: 0.02, days: 25, volume: 100_000)
        let verdict = try desk.outcome(.buy(90_000))
        #expect(verdict.rules == [.slippage])
        guard case .units(let units) = verdict.size else { return }
        #expect(units > 200 && units < 300)
    }

    @Test func `instruments that move together share a limit`() throws {
        var desk = try Desk.with { $0.maxCorrelatedShare = 0.3 }
        for day in 0..<70 {
            desk.now = desk.now + .seconds(86_400)
            try desk.price(Desk.apple, day % 2 == 0 ? 100 : 102)
            try desk.price(Desk.bank, day % 2 == 0 ? 50 : 51)
            try desk.price(Desk.coin, day % 4 < 2 ? 100 : 102)
        }
        #expect(try #require(desk.policy.correlation(Desk.apple, Desk.bank)) > 0.999)
        #expect(abs(try #require(desk.policy.correlation(Desk.apple, Desk.coin))) < 0.7)
        try desk.hold(Desk.apple, 200, at: 100)
        #expect(try desk.outcome(.buy(9000, Desk.bank)).rules == [.correlatedShare])
        #expect(try desk.outcome(.buy(1, Desk.bank)).rules == [.correlatedShare])
        #expect(try desk.outcome(.buy(200, Desk.coin)).rules == [])
    }

    @Test func `where correlation is not known one sector counts as moving together`() throws {
        var desk = try Desk.with { $0.maxCorrelatedShare = 0.3 }
        #expect(desk.policy.correlation(Desk.apple, Desk.bank) == nil)
        #expect(try desk.outcome(.buy(300)).rules == [])
        #expect(try desk.outcome(.buy(1)).rules == [.correlatedShare])
        #expect(try desk.outcome(.buy(300, Desk.bank)).rules == [])
    }
}

extension Desk {
    /// Lets a price go up and down by a fraction, day after day, ending where it began.
    mutating func swing(_ id: InstrumentID, by move: Double, days: Int, volume: Double = 1_000_000) throws {
        for day in 1...days {
            now = now + .seconds(86_400)
            let price = Price(nearest: day % 2 == days % 2 ? 100 : 100 * (1 + move)) ?? 100
            try self.price(id, price, volume: volume)
        }
        for other in Desk.universe.ids where other != id { try price(other, 100) }
    }
}
