import Accounting
import BrokerConformance
import Determinism
import Execution
import Testing
import TradingModel

/// What holding positions costs on the simulated exchange and in the account.
@Suite struct CarryTests {
    private func exchange(_ universe: Universe, _ carry: CarryModel?) -> SimulatedExchange {
        SimulatedExchange(universe, model: FillModel(carry: carry), cash: 1_000_000)
    }

    /// What is charged while an order is filled at 100 at minute 1 and events follow.
    private func charges(
        _ intent: Intent, _ carry: CarryModel?, _ events: [MarketEvent], in universe: Universe = .shares()
    ) throws -> (charges: [Charge], exchange: SimulatedExchange) {
        var run = try BrokerRun(exchange(universe, carry), universe)
        try run.perform(.send(intent))
        var (broker, charges, reports) = (run.broker, [Charge](), [OrderReport]())
        for event in [.bar(.first, .at(100))] + events {
            try broker.observe(event, reports: &reports)
            if broker.hasCharges { charges += broker.takeCharges() }
        }
        return (charges, broker)
    }

    private func day(_ number: Int) -> MarketEvent {
        .dayStarted(CivilDate(daysSinceEpoch: number), at: .minute(number * 1440))
    }

    private static let borrow = CarryModel(borrowRate: Rate(raw: 3_600_000))
    private static let funding = CarryModel(fundingRate: Rate(raw: 10_000), fundingInterval: .seconds(28_800))

    @Test func `shares sold short are charged for calendar days, a weekend for three`() throws {
        let (charges, exchange) = try charges(.sell(10), CarryTests.borrow, [day(4), day(5), day(8), day(8)])
        // 10 shares at 100, 3.6 % a year of 360 days: 0.1 a day.
        #expect(charges.map(\.amount) == [Money(raw: 10_000_000), Money(raw: 30_000_000)])
        #expect(charges.map(\.periods) == [1, 3])
        #expect(charges.allSatisfy { $0.kind == .borrow && $0.value == -1000 })
        #expect(exchange.cash == Money(raw: 100_100_000_000_000 - 40_000_000))
    }

    @Test func `what is owned is not borrowed, and without a model nothing is charged`() throws {
        let days = [day(4), day(5), day(9)]
        #expect(try charges(.buy(10), CarryTests.borrow, days).charges.isEmpty)
        #expect(try charges(.sell(10), nil, days).charges.isEmpty)
        #expect(try charges(.sell(10), CarryTests.borrow, days, in: .coin).charges.isEmpty)
    }

    private func bar(_ price: Price, minute: Int) -> MarketEvent { .bar(.first, .at(price, minute: minute)) }

    @Test func `a crypto position is funded at each funding time, one side by the other`() throws {
        let bars = [bar(110, minute: 479), bar(120, minute: 480), bar(130, minute: 481), bar(50, minute: 1441)]
        let long = try charges(.buy(10), CarryTests.funding, bars, in: .coin)
        #expect(long.charges.map(\.periods) == [1, 2])
        #expect(long.charges.map(\.amount) == [Money(raw: 12_000_000), Money(raw: 10_000_000)])
        let short = try charges(.sell(10), CarryTests.funding, bars, in: .coin)
        #expect(try short.charges.map(\.amount) == long.charges.map { try -$0.amount })
        #expect(try charges(.buy(10), CarryTests.funding, bars).charges.isEmpty)
    }

    @Test func `an account that pays charges still adds up`() throws {
        var portfolio = Portfolio(cash: 1000, instruments: 1)
        var ledger = TradeLedger(instruments: 1)
        let id = OrderID(desk: 0, step: 1, ordinal: 1)
        func fill(_ side: Side, _ price: Price) -> Fill {
            Fill(
                order: id, ordinal: 1, instrument: .first, side: side, quantity: 5, price: price, fee: 1,
                time: .minute(1))
        }
        func charge(_ amount: Money) -> Charge {
            Charge(
                instrument: .first, kind: .borrow, amount: amount, value: -500, rate: 0, periods: 1, time: .minute(2))
        }
        try portfolio.apply(fill(.sell, 100))
        try ledger.apply(fill(.sell, 100))
        for amount: Money in [3, -1] {
            try portfolio.apply(charge(amount))
            try ledger.apply(charge(amount))
        }
        try portfolio.apply(fill(.buy, 90))
        try ledger.apply(fill(.buy, 90))
        #expect(portfolio.cash == 1046 && portfolio.carryCosts == 2)
        let sum = try portfolio.initialCash + portfolio.realisedProfit - portfolio.fees - portfolio.carryCosts
        #expect(try portfolio.equity == sum)
        #expect(try ledger.closed.first?.profit == 46)
    }

    @Test func `interest rounds half away from zero and refuses what does not fit`() throws {
        #expect(try Money(raw: 180).interest(1, days: 1) == Money(raw: 1))
        #expect(try Money(raw: -180).interest(1, days: 1) == Money(raw: -1))
        #expect(try Money(raw: 179).interest(1, days: 1) == 0)
        #expect(throws: Overflow.self) { try Money(raw: .max).interest(100, days: 360) }
    }
}
