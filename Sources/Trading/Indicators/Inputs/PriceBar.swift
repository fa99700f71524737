public import Determinism
public import TradingModel

/// What indicators read of a bar, in binary numbers.
public struct PriceBar: Sendable, Hashable, Codable {
    /// The highest price.
    public var high: Double
    /// The lowest price.
    public var low: Double
    /// The last price.
    public var close: Double
    /// Units traded.
    public var volume: Double
    /// The trading day it belongs to, as any number that changes with the day.
    public var day: Int

    /// A bar as given; nothing is checked.
    @inlinable
    public init(high: Double, low: Double, close: Double, volume: Double = 0, day: Int = 0) {
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
        self.day = day
    }

    /// A bar of the trading model, on the UTC date at which it starts.
    ///
    /// A venue whose session crosses midnight UTC needs `init(_:on:)` with its own calendar's date.
    @inlinable
    public init(_ bar: Bar) {
        self.init(
            high: bar.high.double, low: bar.low.double, close: bar.close.double, volume: bar.volume,
            day: Int(bar.start.dayNumber))
    }

    /// A bar of the trading model on a given trading day.
    public init(_ bar: Bar, on day: CivilDate) {
        self.init(bar)
        self.day = day.daysSinceEpoch
    }

    /// The mean of high, low and close.
    @inlinable public var typicalPrice: Double { (high + low + close) / 3 }
}
