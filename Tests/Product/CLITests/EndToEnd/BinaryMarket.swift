import Determinism
import Foundation
import MarketData
import ScratchFolders
import SharedData
import TradingModel

/// A folder of bars for the binary: real ones where the shared data are present, else made-up ones.
struct BinaryMarket {
    let folder: ScratchFolder
    let arguments: [String]

    private static let symbols = ["AAPL", "AMZN", "BAC", "AMGN", "BP", "ABB"]

    /// A market that trades for so many months.
    init(months: Int = 4) throws {
        folder = try ScratchFolder()
        let last = "201\(4 + (months - 1) / 12)-\(String(format: "%02d", (months - 1) % 12 + 1))-28"
        arguments = ["--from", "2014-01-01", "--to", last]
        SharedData.folder == nil ? try makeUp() : try copy()
        try Data(BinaryMarket.configuration.utf8).write(to: URL(fileURLWithPath: folder.file("desk.yaml")))
    }

    /// The arguments of a run over it to its end, without waiting.
    var run: [String] {
        ["run", "--replay", folder.file("bars"), "--speed", "max", "--json"] + bounds
    }

    /// Bounds and settings.
    var bounds: [String] { arguments + ["--config", folder.file("desk.yaml")] }

    private static let configuration = """
        trading:
          risk_management:
            min_daily_volume: 1000000
            max_daily_loss: 0.006
        pipeline:
          signal_threshold: 0.4
          lookback: 70

        """

    private func copy() throws {
        try FileManager.default.createDirectory(atPath: folder.file("bars"), withIntermediateDirectories: true)
        for symbol in BinaryMarket.symbols {
            let source = SharedData.file("bars/daily/stocknet/\(symbol).csv.gz")
            try FileManager.default.createSymbolicLink(
                at: URL(fileURLWithPath: folder.file("bars/\(symbol).csv.gz")), withDestinationURL: source)
        }
    }

    private func makeUp() throws {
        try FileManager.default.createDirectory(atPath: folder.file("bars"), withIntermediateDirectories: true)
        let instruments = SimulatedInstruments.generated(BinaryMarket.symbols.count)
        var market = try SimulatedMarket(
            seed: 5, instruments: instruments, barLength: .day, start: Timestamp(CivilDate(daysSinceEpoch: 15_700)))
        var texts = [String](repeating: "Date,Open,High,Low,Close,Volume\n", count: instruments.count)
        for _ in 0..<instruments.count * 700 {
            guard let next = market.next() else { break }
            let bar = next.bar
            texts[next.id.index] +=
                "\(bar.start.date),\(bar.open),\(bar.high),\(bar.low),\(bar.close),\(Int(bar.volume))\n"
        }
        for (instrument, text) in zip(instruments, texts) {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("bars/\(instrument.symbol).csv")))
        }
    }
}
