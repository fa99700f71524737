import Determinism
import TradingModel

/// An order that stands on the simulated exchange.
struct WorkingOrder: Sendable, Hashable, Codable {
    let order: Order
    /// When it was sent: it has missed the open of a bar that began before.
    let sent: Timestamp
    /// From this moment on it can trade.
    let active: Timestamp
    /// Units still to trade; nil until an order sized by money knows its price.
    var remaining: Quantity?
    /// What an order sized by money has not spent yet; nil for one sized in units.
    var budget: Money?
    /// Fills reported so far.
    var fills: UInt32 = 0
    /// A stop that has been touched stands as a market or limit order.
    var isTriggered = false
    /// Where a trailing stop stands; nil until it knows a price.
    var trailed: Price?
    /// The exit that is cancelled when this one trades in full.
    var otherExit: OrderID?
    /// Its last report is made; it leaves when the bar is over.
    var isDone = false

    init(_ order: Order, sent: Timestamp, active: Timestamp) {
        self.order = order
        self.sent = sent
        self.active = active
        switch order.size {
        case .units(let quantity): remaining = quantity
        case .notional(let amount): budget = amount
        }
        if case .trailingStop(let stop, _) = order.kind { trailed = stop }
    }

    var isImmediate: Bool {
        order.timeInForce == .immediateOrCancel || order.timeInForce == .fillOrKill
    }

    /// True for stops that follow the market.
    var trails: Bool {
        if case .trailingStop = order.kind { true } else { false }
    }

    var isUntouchedStop: Bool { !isTriggered && order.kind.waitsForTouch }
}

extension OrderKind {
    /// True for stops, which become orders only once the market touches them.
    var waitsForTouch: Bool {
        switch self {
        case .market, .limit: false
        case .stop, .stopLimit, .trailingStop: true
        }
    }
}
