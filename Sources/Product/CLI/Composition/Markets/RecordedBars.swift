import Determinism
import Foundation
import MarketData
import TradingDesk
import TradingModel
import TradingStore

/// The last bars that the newest run of a home has recorded.
struct RecordedBars {
    private let run: String
    private let isSimulated: Bool
    private let bars: [Symbol: [Bar]]
    /// Enough for 24 hours of one-minute bars.
    private static let kept = 1500

    private struct Slice: Decodable {
        struct Entry: Decodable {
            let symbol: Symbol
            let start: Timestamp
            let prices: [Price]
            let volume: Double

            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                symbol = try row.decode(Symbol.self)
                start = try row.decode(Timestamp.self)
                prices = try (0..<4).map { _ in try row.decode(Price.self) }
                volume = try row.decode(Double.self)
            }
        }

        let end: Timestamp
        let bars: [Entry]
    }

    /// Reads the record of the newest run; throws where nothing ever ran.
    init(home: String) throws {
        let folder = try RunFolder.latest(home: home)
        let log = try DeskStore(ofHome: folder.path).audit
        let decoder = JSONDecoder()
        var found: [Symbol: [Bar]] = [:]
        var cursor = log.records(matching: AuditFilter(kind: DecisionRecord.Kind.slice.rawValue))
        while let record = try cursor.next() {
            let slice = try decoder.decode(Slice.self, from: Data(record.body))
            for one in slice.bars { found[one.symbol, default: []].append(RecordedBars.bar(one, slice.end)) }
        }
        bars = found.mapValues { Array($0.suffix(RecordedBars.kept)) }
        run = folder.run
        isSimulated = try log.isSimulated()
    }

    private static func bar(_ entry: Slice.Entry, _ end: Timestamp) -> Bar {
        Bar(
            start: entry.start, end: end, open: entry.prices[0], high: entry.prices[1], low: entry.prices[2],
            close: entry.prices[3], volume: entry.volume)
    }

    /// The quote of a symbol that the run traded; a pair with a slash is crypto.
    func quote(_ symbol: Symbol) -> QuoteRow? {
        guard let bars = bars[symbol] else { return nil }
        let assetClass: AssetClass = symbol.name.contains("/") ? .crypto : .equity
        return QuoteRow(symbol, assetClass, bars, source: "run \(run)", isSimulated: isSimulated)
    }
}
