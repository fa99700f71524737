import TradingModel

/// An approved order, or an exit a broker placed, that may still be filled.
struct OpenOrder: Sendable, Hashable, Codable {
    let order: Order
    /// Cash set aside for what is not filled yet.
    var reserved: Money
    /// What one unit of the entry may cost at most, fees and slippage allowed for.
    var unitCost: Price
    /// What one unit is expected to cost.
    var price: Price
    /// Units that would open or enlarge a position.
    var opening: Quantity = 0
    /// Money that would open or enlarge a position.
    var notional: Money = 0
    /// Units that would bring a position nearer to zero.
    var closing: Quantity = 0
    /// A broker placed it from an approved bracket.
    var isBracketExit = false
    /// The broker has said something of it.
    var isAnswered = false

    /// What it would add to its instrument's exposure.
    var exposure: Money {
        get throws(Overflow) { opening.raw == 0 ? notional : try price * opening }
    }

    var isEntry: Bool { opening.raw > 0 || notional.raw > 0 }

    /// True for orders that trade at once, false for those that wait for a price.
    var isAtMarket: Bool { order.kind == .market }

    /// True for a stop that a broker placed.
    var isPlacedStop: Bool {
        guard isBracketExit else { return false }
        switch order.kind {
        case .stop, .trailingStop: return true
        case .market, .limit, .stopLimit: return false
        }
    }

    /// Takes a fill off; the order is done where nothing is left.
    mutating func fill(_ fill: Fill, lot: Quantity) throws(Overflow) -> (released: Money, isDone: Bool) {
        isAnswered = true
        if notional.raw > 0 { return try fillNotional(fill, lot: lot) }
        let closed = min(closing, fill.quantity)
        let opened = min(opening, try fill.quantity - closed)
        closing = try closing - closed
        opening = try opening - opened
        let isDone = closing.raw == 0 && opening.raw == 0
        let left = opening.raw == 0 ? 0 : try OpenOrder.reservation(opening, unitCost: unitCost, lot: lot)
        let released = try reserved - min(left, reserved)
        reserved = try reserved - released
        return (released, isDone)
    }

    /// An order sized in money is done once less is left than one more lot would have cost.
    private mutating func fillNotional(_ fill: Fill, lot: Quantity) throws(Overflow) -> (released: Money, isDone: Bool)
    {
        let spent = try fill.price * fill.quantity + fill.fee
        let lotCost = fill.quantity.raw == 0 ? 0 : try spent.share(lot, of: fill.quantity) + Money(raw: 2)
        let released = min(spent, reserved)
        reserved = try reserved - released
        notional = try notional - min(spent, notional)
        guard notional < lotCost || notional.raw == 0 else { return (released, false) }
        defer { reserved = 0 }
        return (try released + reserved, true)
    }

    /// The dearest the units may come to.
    ///
    /// A fill of a fraction of a unit is rounded, so where lots are fractions a hundred-thousandth is added: enough
    /// for the roundings of hundreds of part fills.
    static func reservation(_ units: Quantity, unitCost: Price, lot: Quantity) throws(Overflow) -> Money {
        try unitCost * units + Money(raw: lot.roundedDown(toMultipleOf: 1) == lot ? 0 : 1000)
    }
}
