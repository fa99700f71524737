public import Determinism
public import TradingModel

/// The last bars of every instrument of a universe: what all analysis reads.
public struct MarketWindow: Sendable, Hashable, Codable {
    /// The instruments, by whose ids everything is asked.
    public let universe: Universe
    /// How long each bar is.
    public let barLength: BarLength
    /// One history an instrument, by `InstrumentID.index`.
    public private(set) var histories: [PriceHistory]

    /// An empty window that keeps the last `capacity` bars of each instrument, a trading year by default.
    public init(universe: Universe, barLength: BarLength = .day, capacity: Int = 252) {
        self.universe = universe
        self.barLength = barLength
        histories = Array(repeating: PriceHistory(capacity: capacity), count: universe.count)
    }

    /// Takes an instrument's next bar.
    public mutating func append(_ bar: Bar, for id: InstrumentID) throws(HistoryError) {
        guard histories.indices.contains(id.index) else { throw .unknown(id) }
        let slot = barLength.isDaily ? bar.start.dayNumber : bar.start.nanoseconds
        try histories[id.index].append(bar, slot: slot)
    }

    /// An instrument's bars, oldest first; none for an instrument the universe lacks.
    public func bars(_ id: InstrumentID) -> BarHistory {
        histories.indices.contains(id.index) ? histories[id.index].bars : BarHistory()
    }

    /// An instrument's last close.
    public func lastClose(_ id: InstrumentID) -> Double? {
        histories.indices.contains(id.index) ? histories[id.index].lastClose : nil
    }

    /// When the latest bar of all ended.
    public var asOf: Timestamp? { histories.compactMap(\.lastTime).max() }

    /// How many bars make a year of an instrument: 252 sessions of 6.5 hours for shares, every hour for crypto.
    public func barsPerYear(_ id: InstrumentID) -> Double {
        let isCrypto = universe.instruments.indices.contains(id.index) && universe[id].assetClass == .crypto
        let days = isCrypto ? 365.0 : 252
        let secondsPerDay = isCrypto || barLength.isDaily ? 86_400.0 : 23_400
        return days * secondsPerDay / Double(barLength.seconds)
    }
}
