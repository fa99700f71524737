extension Price {
    /// The value of a quantity at a price, rounded to the nearest hundred-millionth, halves away from zero.
    @inlinable
    public static func * (price: Price, quantity: Quantity) throws(Overflow) -> Money {
        let (whole, part) = quantity.raw.quotientAndRemainder(dividingBy: unitsPerOne)
        if part == 0 {
            let (product, overflow) = price.raw.multipliedReportingOverflow(by: whole)
            if overflow { throw Overflow("price times quantity") }
            return Money(raw: product)
        }
        return Money(raw: try scaledProduct(price.raw, quantity.raw, "price times quantity"))
    }

    /// The price moved by a fraction of itself, 0.05 for five percent up, to the nearest hundred-millionth.
    public func moved(by fraction: Double) throws(Overflow) -> Price {
        guard let moved = Price(nearest: double * (1 + fraction)) else { throw Overflow("price times fraction") }
        return moved
    }
}

extension Money {
    /// The share `part / whole` of this amount, rounded to the nearest hundred-millionth, halves away from zero.
    ///
    /// `whole` must not be zero.
    public func share(_ part: Quantity, of whole: Quantity) throws(Overflow) -> Money {
        precondition(whole.raw != 0, "a share of nothing")
        let product = Int128(raw) * Int128(part.raw)
        return Money(raw: try narrowed(roundedQuotient(product, Int128(whole.raw)), "share of an amount"))
    }

    /// A fraction of the amount, such as a fee rate, rounded to the nearest hundred-millionth, halves away from zero.
    public func fraction(_ rate: Rate) throws(Overflow) -> Money {
        Money(raw: try scaledProduct(raw, rate.raw, "amount times rate"))
    }

    /// The interest on the amount for so many days at a yearly rate, a year having 360 days (actual/360), rounded to the
    /// nearest hundred-millionth, halves away from zero.
    public func interest(_ annual: Rate, days: Int) throws(Overflow) -> Money {
        let (product, isOver) = (Int128(raw) * Int128(annual.raw)).multipliedReportingOverflow(by: Int128(days))
        if isOver { throw Overflow("interest") }
        return Money(raw: try narrowed(roundedQuotient(product, Int128(unitsPerOne) * 360), "interest"))
    }

    /// How many units the amount buys at a price, rounded down to the eighth decimal; the price must not be zero.
    public func quantity(at price: Price) throws(Overflow) -> Quantity {
        precondition(price.raw != 0, "a purchase at price zero")
        let product = Int128(raw) * Int128(unitsPerOne)
        return Quantity(raw: try narrowed(product / Int128(price.raw), "amount divided by price"))
    }

    /// The average price of a quantity that cost this amount, to the nearest hundred-millionth; the quantity is not 0.
    public func price(per quantity: Quantity) throws(Overflow) -> Price {
        precondition(quantity.raw != 0, "a price per nothing")
        let product = Int128(raw) * Int128(unitsPerOne)
        return Price(raw: try narrowed(roundedQuotient(product, Int128(quantity.raw)), "amount divided by quantity"))
    }
}

/// A dimensionless fraction, such as a fee of 0.001.
public struct Rate: FixedPoint {
    public let raw: Int64

    @inlinable
    public init(raw: Int64) {
        self.raw = raw
    }
}

/// left * right / 10^8 in 128 bits, halves away from zero.
@usableFromInline
func scaledProduct(_ left: Int64, _ right: Int64, _ operation: String) throws(Overflow) -> Int64 {
    try narrowed(roundedQuotient(Int128(left) * Int128(right), Int128(unitsPerOne)), operation)
}

private func roundedQuotient(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    guard remainder.magnitude * 2 >= divisor.magnitude else { return quotient }
    return (dividend < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
}

private func narrowed(_ value: Int128, _ operation: String) throws(Overflow) -> Int64 {
    guard let narrow = Int64(exactly: value) else { throw Overflow(operation) }
    return narrow
}
