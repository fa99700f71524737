import Analysis
import Determinism
import Foundation
import SharedData
import TradingModel

/// Real daily bars out of the shared data.
enum DailyBars {
    /// The text of a gzip file.
    static func text(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-dc", SharedData.file(path).path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// Bars of a stock; rows without a price are left out.
    static func stock(_ symbol: String) throws -> [Bar] {
        try text("bars/daily/stocknet/\(symbol).csv.gz").split(whereSeparator: \.isNewline).dropFirst().compactMap(bar)
    }

    static let symbols = [
        "AAPL", "ABB", "ABBV", "AMGN", "AMZN", "BABA", "BAC", "BBL", "BCH", "BP", "BSAC", "C", "CAT", "CHL", "CHTR",
        "CODI", "CSCO", "DHR", "DIS", "EXC", "FB", "GD", "GE", "GOOG", "HON", "HRG", "IEP", "INTC", "JPM", "LMT", "MA",
        "MDT", "MMM", "MSFT", "NEE", "NGG", "ORCL", "PCG", "PCLN", "PFE", "PM", "PPL", "REX", "SNY", "SRE", "T",
        "TOT", "TSM", "UN", "UPS", "V", "VZ", "WMT", "XOM",
    ]

    private static func bar(_ line: Substring) -> Bar? {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 7, let date = CivilDate(String(fields[0])),
            let open = price(fields[1]), let high = price(fields[2]), let low = price(fields[3]),
            let close = price(fields[4]), let volume = Double(fields[6])
        else { return nil }
        let start = Timestamp(date) + .seconds(52_200)
        let bar = Bar(
            start: start, end: start + .seconds(23_400), open: open, high: max(high, open, close),
            low: min(low, open, close), close: close, volume: volume)
        return bar.fault == nil ? bar : nil
    }

    private static func price(_ text: Substring) -> Price? {
        Double(text).flatMap { Price(nearest: ($0 * 10_000).rounded() / 10_000) }
    }
}
