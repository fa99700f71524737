import Determinism
import Foundation
import TradingModel

/// Bars as CSV with times in milliseconds, as the peers read them.
enum CSVFile {
    static func write(_ bars: [Bar], to path: String) throws {
        var text = "timestamp_ms,open,high,low,close,volume\n"
        text.reserveCapacity(bars.count * 64)
        for bar in bars {
            text +=
                "\(bar.start.nanoseconds / 1_000_000),\(bar.open),\(bar.high),\(bar.low),\(bar.close),\(bar.volume)\n"
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
}
