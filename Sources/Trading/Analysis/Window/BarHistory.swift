public import Determinism

/// The bars of one instrument in columns of one length, oldest first.
///
/// Every price is finite and above zero and every volume finite and not below zero: `PriceHistory` takes nothing else.
public struct BarHistory: Sendable, Hashable, Codable {
    /// When each bar ended.
    public internal(set) var times: [Timestamp] = []
    /// What bars of different instruments are matched by: the day for bars of a day, the start for shorter ones.
    public internal(set) var slots: [Int64] = []
    /// First prices.
    public internal(set) var open: [Double] = []
    /// Highest prices.
    public internal(set) var high: [Double] = []
    /// Lowest prices.
    public internal(set) var low: [Double] = []
    /// Last prices.
    public internal(set) var close: [Double] = []
    /// Units traded.
    public internal(set) var volume: [Double] = []

    /// No bars.
    public init() {}

    /// How many bars there are.
    public var count: Int { close.count }

    /// The last bars, at most `count` of them.
    public func suffix(_ count: Int) -> BarHistory {
        guard count < self.count else { return self }
        var last = BarHistory()
        last.times = Array(times.suffix(count))
        last.slots = Array(slots.suffix(count))
        last.open = Array(open.suffix(count))
        last.high = Array(high.suffix(count))
        last.low = Array(low.suffix(count))
        last.close = Array(close.suffix(count))
        last.volume = Array(volume.suffix(count))
        return last
    }
}
