public import MarketData
import Storage
public import TradingModel

/// Reads files of market data into memory, for a replay, and stores nothing.
///
/// Bad rows are left out and counted, so that one bad row among thousands does not keep a whole market from being
/// replayed; whoever reads must show `warnings`.
public struct BarReading: Sendable {
    /// One instrument's bars out of one file or several.
    public struct Series: Sendable {
        /// The instrument as far as its files tell.
        public let instrument: Instrument
        /// The length of its bars.
        public let length: BarLength
        /// Its bars in order of time.
        public let bars: BarSeries
        /// Names of the files with the hashes of their bytes.
        public let source: String

        /// Bars from elsewhere, such as the store.
        public init(instrument: Instrument, length: BarLength, bars: BarSeries, source: String) {
            self.instrument = instrument
            self.length = length
            self.bars = bars
            self.source = source
        }
    }

    /// What was read, ascending by symbol.
    public private(set) var series: [Series] = []
    /// One sentence for each file of which something, or everything, was left out.
    public private(set) var warnings: [String] = []

    private struct Part {
        let parsed: ParsedSeries
        let source: String
    }

    /// Reads files, and folders with all below them; throws for a path of which nothing can be read.
    ///
    /// Trades and quote bars are left out, and bars of another length where one is given. `options` says what the files
    /// do not show, `sessions` gives the trading hours of shares.
    public init(
        _ paths: [String], length: BarLength? = nil, options: ImportOptions = ImportOptions(),
        sessions: @escaping @Sendable (Symbol, AssetClass) -> SessionBounds?
    ) throws {
        let context = ImportContext(zone: ZoneTable.zone, sessions: sessions)
        let reader = MarketDataReader(options, context)
        var parts: [Symbol: [Part]] = [:]
        for path in paths {
            let files = FileCollector.files([path])
            if files.isEmpty { try FileCollector.checkIsNoFolder(path) }
            for file in files {
                for part in try read(file, reader, isNamed: files == [path])
                where length == nil || part.parsed.barLength == length {
                    parts[part.parsed.symbol, default: []].append(part)
                }
            }
        }
        series = try parts.sorted { $0.key < $1.key }.map { try BarReading.joined($0.value) }
    }

    /// A file that the caller named must be readable; one found in a folder is warned of.
    private mutating func read(_ file: String, _ reader: MarketDataReader, isNamed: Bool) throws -> [Part] {
        do {
            let packed = try PackedFile.read(file)
            let parsed = try reader.read(packed.bytes, path: file)
            if let first = parsed.badRows.first {
                let count = parsed.badRows.count
                warnings.append("\(file): \(count) bad row\(count == 1 ? "" : "s") left out; \(first)")
            }
            let source = "\(file.split(separator: "/").last ?? "") \(Digest.of(packed.bytes).hex)"
            let bars = parsed.series.filter { $0.kind == .trades }
            if bars.isEmpty { warnings.append("\(file): no bars of trades, left out") }
            return bars.map { Part(parsed: $0, source: source) }
        } catch {
            if isNamed { throw error }
            warnings.append("\(error), left out")
            return []
        }
    }

    private static func joined(_ parts: [Part]) throws -> Series {
        guard let first = parts.first?.parsed else { preconditionFailure("a series comes from a file") }
        for part in parts where part.parsed.barLength != first.barLength {
            throw BarStoreError(
                .conflict,
                "\(first.symbol) has bars of \(first.barLength) and of \(part.parsed.barLength): choose one with --bars"
            )
        }
        var bars = BarSeries(first.bars)
        for part in parts.dropFirst() {
            bars = BarSeries(try BarMerge.merge(bars, part.parsed.bars, replace: false, name: first.symbol.name).0)
        }
        return Series(
            instrument: Instrument(first.symbol, first.assetClass), length: first.barLength, bars: bars,
            source: parts.map(\.source).joined(separator: ", "))
    }
}
