import TradingDesk
import TradingModel

/// The last bars of every instrument, as they came.
struct CandleBook: Sendable {
    /// The most bars that are given of one instrument.
    static let limit = 2000
    /// Old bars are dropped so many at a time, since each dropping moves the rest.
    private static let slack = 256

    private var bars: [[Bar]]

    init(instruments: Int) {
        bars = Array(repeating: [], count: instruments)
    }

    /// Takes the bars among what the market did at a moment.
    mutating func add(_ events: [MarketEvent]) {
        for event in events {
            if case .bar(let id, let bar) = event { add([bar], of: id) }
        }
    }

    /// Takes bars of an instrument, oldest first; what is known already is left out.
    mutating func add(_ more: [Bar], of id: InstrumentID) {
        guard bars.indices.contains(id.index) else { return }
        let last = bars[id.index].last?.end
        bars[id.index] += last.map { last in more.filter { $0.end > last } } ?? more
        let excess = bars[id.index].count - CandleBook.limit
        if excess > CandleBook.slack { bars[id.index].removeFirst(excess) }
    }

    /// The last bars of an instrument, oldest first.
    func last(_ count: Int, of id: InstrumentID) -> [Bar] {
        guard bars.indices.contains(id.index) else { return [] }
        return Array(bars[id.index].suffix(max(0, min(count, CandleBook.limit))))
    }
}
