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
        try AtomicFile.write(path) { (file) throws(FileError) in
            try export(series) { (text) throws(FileError) in try AtomicFile.writeAll(Array(text.utf8), to: file, path) }
        }
        return series.count
    }

    /// Writes bars as text in parts of a few thousand bars, each of whole lines.
    public static func export<Failure: Error>(
        _ series: BarSeries, to write: (String) throws(Failure) -> Void
    ) throws(Failure) {
        var text = "start,end,open,high,low,close,volume\n"
        for bar in series {
            text += "\(bar.start),\(bar.end),\(bar.open),\(bar.high),\(bar.low),\(bar.close),\(bar.volume)\n"
            guard text.utf8.count >= 1 << 18 else { continue }
            try write(text)
            text = ""
        }
        if !text.isEmpty { try write(text) }
    }
}
