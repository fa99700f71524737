public import TradingModel

/// What trading costs on the simulated exchange.
public struct FillModel: Sendable, Hashable, Codable {
    /// The venue's fee, as a fraction of what is traded.
    public var fee: Rate
    /// The distance between bid and ask, as a fraction of the price; half of it is paid on each side.
    public var spread: Rate
    /// How much worse than the quoted price an order that takes liquidity trades, as a fraction of the price.
    public var slippage: Rate
    /// How long an order is under way before it can trade, in nanoseconds.
    public var latency: Int64
    /// The share of a bar's volume that one order may take, above 0; nil for no bound.
    public var participation: Double?

    /// A model; by default no fee, no spread, no slippage, no bound on volume, and 100 ms under way.
    public init(
        fee: Rate = 0, spread: Rate = 0, slippage: Rate = 0, latency: Duration = .milliseconds(100),
        participation: Double? = nil
    ) {
        self.fee = fee
        self.spread = spread
        self.slippage = slippage
        let (seconds, attoseconds) = latency.components
        self.latency = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        self.participation = participation
    }

    /// The price at which an order that takes liquidity trades when the market stands at `price`: never better.
    func taken(_ side: Side, at price: Price) throws(Overflow) -> Price {
        let cost = spread.raw / 2 + slippage.raw
        if cost == 0 { return price }
        let worse = try Money(raw: price.raw).fraction(Rate(raw: cost))
        let signed = side == .buy ? worse.raw : -worse.raw
        let moved = try price + Price(raw: signed)
        return max(Price(raw: 1), moved)
    }

    /// The most units that one order may take from a bar.
    func available(in volume: Double, lot: Quantity) -> Quantity? {
        guard let participation else { return nil }
        let units = Quantity(nearest: (volume * participation).rounded(.down)) ?? Quantity(raw: .max)
        return units.roundedDown(toMultipleOf: lot)
    }
}
