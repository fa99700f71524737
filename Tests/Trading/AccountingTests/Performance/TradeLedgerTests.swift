import Accounting
import Determinism
import Foundation
import Testing
import TradingModel

@Suite struct TradeLedgerTests {
    private let apple = InstrumentID(0)

    private func fill(
        _ side: Side, _ quantity: Quantity, at price: Price, fee: Money = 0, second: Int64 = 0, ordinal: UInt32 = 1
    ) -> Fill {
        Fill(
            order: OrderID(desk: 1, step: UInt64(second), ordinal: 1), ordinal: ordinal, instrument: apple, side: side,
            quantity: quantity, price: price, fee: fee, time: Timestamp(nanoseconds: second * 1_000_000_000))
    }

    @Test func `entries and exits between flat and flat are one round trip`() throws {
        var ledger = TradeLedger(instruments: 1)
        try ledger.apply(fill(.buy, 10, at: 10, fee: 1, second: 1))
        try ledger.apply(fill(.buy, 10, at: 20, fee: 1, second: 2))
        try ledger.apply(fill(.sell, 5, at: 30, fee: 1, second: 3))
        #expect(ledger.closed.isEmpty && ledger.open.first?.left == 15)
        try ledger.apply(fill(.sell, 15, at: 20, fee: 1, second: 4))
        let trip = try #require(ledger.closed.first)
        #expect(ledger.closed.count == 1 && ledger.open.isEmpty)
        #expect(try trip.profit == 146)
        #expect(trip.entryPrice == 15 && trip.exitPrice == Price("22.5"))
        #expect(trip.quantity == 20 && trip.fees == 4)
        #expect(trip.profitShare == 146.0 / 300)
        #expect(trip.duration == .seconds(3))
        #expect(trip.fills.map(\.order.step) == [1, 2, 3, 4])
    }

    @Test func `a short round trip gains when the price falls`() throws {
        var ledger = TradeLedger(instruments: 1)
        try ledger.apply(fill(.sell, 10, at: 20))
        try ledger.apply(fill(.buy, 10, at: 15))
        #expect(try ledger.closed.map { trip throws in try trip.profit } == [50])
        #expect(ledger.closed.first?.side == .sell)
    }

    @Test func `a fill through zero ends one round trip and begins another`() throws {
        var ledger = TradeLedger(instruments: 1)
        try ledger.apply(fill(.buy, 10, at: 10))
        try ledger.apply(fill(.sell, 15, at: 12, fee: 3))
        #expect(try ledger.closed.first?.profit == 18)
        let short = try #require(ledger.open.first)
        #expect(short.side == .sell && short.left == 5 && short.fees == 1)
    }

    @Test func `a fill that would overflow books nothing`() throws {
        var ledger = TradeLedger(instruments: 1)
        try ledger.apply(fill(.buy, 10, at: 10, fee: Money(raw: .max)))
        let before = ledger
        #expect(throws: Overflow.self) { try ledger.apply(fill(.sell, 15, at: 12, fee: 3)) }
        #expect(ledger == before)
    }

    @Test(arguments: 0..<20)
    func `profits of round trips add up to the account's`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var ledger = TradeLedger(instruments: 1)
        var portfolio = Portfolio(cash: 0, instruments: 1)
        for second in 0..<500 {
            var size = Quantity(raw: Int64(random.next() % 1_000_000_000) + 1)
            var side: Side = random.uniform() < 0.5 ? .buy : .sell
            let held = portfolio[apple].quantity
            if second == 499, held != 0 { (size, side) = (held.magnitude, held > 0 ? .sell : .buy) }
            let price = Price(raw: Int64(random.next() % 50_000_000_000) + 1)
            let fill = fill(side, size, at: price, fee: Money(raw: Int64(random.next() % 1000)), second: Int64(second))
            try ledger.apply(fill)
            try portfolio.apply(fill)
            #expect(ledger.open.first?.left ?? 0 == portfolio[apple].quantity.magnitude)
        }
        let sum = try ledger.closed.reduce(Money.zero) { sum, trip throws in try sum + trip.profit }
        #expect(portfolio[apple].isFlat)
        #expect(sum == portfolio.cash)
    }
}
