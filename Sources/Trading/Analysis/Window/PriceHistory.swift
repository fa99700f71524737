public import Determinism
public import TradingModel

/// The last bars of one instrument; an append costs the same however many there are.
public struct PriceHistory: Sendable, Hashable, Codable {
    /// How many bars it keeps at least, once it has seen so many.
    public let capacity: Int
    private var columns = BarHistory()

    /// An empty history of at least one bar.
    public init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// How many bars it can give.
    public var count: Int { min(capacity, columns.count) }

    /// When the last bar ended.
    public var lastTime: Timestamp? { columns.times.last }

    /// The last close.
    public var lastClose: Double? { columns.close.last }

    /// The bars it keeps, oldest first.
    public var bars: BarHistory { columns.suffix(capacity) }

    /// Takes the next bar; one that cannot be true or is not later than the last is refused.
    public mutating func append(_ bar: Bar, slot: Int64) throws(HistoryError) {
        if let fault = bar.fault { throw .faulty(fault, at: bar.end) }
        if let last = columns.times.last, bar.end <= last { throw .notLater(last: last, given: bar.end) }
        if let last = columns.slots.last, slot <= last { throw .notLater(last: lastTime ?? bar.end, given: bar.end) }
        if columns.count >= 2 * capacity { columns = columns.suffix(capacity) }
        columns.times.append(bar.end)
        columns.slots.append(slot)
        columns.open.append(bar.open.double)
        columns.high.append(bar.high.double)
        columns.low.append(bar.low.double)
        columns.close.append(bar.close.double)
        columns.volume.append(bar.volume)
    }
}

/// Why a bar was not taken into a history.
public enum HistoryError: Error, Hashable, CustomStringConvertible {
    /// The bar contradicts itself.
    case faulty(Bar.Fault, at: Timestamp)
    /// The bar does not follow the last one.
    case notLater(last: Timestamp, given: Timestamp)
    /// The universe has no such instrument.
    case unknown(InstrumentID)

    public var description: String {
        switch self {
        case .faulty(let fault, let time): "bar ending \(time) refused: \(fault.rawValue); correct it at the source"
        case .notLater(let last, let given):
            "bar ending \(given) refused: the history already reaches \(last); give bars in order, each once"
        case .unknown(let id): "instrument \(id.index) is not in the window's universe"
        }
    }
}
