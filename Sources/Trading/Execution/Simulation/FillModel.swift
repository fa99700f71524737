public import TradingModel

/// What trading costs on the simulated exchange.
public struct FillModel: Sendable, Hashable, Codable {
    /// The venue's fee, as a fraction of what is traded.
    public var fee: Rate
    /// The distance between bid and ask, as a fraction of the price; half of it is paid on each side.
    public var spread: Rate
    /// How much worse than the quoted price an order that takes liquidity trades, as a fraction of the price.
    public var slippage: Rate
    /// How long an order is under way before it can trade, in nanoseconds; below zero counts as zero.
    public var latency: Int64
    /// The share of a bar's volume that all orders together may take, above 0; nil for no bound.
    ///
    /// Where it is set, a bar without volume gives nothing.
    public var participation: Double?
    /// What holding positions costs; nil for nothing.
    public var carry: CarryModel?

    /// A model; by default no fee, no spread, no slippage, no bound on volume, and 100 ms under way.
    public init(
        fee: Rate = 0, spread: Rate = 0, slippage: Rate = 0, latency: Duration = .milliseconds(100),
        participation: Double? = nil, carry: CarryModel? = nil
    ) {
        self.fee = fee
        self.spread = spread
        self.slippage = slippage
        let (seconds, attoseconds) = latency.components
        self.latency = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        self.participation = participation
        self.carry = carry
    }

    /// The price at which an order that takes liquidity trades when the market stands at `price`: never better, and
    /// never beyond its limit.
    func taken(_ side: Side, at price: Price, limit: Price?) throws(Overflow) -> Price {
        let cost = try Rate(raw: spread.raw / 2) + slippage
        if cost.raw == 0 { return price }
        let worse = try Money(raw: price.raw).fraction(cost)
        let signed = side == .buy ? worse.raw : -worse.raw
        let moved = try max(Price(raw: 1), price + Price(raw: signed))
        guard let limit else { return moved }
        return side == .buy ? min(moved, limit) : max(moved, limit)
    }

    /// The most units that all orders together may take from a bar; nil for no bound.
    func available(in volume: Double, lot: Quantity) -> Quantity? {
        guard let participation else { return nil }
        let share = volume * participation
        guard share > 0 else { return 0 }
        return (Quantity(nearest: share) ?? Quantity(raw: .max)).roundedDown(toMultipleOf: lot)
    }

    /// What a quantity costs at a price, the fee included.
    func cost(of quantity: Quantity, at price: Price) throws(Overflow) -> Money {
        let value = try price * quantity
        return try value + value.fraction(fee)
    }

    /// The most whole lots that an amount pays for at a price, the fee included.
    func affordable(_ amount: Money, at price: Price, lot: Quantity) throws(Overflow) -> Quantity {
        guard amount > 0 else { return 0 }
        let most = try exactlyAffordable(amount, at: price).roundedDown(toMultipleOf: lot)
        if try cost(of: most, at: price) <= amount { return most }
        // Value and fee are rounded, each by half a unit at most.
        return try exactlyAffordable(Money(raw: max(0, amount.raw - 2)), at: price).roundedDown(toMultipleOf: lot)
    }

    private func exactlyAffordable(_ amount: Money, at price: Price) throws(Overflow) -> Quantity {
        let one = Int128(Rate(1).raw)
        let unit = Int128(price.raw) * (one + Int128(fee.raw))
        guard unit > 0 else { return 0 }
        guard let units = Int64(exactly: Int128(amount.raw) * one * one / unit) else {
            throw Overflow("amount divided by price")
        }
        return Quantity(raw: units)
    }
}
