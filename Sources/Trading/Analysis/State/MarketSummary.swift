public import Determinism
public import TradingModel

/// What an analysis was made from, without the bars themselves.
public struct MarketSummary: Sendable, Hashable, Codable {
    /// How long each bar is.
    public let barLength: BarLength
    /// When the latest bar of all ended; nil for none.
    public let asOf: Timestamp?
    /// One entry an instrument with at least a bar, ascending.
    public let instruments: [Entry]

    /// The last bar of one instrument.
    public struct Entry: Sendable, Hashable, Codable {
        /// The instrument.
        public let instrument: InstrumentID
        /// Bars in the window.
        public let bars: Int
        /// When the last one ended.
        public let time: Timestamp
        /// Its close.
        public let close: Double
    }

    /// The state of a window.
    public init(_ window: MarketWindow, _ instruments: [InstrumentID]) {
        barLength = window.barLength
        asOf = window.asOf
        self.instruments = instruments.canonical.compactMap { id in
            let bars = window.bars(id)
            guard let time = bars.times.last, let close = bars.close.last else { return nil }
            return Entry(instrument: id, bars: bars.count, time: time, close: close)
        }
    }
}
