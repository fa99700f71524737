import Determinism
public import TradingModel

/// Bars as seven columns that can grow: what import builds and the store writes.
///
/// Times are nanoseconds since the epoch, prices raw hundred-millionths. All columns have one length.
public struct BarColumns: Sendable, Hashable {
    /// When each bar began.
    public var start: [Int64] = []
    /// When each bar ended.
    public var end: [Int64] = []
    /// First prices.
    public var open: [Int64] = []
    /// Highest prices.
    public var high: [Int64] = []
    /// Lowest prices.
    public var low: [Int64] = []
    /// Last prices.
    public var close: [Int64] = []
    /// Units traded.
    public var volume: [Double] = []

    /// No bars.
    public init() {}

    /// The columns of bars.
    public init(_ bars: some Sequence<Bar>) {
        for bar in bars { append(bar) }
    }

    /// How many bars there are.
    public var count: Int { start.count }

    /// The bar at an index.
    public subscript(index: Int) -> Bar {
        Bar(
            start: Timestamp(nanoseconds: start[index]), end: Timestamp(nanoseconds: end[index]),
            open: Price(raw: open[index]), high: Price(raw: high[index]), low: Price(raw: low[index]),
            close: Price(raw: close[index]), volume: volume[index])
    }

    /// Adds a bar at the end.
    public mutating func append(_ bar: Bar) {
        start.append(bar.start.nanoseconds)
        end.append(bar.end.nanoseconds)
        open.append(bar.open.raw)
        high.append(bar.high.raw)
        low.append(bar.low.raw)
        close.append(bar.close.raw)
        volume.append(bar.volume)
    }

    /// Makes room for so many bars.
    public mutating func reserve(_ count: Int) {
        start.reserveCapacity(count)
        end.reserveCapacity(count)
        open.reserveCapacity(count)
        high.reserveCapacity(count)
        low.reserveCapacity(count)
        close.reserveCapacity(count)
        volume.reserveCapacity(count)
    }
}
