import Accounting
import Determinism
import Testing
import TradingModel

@Suite struct PortfolioTests {
    private let apple = InstrumentID(0)

    private func fill(_ side: Side, _ quantity: Quantity, at price: Price, fee: Money = 0) -> Fill {
        Fill(
            order: OrderID(desk: 1, step: 1, ordinal: 1), ordinal: 1, instrument: apple, side: side,
            quantity: quantity, price: price, fee: fee, time: Timestamp(nanoseconds: 0))
    }

    @Test func `buying and selling at average cost realises the difference`() throws {
        var portfolio = Portfolio(cash: 1000, instruments: 1)
        try portfolio.apply(fill(.buy, 10, at: 10, fee: 1))
        try portfolio.apply(fill(.buy, 10, at: 20, fee: 1))
        #expect(portfolio[apple].averagePrice == 15)
        try portfolio.apply(fill(.sell, 5, at: 21, fee: 1))
        #expect(portfolio[apple].realisedProfit == 30)
        #expect(portfolio[apple].quantity == 15)
        #expect(portfolio.cash == 802)
        #expect(portfolio.fees == 3)
        #expect(try portfolio.equity == 1117)
    }

    @Test func `a sale through zero closes the long position and opens a short one`() throws {
        var portfolio = Portfolio(cash: 1000, instruments: 1)
        try portfolio.apply(fill(.buy, 10, at: 10))
        try portfolio.apply(fill(.sell, 15, at: 12))
        #expect(portfolio[apple].realisedProfit == 20)
        #expect(portfolio[apple].quantity == -5)
        #expect(portfolio[apple].averagePrice == 12)
        try portfolio.apply(fill(.buy, 5, at: 10))
        #expect(portfolio[apple].realisedProfit == 30)
        #expect(portfolio[apple].isFlat && portfolio[apple].cost == 0)
        #expect(portfolio.cash == 1030)
    }

    @Test func `a fill says what it locked in after its fee, and nothing where it only opens`() throws {
        var portfolio = Portfolio(cash: 1000, instruments: 1)
        #expect(try portfolio.apply(fill(.buy, 10, at: 10, fee: 1)) == nil)
        #expect(try portfolio.apply(fill(.buy, 10, at: 20, fee: 1)) == nil)
        #expect(try portfolio.apply(fill(.sell, 5, at: 21, fee: 1)) == 29)
        // 15 units close at a loss of 3 each, 5 open short: three quarters of the fee are for the closing part.
        #expect(try portfolio.apply(fill(.sell, 20, at: 12, fee: 4)) == -48)
        #expect(portfolio[apple].quantity == -5)
        #expect(try portfolio.apply(fill(.sell, 5, at: 14, fee: 1)) == nil)
        #expect(try portfolio.apply(fill(.buy, 4, at: 10, fee: 1)) == 11)
        #expect(try portfolio.apply(fill(.buy, 6, at: 13, fee: 0)) == 0)
        #expect(portfolio[apple].isFlat)
    }

    @Test func `a fill that would overflow books nothing`() throws {
        var portfolio = Portfolio(cash: Money(raw: .max), instruments: 1)
        try portfolio.mark(apple, at: 1)
        let before = portfolio
        #expect(throws: Overflow.self) { try portfolio.apply(fill(.sell, 10, at: 1)) }
        #expect(portfolio == before)
    }

    @Test(arguments: 0..<20) func `money is conserved over random fills and marks`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var portfolio = Portfolio(cash: 1_000_000, instruments: 1)
        var flow = Int128(portfolio.cash.raw)
        var held: Int64 = 0
        for _ in 0..<2000 {
            let price = Price(raw: Int64(random.next() % 50_000_000_000) + 1)
            if random.uniform() < 0.4 {
                try portfolio.mark(apple, at: price)
            } else {
                let side: Side = random.uniform() < 0.5 ? .buy : .sell
                let quantity = Quantity(raw: Int64(random.next() % 1_000_000_000) + 1)
                let fee = Money(raw: Int64(random.next() % 100_000_000))
                try portfolio.apply(fill(side, quantity, at: price, fee: fee))
                let value = try price * (side == .buy ? quantity : -quantity)
                flow -= Int128(value.raw) + Int128(fee.raw)
                held += side == .buy ? quantity.raw : -quantity.raw
            }
            #expect(portfolio[apple].quantity.raw == held)
            #expect(Int128(portfolio.cash.raw) == flow)
            let profit = try portfolio.realisedProfit + portfolio.unrealisedProfit - portfolio.fees
            #expect(try portfolio.equity == portfolio.initialCash + profit)
        }
    }
}
