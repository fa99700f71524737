import Determinism
import Foundation
import MarketData
import ReferenceBars
import ScratchFolders
import TradingModel
import TradingStore

/// A million rows of CSV into a fresh bar store, on disk when the time is up; and the reading alone.
enum ImportSuite {
    /// The rows did not all arrive.
    struct Incomplete: Error, CustomStringConvertible {
        let description: String
    }

    private static let rows = 1_000_000

    static func run() throws -> [Measurement] {
        let folder = try ScratchFolder()
        let file = folder.file("TEST.csv")
        try CSVFile.write(ReferenceBars.minutes(count: rows), to: file)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        var (imports, parses): ([Double], [Double]) = ([], [])
        for round in 0..<7 {
            imports.append(Double(rows) / (try importing(file, home: folder.file("home\(round)"))))
            parses.append(Double(rows) / (try parsing(bytes, file)))
        }
        return [
            Measurement("import.rows_per_second", "rows/s", of: imports),
            Measurement("parse.rows_per_second", "rows/s", of: parses),
        ]
    }

    private static var plan: ImportPlan {
        var plan = ImportPlan()
        plan.options.assetClass = .crypto
        plan.options.barLength = .minutes(1)
        return plan
    }

    private static func importing(_ file: String, home: String) throws -> Double {
        defer { try? FileManager.default.removeItem(atPath: home) }
        var summary: ImportSummary?
        let taken = try seconds {
            let store = try BarStore.open(home: home)
            summary = DataImport(into: store).run([file], plan, importedAt: Timestamp(nanoseconds: 0))
        }
        guard let summary, summary.added == rows else {
            throw Incomplete(
                description: "imported \(summary?.added ?? 0) of \(rows) rows: \(String(describing: summary))")
        }
        return taken
    }

    private static func parsing(_ bytes: [UInt8], _ file: String) throws -> Double {
        var count = 0
        let taken = try seconds {
            count = try MarketDataReader(plan.options).read(bytes, path: file).series.first?.bars.count ?? 0
        }
        guard count == rows else { throw Incomplete(description: "read \(count) of \(rows) rows") }
        return taken
    }
}
