import Determinism
import Foundation
public import MarketData
public import TradingModel

extension BarStore {
    /// Adds trades to those stored of an instrument; returns how many are new.
    ///
    /// Trades of a stretch of time that is stored already must be the same ones, else this throws.
    public func mergeTrades(_ ticks: ParsedTicks) throws -> Int {
        try FolderLock.hold(folder) {
            guard let first = ticks.trades.first?.time, let last = ticks.trades.last?.time else { return 0 }
            var all = try trades(ticks.symbol)
            let lower = all.firstIndex { $0.time >= first } ?? all.count
            let upper = all.firstIndex { $0.time > last } ?? all.count
            if lower < upper {
                if all[lower..<upper].elementsEqual(ticks.trades) { return 0 }
                throw BarStoreError(
                    .conflict, "other trades of \(ticks.symbol) between \(first) and \(last) are stored already")
            }
            all.insert(contentsOf: ticks.trades, at: lower)
            try writeTrades(all, ticks.symbol)
            return ticks.trades.count
        }
    }

    /// The stored trades of an instrument, ascending by time; none where none were imported.
    public func trades(_ symbol: Symbol) throws -> [TradeTick] {
        let path = tradesPath(symbol)
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let mapped = try MappedColumns(path)
        defer { mapped.release() }
        let count = mapped.header.rows
        let values = mapped.columns.assumingMemoryBound(to: Int64.self)
        return (0..<count).map { index in
            TradeTick(
                time: Timestamp(nanoseconds: values[index]), price: Price(raw: values[count + index]),
                quantity: Quantity(raw: values[2 * count + index]),
                aggressor: BarStore.side(values[3 * count + index]))
        }
    }

    /// Every instrument of which trades are stored, ascending.
    public func symbolsWithTrades() throws -> [Symbol] {
        try symbols().map(\.symbol).filter { FileManager.default.fileExists(atPath: tradesPath($0)) }.sorted()
    }

    private func writeTrades(_ trades: [TradeTick], _ symbol: Symbol) throws {
        try AtomicFile.makeFolder(symbolFolder(symbol))
        let times = trades.map(\.time.nanoseconds)
        let prices = trades.map(\.price.raw)
        let quantities = trades.map(\.quantity.raw)
        let sides = trades.map { trade -> Int64 in trade.aggressor.map { $0 == .buy ? 1 : -1 } ?? 0 }
        try times.withUnsafeBytes { times in
            try prices.withUnsafeBytes { prices in
                try quantities.withUnsafeBytes { quantities in
                    try sides.withUnsafeBytes { sides in
                        try ColumnFile.write(
                            tradesPath(symbol), description: Array(symbol.name.utf8),
                            columns: [times, prices, quantities, sides])
                    }
                }
            }
        }
    }

    private func tradesPath(_ symbol: Symbol) -> String { symbolFolder(symbol) + "/trades.ticks" }

    private static func side(_ code: Int64) -> Side? {
        switch code {
        case 1: .buy
        case -1: .sell
        default: nil
        }
    }
}
