import Determinism
import MarketData
import Storage
import TradingModel
import TradingStore

/// Recorded bars to be replayed: read from files, or taken from the store by symbol.
struct RecordedMarket {
    let universe: Universe
    let length: BarLength
    let series: [(id: InstrumentID, bars: BarSeries)]
    /// One line an instrument: where its bars come from and the hash of the file.
    let sources: [String]
    /// What was left out.
    let warnings: [String]

    /// Reads the market that paths or stored symbols name; a path that exists comes before a symbol of that name.
    init(_ names: [String], length: BarLength?, store: BarStore?) throws {
        let paths = names.filter { FileBytes.exists($0) || store == nil || Symbol($0) == nil || $0.contains("/") }
        let stored = names.filter { !paths.contains($0) }
        try self.init(files: paths, stored: stored, length: length, store: store)
    }

    /// The market of stored symbols alone: no name is taken for a path.
    init(stored symbols: [Symbol], length: BarLength?, store: BarStore?) throws {
        try self.init(files: [], stored: symbols.map(\.name), length: length, store: store)
    }

    private init(files paths: [String], stored names: [String], length: BarLength?, store: BarStore?) throws {
        let stored = try names.map { try RecordedMarket.stored($0, length, store) }
        let reading = try BarReading(paths, length: length) { symbol, assetClass in
            RecordedMarket.sessions(symbol, assetClass)
        }
        let all = reading.series + stored
        guard let first = all.first else {
            let all = (paths + names).joined(separator: ", ")
            throw CommandFailure("\(all): there are no bars to replay", code: "no_data")
        }
        if let other = all.first(where: { $0.length != first.length }) {
            throw CommandFailure(
                "\(first.instrument.symbol) has bars of \(first.length), \(other.instrument.symbol) of \(other.length): "
                    + "choose one length with --bars", code: "bar_lengths")
        }
        universe = Universe(all.map(\.instrument))
        self.length = first.length
        series = all.compactMap { one in
            Universe(all.map(\.instrument)).id(of: one.instrument.symbol).map { ($0, one.bars) }
        }
        sources = all.map { "\($0.instrument.symbol) \($0.length) \($0.bars.count) bars: \($0.source)" }.sorted()
        warnings = reading.warnings
    }

    /// The hours of the exchange that an instrument's class follows; before its calendar begins, weekdays from 9:30 to
    /// 16:00 in New York.
    static func sessions(_ symbol: Symbol, _ assetClass: AssetClass) -> SessionBounds? {
        guard assetClass == .equity else { return nil }
        let calendar = ExchangeCalendar.of(.equity)
        return { date in
            if let session = calendar.session(on: date) { return (session.open, session.close) }
            guard !calendar.covers.contains(date), date.weekday.rawValue < 5 else { return nil }
            return (NewYorkTime.moment(date, hour: 9, minute: 30), NewYorkTime.moment(date, hour: 16))
        }
    }

    private static func stored(_ name: String, _ length: BarLength?, _ store: BarStore?) throws -> BarReading.Series {
        guard let symbol = Symbol(name) else { throw CommandFailure("'\(name)' is no symbol") }
        guard let store else { throw CommandFailure("no bars of \(symbol) were imported", code: "not_found") }
        let keys = try store.keys().filter { key in
            key.symbol == symbol && key.kind == .trades && (length == nil || key.length == length)
        }
        guard let key = keys.max(by: { $0.length < $1.length }) else {
            throw CommandFailure(
                "there is no file '\(name)' and no stored bars of that name; see 'bellwether data list'",
                code: "not_found")
        }
        let info = try store.info(key)
        let bars = try store.series(key)
        return BarReading.Series(
            instrument: info.instrument, length: key.length, bars: bars,
            source: "stored, \(info.imports.count) imports, \(bars.memory.withBytes { Digest.of(Array($0)) }.hex)")
    }
}
