public import TradingModel

/// A series of bars, one column for each part: what whole-series calculations read.
public struct PriceColumns: Sendable, Hashable {
    /// The highest prices.
    public let high: [Double]
    /// The lowest prices.
    public let low: [Double]
    /// The last prices.
    public let close: [Double]
    /// Units traded.
    public let volume: [Double]
    /// The trading day of each bar (`PriceBar.day`).
    public let day: [Int]

    /// How many bars there are.
    public var count: Int { close.count }

    /// Columns as given; throws where their lengths differ. Volume and day default to zeros.
    public init(
        high: [Double], low: [Double], close: [Double], volume: [Double]? = nil, day: [Int]? = nil
    ) throws(IndicatorError) {
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume ?? Array(repeating: 0, count: close.count)
        self.day = day ?? Array(repeating: 0, count: close.count)
        let counts = [high.count, low.count, self.volume.count, self.day.count]
        guard counts.allSatisfy({ $0 == close.count }) else {
            throw IndicatorError(
                .unevenColumns,
                "high, low, volume and day have \(counts) values, close has \(close.count); give each bar one of each")
        }
    }

    /// The columns of bars.
    public init(_ bars: [PriceBar]) {
        high = bars.map(\.high)
        low = bars.map(\.low)
        close = bars.map(\.close)
        volume = bars.map(\.volume)
        day = bars.map(\.day)
    }

    /// The columns of the trading model's bars, each on the UTC date at which it starts.
    public init(_ bars: [Bar]) {
        self.init(bars.map { PriceBar($0) })
    }

    /// One bar; traps outside `0..<count`.
    public subscript(index: Int) -> PriceBar {
        PriceBar(high: high[index], low: low[index], close: close[index], volume: volume[index], day: day[index])
    }
}
