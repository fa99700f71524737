import Determinism
import RiskControl
import Testing
import TradingModel

@Suite struct JudgementTests {
    @Test func `an intent within the limits becomes an order named for its step`() throws {
        var desk = try Desk.with()
        let verdicts = try desk.judge(.buy(10), .buy(5))
        #expect(verdicts.map { $0.approved?.order.id.description } == ["bw-00000007-1-1", "bw-00000007-1-2"])
        #expect(verdicts.map(\.size) == [.units(10), .units(5)])
        let next = try desk.outcome(.buy(1))
        #expect(next.approved?.order.id == OrderID(desk: 7, step: 2, ordinal: 1))
    }

    @Test func `each intent sees what those before it have taken`() throws {
        var desk = try Desk.with(cash: 1000)
        let verdicts = try desk.judge(.buy(6), .buy(6), .buy(6))
        #expect(verdicts[0].size == .units(6))
        #expect(verdicts[1].size == .units(4))
        #expect(verdicts[1].rules == [.buyingPower])
        #expect(verdicts[2].rules == [.buyingPower])
        #expect(verdicts[2].approved == nil)
    }

    @Test func `all cash can be spent by an order sized in money`() throws {
        var desk = try Desk.with(cash: 1000)
        let verdict = try desk.outcome(.buy(worth: 1000))
        #expect(verdict.size == .notional(1000))
        #expect(verdict.approved?.reserved == 1000)
        #expect(try desk.outcome(.buy(worth: 1)).rules == [.buyingPower])
    }

    @Test(arguments: [(Quantity(10), Quantity(10), [RiskRule]()), (11, 10, [.shortSale]), (9, 9, [])])
    func `a sale is cut to what is held`(wanted: Quantity, sold: Quantity, rules: [RiskRule]) throws {
        var desk = try Desk.with()
        try desk.hold(Desk.apple, 10)
        let verdict = try desk.outcome(.sell(wanted))
        #expect(verdict.size == .units(sold))
        #expect(verdict.rules == rules)
        #expect(verdict.approved?.order.reduceOnly == true)
        #expect(verdict.approved?.reserved == 0)
    }

    @Test func `a sale of nothing held is refused`() throws {
        var desk = try Desk.with()
        #expect(try desk.outcome(.sell(1)).rules == [.shortSale])
        #expect(try desk.outcome(.sell(1, reduceOnly: true)).rules == [.nothingToReduce])
    }

    @Test func `a sale beyond what is held is refused where the limits say so`() throws {
        var desk = try Desk.with { $0.cutsExcessSales = false }
        try desk.hold(Desk.apple, 10)
        #expect(try desk.outcome(.sell(11)).refusal?.rule == .shortSale)
        #expect(try desk.outcome(.sell(10)).size == .units(10))
    }

    @Test func `what is being sold is not sold twice, and a waiting target does not stop an exit`() throws {
        var desk = try Desk.with()
        try desk.hold(Desk.apple, 10)
        #expect(try desk.outcome(.sell(10, Desk.apple, .limit(120))).size == .units(10))
        #expect(try desk.outcome(.sell(10, Desk.apple, .limit(120))).rules == [.shortSale])
        #expect(try desk.outcome(.sell(10)).size == .units(10))
        #expect(try desk.outcome(.sell(10)).rules == [.shortSale])
    }

    @Test func `a sale through zero opens a short position where that is allowed`() throws {
        var desk = try Desk.with(cash: 2000) { $0.allowShort = true }
        try desk.hold(Desk.apple, 10)
        let verdict = try desk.outcome(.sell(15))
        #expect(verdict.size == .units(15))
        #expect(verdict.approved?.order.reduceOnly == false)
        #expect(verdict.approved?.reserved == 500)
    }

    @Test func `a sale through zero only closes while trading is halted`() throws {
        var desk = try Desk.with { $0.allowShort = true }
        try desk.hold(Desk.apple, 10)
        _ = try desk.policy.apply(.halt(reason: "test"), portfolio: desk.portfolio)
        let verdict = try desk.outcome(.sell(15))
        #expect(verdict.size == .units(10))
        #expect(verdict.rules == [.halted])
    }

    @Test(arguments: [OrderSize.units(0), .units(-1), .notional(0), .notional(-5)])
    func `a size that is not above zero is refused`(size: OrderSize) throws {
        var desk = try Desk.with()
        let intent = Intent(instrument: Desk.apple, side: .buy, size: size, origin: "test")
        #expect(try desk.outcome(intent).rules == [.size])
    }

    @Test func `part of a lot is cut off, and less than a lot refused`() throws {
        var desk = try Desk.with()
        let verdict = try desk.outcome(.buy(Quantity("2.5") ?? 0))
        #expect(verdict.size == .units(2))
        #expect(verdict.rules == [.lot])
        #expect(try desk.outcome(.buy(Quantity("0.5") ?? 0)).rules == [.lot])
        #expect(try desk.outcome(.buy(Quantity("0.5") ?? 0, Desk.coin)).size == .units(Quantity("0.5") ?? 0))
    }

    @Test func `a sale sized in money is refused`() throws {
        var desk = try Desk.with()
        let intent = Intent(instrument: Desk.apple, side: .sell, size: .notional(5), origin: "test")
        #expect(try desk.outcome(intent).rules == [.size])
    }
}
