import Accounting
import Determinism
import Testing
import TradingModel

@testable import RiskControl

@Suite struct ReservationTests {
    /// Slippage of 0.1 % and fees of 0.1 % are allowed for.
    private func desk(cash: Money = 1_000_000) throws -> Desk {
        try Desk.with(cash: cash) {
            $0.maxSlippage = 0.001
            $0.feeAllowance = 0.001
        }
    }

    @Test func `a market order reserves its price with slippage and fees`() throws {
        var desk = try desk()
        let order = try #require(try desk.outcome(.buy(10)).approved)
        #expect(order.reserved.double >= 1000 * 1.001 * 1.001)
        #expect(order.reserved.double < 1000 * 1.001 * 1.001 + 0.00001)
        #expect(desk.policy.reserved == order.reserved)
    }

    @Test func `a limit order reserves its limit with fees`() throws {
        var desk = try desk()
        let order = try #require(try desk.outcome(.buy(10, Desk.apple, .limit(90))).approved)
        #expect(order.reserved.double >= 900 * 1.001)
        #expect(order.reserved.double < 900 * 1.001 + 0.00001)
    }

    @Test(arguments: [
        OrderReport.Outcome.rejected(reason: "no"), .cancelled(reason: "no"), .expired,
    ])
    func `a failed order releases all it reserved`(outcome: OrderReport.Outcome) throws {
        var desk = try desk()
        let order = try #require(try desk.outcome(.buy(10)).approved)
        try desk.report(order.order.id, outcome)
        #expect(desk.policy.reserved == 0)
        #expect(desk.policy.ordersInFlight.isEmpty)
        try desk.report(order.order.id, outcome)
        #expect(desk.policy.reserved == 0)
    }

    @Test(arguments: [OrderReport.Outcome.unknown(reason: "timeout"), .accepted, .triggered])
    func `an order that may still stand keeps what it reserved`(outcome: OrderReport.Outcome) throws {
        var desk = try desk()
        let order = try #require(try desk.outcome(.buy(10)).approved)
        try desk.report(order.order.id, outcome)
        #expect(desk.policy.reserved == order.reserved)
    }

    @Test func `a fill releases the share that was filled`() throws {
        var desk = try desk()
        let order = try #require(try desk.outcome(.buy(10)).approved)
        try desk.fill(order.order, 4, at: 100)
        #expect(abs(desk.policy.reserved.double - order.reserved.double * 0.6) < 0.0001)
        try desk.fill(order.order, 6, at: 100, ordinal: 2)
        #expect(desk.policy.reserved == 0)
        #expect(desk.policy.ordersInFlight.isEmpty)
    }

    @Test func `an order sized in money is done when less than a lot is left`() throws {
        var desk = try desk()
        let order = try #require(try desk.outcome(.buy(worth: 1050)).approved)
        try desk.fill(order.order, 4, at: 100)
        #expect(desk.policy.reserved == 650)
        try desk.fill(order.order, 6, at: 100, ordinal: 2)
        #expect(desk.policy.reserved == 0)
    }

    @Test func `orders in flight count towards the position`() throws {
        var desk = try Desk.with { $0.maxPositionShare = 0.1 }
        #expect(try desk.outcome(.buy(60)).size == .units(60))
        #expect(try desk.outcome(.buy(60)).size == .units(40))
        #expect(try desk.outcome(.buy(1)).rules == [.positionShare])
    }

    @Test func `exits a broker placed reserve nothing and are known`() throws {
        var desk = try desk()
        let order = try #require(try desk.outcome(.buy(10)).approved)
        try desk.fill(order.order, 10, at: 100)
        let exit = Order(
            id: OrderID(desk: 7, step: 1, ordinal: 2), instrument: Desk.apple, side: .sell, size: .units(10),
            kind: .stop(95), reduceOnly: true, decided: desk.now)
        try desk.report(order.order.id, .exitPlaced(exit))
        #expect(desk.policy.reserved == 0)
        #expect(desk.policy.ordersInFlight == [exit])
        #expect(desk.policy.entriesInFlight.isEmpty)
        #expect(try desk.outcome(.sell(10)).size == .units(10))
        try desk.fill(exit, 10, at: 95)
        #expect(desk.policy.ordersInFlight.count == 1)
    }

    @Test func `orders without an answer are known after a restart`() throws {
        var desk = try desk()
        let first = try #require(try desk.outcome(.buy(1)).approved)
        let second = try #require(try desk.outcome(.buy(2)).approved)
        try desk.report(first.order.id, .accepted)
        #expect(desk.policy.unanswered == [second])
    }

    @Test(arguments: 0..<40)
    func `cash never goes below zero and reservations add up, whatever happens`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var desk = try desk(cash: 5000)
        var open: [OpenBuy] = []
        for _ in 0..<400 {
            desk.now = desk.now + .seconds(60)
            if random.uniform() < 0.4 || open.isEmpty {
                let price = Price(raw: 1_000_000_000 + Int64(random.next() % 20_000_000_000))
                try desk.price(Desk.coin, price)
                if let order = try desk.outcome(randomBuy(&random)).approved { open.append(OpenBuy(order, price)) }
            } else {
                let index = Int(random.next() % UInt64(open.count))
                if try answer(&open[index], &desk, &random) { open.remove(at: index) }
            }
            #expect(desk.portfolio.cash >= 0)
            #expect(desk.policy.reserved >= 0)
            #expect(desk.policy.ordersInFlight.count == open.count)
            let orders = desk.policy.open.orders
            #expect(
                try desk.policy.reserved == orders.reduce(Money.zero) { sum, open throws in try sum + open.reserved })
            #expect(orders.allSatisfy { $0.reserved >= 0 })
            #expect(try desk.policy.buyingPower(desk.portfolio) >= 0)
            if open.isEmpty { #expect(desk.policy.reserved == 0) }
        }
    }

    private func randomBuy(_ random: inout SeededRandom) -> Intent {
        if random.uniform() < 0.3 {
            return .buy(worth: Money(raw: Int64(random.next() % 300_000_000_000) + 1), Desk.coin)
        }
        return .buy(Quantity(raw: Int64(random.next() % 3_000_000_000) + 1), Desk.coin)
    }

    /// Fills part of an order at up to the slippage allowed, with the highest fee, or fails it; true when it is done.
    private func answer(_ buy: inout OpenBuy, _ desk: inout Desk, _ random: inout SeededRandom) throws -> Bool {
        if random.uniform() < 0.2 {
            try desk.report(buy.order.id, .cancelled(reason: "test"))
            return true
        }
        let price = Price(raw: buy.price.raw + Int64(Double(buy.price.raw) * 0.001 * random.uniform()))
        let part = min(buy.left, Quantity(raw: Int64(random.next() % 1_000_000_000) + 1))
        guard part > 0, let fee = try (price * part).rounded(share: 0.001) else { return false }
        if buy.isMoney, try price * part + fee > buy.money {
            try desk.report(buy.order.id, .cancelled(reason: "spent"))
            return true
        }
        buy.fills += 1
        try desk.fill(buy.order, part, at: price, fee: fee, ordinal: buy.fills)
        buy.left = try buy.left - part
        buy.money = try buy.money - (price * part + fee)
        return !desk.policy.ordersInFlight.contains(buy.order)
    }

    private struct OpenBuy {
        let order: Order
        let price: Price
        let isMoney: Bool
        var left: Quantity
        var money: Money = 0
        var fills: UInt32 = 0

        init(_ approved: ApprovedOrder, _ price: Price) {
            order = approved.order
            self.price = price
            switch approved.order.size {
            case .units(let units): (isMoney, left) = (false, units)
            case .notional(let amount): (isMoney, left, money) = (true, 1_000_000, amount)
            }
        }
    }
}

extension Money {
    fileprivate func rounded(share: Double) throws -> Money? {
        try Rate(nearest: share).map { rate throws in try fraction(rate) }
    }
}
