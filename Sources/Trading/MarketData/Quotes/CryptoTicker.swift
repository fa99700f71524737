public import Determinism
public import TradingModel

/// What a crypto pair stands at and did in 24 hours, with the fields that exchanges' tickers usually have; what is not
/// known is nil, never zero.
public struct CryptoTicker: Sendable, Hashable, Codable {
    /// The pair.
    public let symbol: Symbol
    /// When the price was known.
    public let time: Timestamp
    /// The last price.
    public let last: Price
    /// Units of the base traded in the 24 hours before `time`; nil where bars do not reach back so far.
    public let baseVolume: Double?
    /// How far the price moved in those 24 hours, in percent: 1.5 for 1.5 % up.
    public let percentage: Double?

    /// A ticker as given.
    public init(symbol: Symbol, time: Timestamp, last: Price, baseVolume: Double? = nil, percentage: Double? = nil) {
        self.symbol = symbol
        self.time = time
        self.last = last
        self.baseVolume = baseVolume
        self.percentage = percentage
    }

    /// What bars say at the end of their last one; nil for no bars. Bars longer than a day know neither volume nor move.
    public init?(_ symbol: Symbol, _ bars: some BarSource) {
        guard bars.count > 0 else { return nil }
        let last = bars[bars.count - 1]
        let start = last.end - .seconds(86_400)
        var (volume, before): (Double, Price?) = (0, nil)
        for index in stride(from: bars.count - 1, through: 0, by: -1) {
            let bar = bars[index]
            guard bar.start >= start else {
                // The price at the start is the close before it, unless a bar was under way.
                if bar.end <= start, before == nil { before = bar.close }
                break
            }
            volume += bar.volume
            before = bar.start == start ? bar.open : nil
        }
        let known = before.flatMap { $0 > 0 ? $0 : nil }
        self.init(
            symbol: symbol, time: last.end, last: last.close, baseVolume: known == nil ? nil : volume,
            percentage: known.map { (last.close.double / $0.double - 1) * 100 })
    }
}
