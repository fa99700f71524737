import Determinism
import TradingModel

/// The bars that became known at one moment, by symbol: a record that a run can be derived from again.
struct SliceRecord: Codable, Hashable {
    let end: Timestamp
    let bars: [Entry]

    /// Written as an array: symbol, start, open, high, low, close, volume.
    struct Entry: Codable, Hashable {
        let symbol: Symbol
        let start: Timestamp
        let open, high, low, close: Price
        let volume: Double

        init(_ symbol: Symbol, _ bar: Bar) {
            self.symbol = symbol
            (start, volume) = (bar.start, bar.volume)
            (open, high, low, close) = (bar.open, bar.high, bar.low, bar.close)
        }

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            symbol = try row.decode(Symbol.self)
            start = try row.decode(Timestamp.self)
            open = try row.decode(Price.self)
            high = try row.decode(Price.self)
            low = try row.decode(Price.self)
            close = try row.decode(Price.self)
            volume = try row.decode(Double.self)
        }

        func encode(to encoder: any Encoder) throws {
            var row = encoder.unkeyedContainer()
            try row.encode(symbol)
            try row.encode(start)
            try row.encode(open)
            try row.encode(high)
            try row.encode(low)
            try row.encode(close)
            try row.encode(volume)
        }

        func bar(endingAt end: Timestamp) -> Bar {
            Bar(start: start, end: end, open: open, high: high, low: low, close: close, volume: volume)
        }
    }
}

/// Bars of one instrument from before the run.
struct HistoryRecord: Codable, Hashable {
    let symbol: Symbol
    let ends: [Timestamp]
    let bars: [SliceRecord.Entry]
}

/// A trading day began or ended, with what the account stood at.
struct DayRecord: Codable, Hashable {
    enum Phase: String, Codable {
        case started, ended
    }

    let phase: Phase
    let date: CivilDate
    let cash: Money
    let equity: Money
    let state: String

    func event(at time: Timestamp) -> MarketEvent {
        phase == .started ? .dayStarted(date, at: time) : .dayEnded(date, at: time)
    }
}
