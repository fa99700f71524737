import Accounting
import Determinism
import RiskControl
import Testing
import TradingModel

/// What must hold whatever is asked of the gate.
@Suite struct SafetyTests {
    @Test func `an instrument the run does not have is refused`() throws {
        var desk = try Desk.with()
        for index in [-1, 3, 1_000_000] {
            #expect(try desk.outcome(.buy(1, InstrumentID(index))).rules == [.instrument])
        }
    }

    @Test func `a size beyond all bounds is refused, and no error`() throws {
        var desk = try Desk.with()
        let most = Quantity(raw: .max)
        #expect(try desk.outcome(.buy(most)).rules == [.overflow])
        #expect(try desk.outcome(.buy(worth: Money(raw: .max))).rules == [.buyingPower])
        #expect(try desk.outcome(.sell(most)).rules == [.shortSale])
        try desk.hold(Desk.coin, 10)
        #expect(try desk.outcome(.sell(most, Desk.coin)).size == .units(10))
    }

    @Test(arguments: [Price(0), -5])
    func `an exit at no price is refused, since it would sell at any`(price: Price) throws {
        var desk = try Desk.with()
        try desk.hold(Desk.apple, 10)
        #expect(try desk.outcome(.sell(10, Desk.apple, .limit(price))).rules == [.priceMissing])
        #expect(try desk.outcome(.sell(10, Desk.apple, .stop(price))).rules == [.priceMissing])
    }

    @Test(arguments: [Bracket(stopLoss: .distance(1), takeProfit: nil), Bracket(stopLoss: .price(0), takeProfit: nil)])
    func `a stop that can never be hit is refused`(bracket: Bracket) throws {
        var desk = try Desk.with()
        #expect(try desk.outcome(.buy(1, bracket: bracket)).rules == [.bracket])
    }

    @Test func `an instrument that was stopped out is left alone for a while`() throws {
        var desk = try Desk.with { $0.cooldownAfterStop = .seconds(60) }
        let entry = try #require(try desk.outcome(.buy(10)).approved).order
        try desk.fill(entry, 10, at: 100)
        let stop = Order(
            id: OrderID(desk: 7, step: 1, ordinal: 2), instrument: Desk.apple, side: .sell, size: .units(10),
            kind: .stop(95), reduceOnly: true, decided: desk.now)
        try desk.report(entry.id, .exitPlaced(stop))
        try desk.fill(stop, 10, at: 95)
        desk.now = desk.now + .seconds(59)
        #expect(try desk.outcome(.buy(1)).rules == [.cooldown])
        #expect(try desk.outcome(.buy(1, Desk.bank)).approved != nil)
        desk.now = desk.now + .seconds(1)
        #expect(try desk.outcome(.buy(1)).approved != nil)
    }

    @Test(arguments: 0..<30)
    func `whatever is asked, exposure stays within the limits and nothing is oversold`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var desk = try Desk.with(cash: 50_000) {
            $0.maxPositionShare = 0.1
            $0.maxCorrelatedShare = 0.15
            $0.feeAllowance = 0.001
            $0.maxOrdersPerMinute = 1000
        }
        for _ in 0..<200 {
            let id = InstrumentID(Int(random.next() % 3))
            let units = Quantity(raw: Int64(random.next() % 20_000_000_000) + 1)
            let intent = random.uniform() < 0.6 ? Intent.buy(units, id) : .sell(units, id)
            let before = try desk.portfolio.equity
            if let order = try desk.outcome(intent).approved?.order {
                guard case .units(let size) = order.size else { continue }
                if random.uniform() < 0.7 { try desk.fill(order, size, at: 100) }
            }
            for held in desk.portfolio.positions {
                #expect(held.quantity >= 0)
                #expect(held.marketValue.double <= before.double * 0.1)
            }
            #expect(desk.portfolio.cash >= desk.policy.reserved)
        }
    }

    @Test func `every refusal says its numbers`() throws {
        var desk = try Desk.with { $0.minDailyTurnover = 100_000_000 }
        let refusal = try #require(try desk.outcome(.buy(1)).refusal)
        #expect(refusal.text == "mean daily turnover: 100000.0, at least 100000000.0")
        #expect(refusal.intent == .buy(1))
    }
}
