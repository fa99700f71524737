import Determinism
import RiskControl
import TradingModel

/// An order as the record and the machine-readable output show it: flat, with the field's usual names.
struct OrderRecord: Encodable, Hashable {
    let id: OrderID
    let symbol: Symbol
    let side: Side
    let quantity: Quantity?
    let notional: Money?
    let type: String
    let limit: Price?
    let stop: Price?
    let timeInForce: TimeInForce
    let reduceOnly: Bool
    let stopLoss: String?
    let takeProfit: String?
    /// How far behind the best price the order's own stop follows, or that of the exits to come.
    let trail: String?

    init(_ order: Order, _ universe: Universe) {
        id = order.id
        symbol = universe.symbol(order.instrument)
        side = order.side
        (quantity, notional) = OrderRecord.amounts(order.size)
        (type, limit, stop) = OrderRecord.terms(order.kind)
        timeInForce = order.timeInForce
        reduceOnly = order.reduceOnly
        stopLoss = order.bracket?.stopLoss.map(OrderRecord.text)
        takeProfit = order.bracket?.takeProfit.map(OrderRecord.text)
        trail = OrderRecord.trail(of: order).map(OrderRecord.text)
    }

    static func amounts(_ size: OrderSize) -> (Quantity?, Money?) {
        switch size {
        case .units(let quantity): (quantity, nil)
        case .notional(let amount): (nil, amount)
        }
    }

    static func terms(_ kind: OrderKind) -> (type: String, limit: Price?, stop: Price?) {
        switch kind {
        case .market: ("MARKET", nil, nil)
        case .limit(let limit): ("LIMIT", limit, nil)
        case .stop(let stop): ("STOP", nil, stop)
        case .stopLimit(let stop, let limit): ("STOP_LIMIT", limit, stop)
        case .trailingStop(let stop, _): ("TRAILING_STOP", nil, stop)
        }
    }

    private static func trail(of order: Order) -> Trail? {
        if case .trailingStop(_, let trail) = order.kind { trail } else { order.bracket?.trail }
    }

    private static func text(_ trail: Trail) -> String {
        switch trail {
        case .amount(let amount): "\(amount)"
        case .fraction(let fraction): "\(fraction * 100)%"
        }
    }

    private static func text(_ level: ExitLevel) -> String {
        switch level {
        case .price(let price): "\(price)"
        case .distance(let distance): "\(distance * 100)%"
        }
    }
}

/// What the risk gate said of one intent.
struct VerdictRecord: Encodable, Hashable {
    let symbol: Symbol
    let side: Side
    let quantity: Quantity?
    let notional: Money?
    let origin: String?
    let approved: Bool
    let order: OrderRecord?
    let reserved: Money?
    let rule: String?
    let text: String?
    let adjustments: [String]?

    init(_ verdict: Verdict, _ universe: Universe) {
        switch verdict {
        case .approved(let approvedOrder, let adjusted):
            let sent = approvedOrder.order
            (symbol, side) = (universe.symbol(sent.instrument), sent.side)
            (quantity, notional) = OrderRecord.amounts(sent.size)
            approved = true
            order = OrderRecord(sent, universe)
            reserved = approvedOrder.reserved
            (rule, text, origin) = (nil, nil, nil)
            adjustments = adjusted.isEmpty ? nil : adjusted.map { "\($0.rule.rawValue): \($0.text)" }
        case .refused(let refusal):
            let intent = refusal.intent
            (symbol, side) = (universe.symbol(intent.instrument), intent.side)
            (quantity, notional) = OrderRecord.amounts(intent.size)
            approved = false
            (order, reserved, adjustments) = (nil, nil, nil)
            (rule, text, origin) = (refusal.rule.rawValue, refusal.text, intent.origin)
        }
    }
}

/// What was traded.
struct FillRecord: Encodable, Hashable {
    let order: OrderID
    let ordinal: UInt32
    let symbol: Symbol
    let side: Side
    let quantity: Quantity
    let price: Price
    let fee: Money
    let time: Timestamp
    let leaves: Quantity
    let note: String?
    /// Nil for a fill that only opens.
    let realizedProfit: Money?

    private enum CodingKeys: String, CodingKey {
        case order, ordinal, symbol, side, quantity, price, fee, time, leaves, note
        case realizedProfit = "realized_profit"
    }

    init(_ fill: Fill, note: String?, profit: Money?, _ universe: Universe) {
        order = fill.order
        ordinal = fill.ordinal
        symbol = universe.symbol(fill.instrument)
        (side, quantity, price, fee) = (fill.side, fill.quantity, fill.price, fill.fee)
        (time, leaves) = (fill.time, fill.leaves)
        self.note = note
        realizedProfit = profit
    }
}

/// What a broker said of an order.
struct ReportRecord: Encodable, Hashable {
    let order: OrderID
    let outcome: String
    let reason: String?
    let fill: FillRecord?
    let exit: OrderRecord?
    let unmatched: Bool?

    init(_ report: OrderReport, isUnmatched: Bool, profit: Money? = nil, _ universe: Universe) {
        order = report.order
        unmatched = isUnmatched ? true : nil
        switch report.outcome {
        case .accepted: (outcome, reason, fill, exit) = ("accepted", nil, nil, nil)
        case .triggered: (outcome, reason, fill, exit) = ("triggered", nil, nil, nil)
        case .filled(let traded, let note):
            let record = FillRecord(traded, note: note, profit: profit, universe)
            (outcome, reason, fill, exit) = ("filled", nil, record, nil)
        case .rejected(let why): (outcome, reason, fill, exit) = ("rejected", why, nil, nil)
        case .cancelled(let why): (outcome, reason, fill, exit) = ("cancelled", why, nil, nil)
        case .expired: (outcome, reason, fill, exit) = ("expired", nil, nil, nil)
        case .exitPlaced(let placed):
            (outcome, reason, fill, exit) = ("exit_placed", nil, nil, OrderRecord(placed, universe))
        case .unknown(let why): (outcome, reason, fill, exit) = ("unknown", why, nil, nil)
        }
    }
}

/// What holding a position cost.
struct ChargeRecord: Encodable, Hashable {
    let symbol: Symbol
    let kind: Charge.Kind
    let amount: Money
    let value: Money
    let rate: Rate
    let periods: Int
    let time: Timestamp

    init(_ charge: Charge, _ universe: Universe) {
        symbol = universe.symbol(charge.instrument)
        (kind, amount, value) = (charge.kind, charge.amount, charge.value)
        (rate, periods, time) = (charge.rate, charge.periods, charge.time)
    }
}
