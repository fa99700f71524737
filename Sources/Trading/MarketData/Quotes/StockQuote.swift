public import Determinism
public import TradingModel

/// What a share stands at, with the fields that stock quotes usually have; what is not known is nil, never zero.
public struct StockQuote: Sendable, Hashable, Codable {
    /// The share.
    public let symbol: Symbol
    /// When the price was known.
    public let time: Timestamp
    /// The last price.
    public let price: Price
    /// Shares traded in the trading day of `time` so far; nil where no bar says.
    public let volume: Double?
    /// What the whole company costs; bars do not know it.
    public let marketCap: Money?
    /// The price over the earnings of a share; bars do not know them.
    public let peRatio: Double?

    /// A quote as given.
    public init(
        symbol: Symbol, time: Timestamp, price: Price, volume: Double? = nil, marketCap: Money? = nil,
        peRatio: Double? = nil
    ) {
        self.symbol = symbol
        self.time = time
        self.price = price
        self.volume = volume
        self.marketCap = marketCap
        self.peRatio = peRatio
    }

    /// What bars say at the end of their last one; nil for no bars. Bars longer than a day know no volume of a day.
    public init?(_ symbol: Symbol, _ bars: some BarSource) {
        guard bars.count > 0 else { return nil }
        let last = bars[bars.count - 1]
        let rule = TradingDayRule.newYork
        let day = rule.day(ofEventAt: last.end)
        var volume: Double? = last.end - last.start > .seconds(86_400) ? nil : 0
        for index in stride(from: bars.count - 1, through: 0, by: -1) {
            guard rule.day(ofEventAt: bars.end(at: index)) == day else { break }
            volume = volume.map { $0 + bars[index].volume }
        }
        self.init(symbol: symbol, time: last.end, price: last.close, volume: volume)
    }

    /// The names that programs know the fields by.
    private enum CodingKeys: String, CodingKey {
        case symbol, time, price, volume
        case marketCap = "market_cap"
        case peRatio = "pe_ratio"
    }
}
