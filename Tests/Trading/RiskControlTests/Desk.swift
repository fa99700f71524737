import Accounting
import Determinism
import RiskControl
import TradingModel

/// A gate, an account and a clock: what a test drives.
struct Desk {
    var policy: RiskPolicy
    var portfolio: Portfolio
    var now = Desk.noon
    var step: UInt64 = 0

    static let noon = Timestamp(CivilDate(daysSinceEpoch: 18_000)) + .seconds(43_200)
    static let apple = InstrumentID(0)
    static let bank = InstrumentID(1)
    static let coin = InstrumentID(2)

    static let universe = Universe(
        [("AAPL", AssetClass.equity, "tech"), ("BANK", .equity, "finance"), ("COIN", .crypto, nil)].compactMap {
            name, asset, sector in Symbol(name).map { Instrument($0, asset, sector: sector) }
        })

    init(_ limits: RiskLimits, cash: Money = 100_000) {
        policy = RiskPolicy(limits: limits, universe: Desk.universe)
        portfolio = Portfolio(cash: cash, instruments: Desk.universe.count)
    }

    /// A desk on which one limit applies and every instrument costs 100.
    static func with(cash: Money = 100_000, _ change: (inout RiskLimits) -> Void = { _ in }) throws -> Desk {
        var limits = RiskLimits.unlimited
        change(&limits)
        var desk = Desk(limits, cash: cash)
        for id in Desk.universe.ids { try desk.price(id, 100) }
        return desk
    }

    mutating func price(_ id: InstrumentID, _ price: Price, volume: Double = 1000) throws {
        let bar = Bar(
            start: now - .seconds(60), end: now, open: price, high: price, low: price, close: price, volume: volume)
        policy.observe(id, bar)
        try portfolio.mark(id, at: price)
    }

    mutating func judge(_ intents: Intent...) throws -> [Verdict] {
        step += 1
        return try policy.judge(intents, portfolio: portfolio, at: now, step: step, desk: 7)
    }

    /// Judges one intent.
    mutating func outcome(_ intent: Intent) throws -> Verdict {
        step += 1
        return try policy.judge(intent, portfolio: portfolio, at: now, step: step, desk: 7)
    }

    /// Buys past the gate's limits, as if it had been held all along.
    mutating func hold(_ id: InstrumentID, _ quantity: Quantity, at price: Price = 100) throws {
        let order = OrderID(desk: 9, step: 1, ordinal: 1)
        try portfolio.apply(
            Fill(
                order: order, ordinal: 1, instrument: id, side: quantity > 0 ? .buy : .sell,
                quantity: quantity.magnitude, price: price, fee: 0, time: now))
    }

    mutating func report(_ id: OrderID, _ outcome: OrderReport.Outcome) throws {
        if case .filled(let fill, _) = outcome { try portfolio.apply(fill) }
        try policy.orderReported(OrderReport(order: id, outcome: outcome, time: now))
    }

    mutating func fill(
        _ order: Order, _ quantity: Quantity, at price: Price, fee: Money = 0, ordinal: UInt32 = 1
    ) throws {
        let fill = Fill(
            order: order.id, ordinal: ordinal, instrument: order.instrument, side: order.side, quantity: quantity,
            price: price, fee: fee, time: now)
        try report(order.id, .filled(fill, note: nil))
    }
}

extension Intent {
    static func buy(
        _ units: Quantity, _ id: InstrumentID = Desk.apple, _ kind: OrderKind = .market, bracket: Bracket? = nil
    ) -> Intent {
        Intent(instrument: id, side: .buy, size: .units(units), kind: kind, bracket: bracket, origin: "test")
    }

    static func buy(worth amount: Money, _ id: InstrumentID = Desk.apple) -> Intent {
        Intent(instrument: id, side: .buy, size: .notional(amount), origin: "test")
    }

    static func sell(
        _ units: Quantity, _ id: InstrumentID = Desk.apple, _ kind: OrderKind = .market, reduceOnly: Bool = false
    ) -> Intent {
        Intent(instrument: id, side: .sell, size: .units(units), kind: kind, reduceOnly: reduceOnly, origin: "test")
    }
}

extension Verdict {
    var approved: ApprovedOrder? {
        if case .approved(let order, _) = self { return order }
        return nil
    }

    var size: OrderSize? { approved?.order.size }

    /// The rules that made it smaller, or the one that refused it.
    var rules: [RiskRule] {
        switch self {
        case .approved(_, let adjusted): adjusted.map(\.rule)
        case .refused(let refusal): [refusal.rule]
        }
    }

    var refusal: Refusal? {
        if case .refused(let refusal) = self { return refusal }
        return nil
    }
}
