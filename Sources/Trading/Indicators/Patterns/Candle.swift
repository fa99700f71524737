public import TradingModel

/// The four prices of a bar, in binary numbers.
public struct Candle: Sendable, Hashable, Codable {
    /// The first price.
    public let open: Double
    /// The highest price.
    public let high: Double
    /// The lowest price.
    public let low: Double
    /// The last price.
    public let close: Double

    /// A candle as given; nothing is checked.
    public init(open: Double, high: Double, low: Double, close: Double) {
        self.open = open
        self.high = high
        self.low = low
        self.close = close
    }

    /// The prices of a bar.
    public init(_ bar: Bar) {
        self.init(open: bar.open.double, high: bar.high.double, low: bar.low.double, close: bar.close.double)
    }

    /// True where it closes at or above its open.
    public var isWhite: Bool { close >= open }
    /// From open to close, without sign.
    public var body: Double { (close - open).magnitude }
    /// From low to high.
    public var range: Double { high - low }
    /// The higher of open and close.
    public var bodyTop: Double { isWhite ? close : open }
    /// The lower of open and close.
    public var bodyBottom: Double { isWhite ? open : close }
    /// From the body up to the high.
    public var upperShadow: Double { high - bodyTop }
    /// From the low up to the body.
    public var lowerShadow: Double { bodyBottom - low }
}
