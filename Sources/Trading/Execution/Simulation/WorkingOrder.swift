import Determinism
import TradingModel

/// An order that stands on the simulated exchange.
struct WorkingOrder: Sendable, Hashable, Codable {
    let order: Order
    /// From this moment on it can trade.
    let active: Timestamp
    /// Units still to trade; nil until an order sized by money knows its price.
    var remaining: Quantity?
    /// Fills reported so far.
    var fills: UInt32 = 0
    /// A stop that has been touched stands as a market or limit order.
    var isTriggered = false
    /// The exit that is cancelled when this one trades in full.
    var otherExit: OrderID?
    /// Exits placed so far for this entry: their ordinals follow.
    var exitsPlaced: UInt32 = 0
    /// A protective exit that its entry's fill placed inside the bar being matched, at a price after the open.
    var placedInside: Timestamp?

    init(_ order: Order, active: Timestamp) {
        self.order = order
        self.active = active
        if case .units(let quantity) = order.size { remaining = quantity }
    }

    var isExit: Bool { order.reduceOnly }
}
