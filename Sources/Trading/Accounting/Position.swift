public import TradingModel

/// What is held of one instrument, at average cost.
public struct Position: Sendable, Hashable, Codable {
    /// Units held; negative for a short position, zero for none.
    public internal(set) var quantity: Quantity = 0
    /// What the held units cost, fees apart; negative for a short position (what its sale brought in).
    public internal(set) var cost: Money = 0
    /// Profit of everything sold so far, fees apart.
    public internal(set) var realisedProfit: Money = 0
    /// The last price seen; nil before the first.
    public internal(set) var lastPrice: Price?
    /// The held units at the last price; equals the cost until a price is seen.
    public internal(set) var marketValue: Money = 0

    /// An empty position.
    public init() {}

    /// True where nothing is held.
    @inlinable public var isFlat: Bool { quantity.raw == 0 }

    /// The average price paid, or got for a short position; nil where nothing is held.
    public var averagePrice: Price? {
        isFlat ? nil : try? cost.price(per: quantity)
    }

    /// Market value less cost.
    public var unrealisedProfit: Money {
        get throws(Overflow) { try marketValue - cost }
    }

    /// Books a trade of `signed` units, negative for a sale, worth `value` at `price`, and values what is held.
    ///
    /// Returns how many of the units, with the same sign, brought the position nearer to zero.
    mutating func trade(_ signed: Quantity, worth value: Money, at price: Price) throws(Overflow) -> Quantity {
        let closing = closedPart(of: signed)
        let opening = try signed - closing
        let closedValue = opening.raw == 0 ? value : try price * closing
        if closing.raw != 0 { try close(closing, worth: closedValue) }
        if opening.raw != 0 {
            cost = try cost + (value - closedValue)
            quantity = try quantity + opening
        }
        lastPrice = price
        marketValue = try price * quantity
        return closing
    }

    /// Values what is held at a new price; returns by how much the value changed.
    @inline(__always)
    mutating func revalue(at price: Price) throws(Overflow) -> Money {
        if isFlat {
            lastPrice = price
            return 0
        }
        let value = try price * quantity
        let change = try value - marketValue
        marketValue = value
        lastPrice = price
        return change
    }

    /// The part of a trade that brings the position nearer to zero.
    private func closedPart(of signed: Quantity) -> Quantity {
        guard (quantity.raw < 0) != (signed.raw < 0), !isFlat else { return 0 }
        return signed.magnitude <= quantity.magnitude ? signed : Quantity(raw: -quantity.raw)
    }

    /// The last unit takes the whole remaining cost with it, so nothing is lost to rounding.
    private mutating func close(_ signed: Quantity, worth value: Money) throws(Overflow) {
        let remaining = try quantity + signed
        let released = remaining.raw == 0 ? cost : try cost.share(-signed, of: quantity)
        realisedProfit = try realisedProfit - value - released
        cost = try cost - released
        quantity = remaining
    }
}
