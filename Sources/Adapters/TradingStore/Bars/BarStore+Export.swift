public import MarketData
import TradingModel

extension BarStore {
    /// Writes a series as text that import reads back to the same bars; returns how many.
    ///
    /// Columns: start, end, open, high, low, close, volume; times in ISO 8601, UTC.
    public func export(_ key: BarKey, to path: String) throws -> Int {
        try BarStore.export(series(key), to: path)
    }

    /// Writes bars as text, as `export(_:to:)` does.
    public static func export(_ series: BarSeries, to path: String) throws -> Int {
        var bytes = Array("start,end,open,high,low,close,volume\n".utf8)
        bytes.reserveCapacity(series.count * 96)
        for bar in series {
            bytes.append(contentsOf: "\(bar.start),\(bar.end),\(bar.open),\(bar.high),\(bar.low),".utf8)
            bytes.append(contentsOf: "\(bar.close),\(bar.volume)\n".utf8)
        }
        try AtomicFile.write(bytes, to: path)
        return series.count
    }
}
