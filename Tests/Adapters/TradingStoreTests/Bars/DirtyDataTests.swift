import Foundation
import MarketData
import SharedData
import Testing
import TradingModel
import TradingStore

/// A file with real or planted defects; counts and sums of lines come from an independent script.
struct DirtyFile: Sendable, CustomTestStringConvertible {
    let name: String
    let rows: Int
    let bad: Int
    let sumOfLines: Int
    let reasons: [BadRow.Reason: Int]

    var testDescription: String { name }

    static let all = [
        DirtyFile(
            name: "BTCUSDT_2019_daily_high_is_close.csv", rows: 365, bad: 176, sumOfLines: 34750,
            reasons: [.highLowDoNotBound: 176]),
        DirtyFile(name: "ORCL_2010_malformed.csv", rows: 252, bad: 1, sumOfLines: 3, reasons: [.unparsableNumber: 1]),
        DirtyFile(
            name: "SPY_2017_many_bad_rows.csv", rows: 502, bad: 259, sumOfLines: 82445,
            reasons: [
                .missing: 101, .priceNotPositive: 54, .outOfRange: 100, .highLowDoNotBound: 3, .volumeNegative: 1,
            ]),
        // The longest ascending part is unique and has 432 rows, by a quadratic search; 70 stand outside it.
        DirtyFile(name: "SPY_2017_out_of_order.csv", rows: 502, bad: 70, sumOfLines: 24535, reasons: [.outOfOrder: 70]),
    ]
}

@Suite(.needsSharedData) struct DirtyDataTests {
    @Test(arguments: DirtyFile.all)
    func `refuses a dirty file as a whole and names its lines`(file: DirtyFile) throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let summary = importing([SharedData.file("dirty/" + file.name).path], into: store)
        let report = try #require(summary.failed.first)
        #expect(report.failure?.contains("\(file.bad) of \(file.rows) rows") == true)
        #expect(report.badRows.count == file.bad)
        #expect(report.badRows.reduce(0) { $0 + $1.line } == file.sumOfLines)
        #expect(Dictionary(grouping: report.badRows, by: \.reason).mapValues(\.count) == file.reasons)
        #expect(try store.keys().isEmpty)
    }

    @Test(arguments: DirtyFile.all)
    func `takes the good rows of a dirty file and lists the bad ones`(file: DirtyFile) throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let summary = importing([SharedData.file("dirty/" + file.name).path], into: store) { $0.badRows = .quarantine }
        #expect(summary.failed.isEmpty)
        #expect(summary.added == file.rows - file.bad)
        let list = try #require(summary.files.first?.quarantine)
        let lines = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == file.bad + 1)
    }

    @Test func `one bad file does not stop the others`() throws {
        let home = try TemporaryHome()
        let paths = ["dirty/ORCL_2010_malformed.csv", "bars/daily/stocknet/AAPL.csv.gz"].map {
            SharedData.file($0).path
        }
        let summary = importing(paths + [home.path + "/nowhere.csv"], into: try home.store())
        #expect(summary.files.map { $0.failure == nil } == [false, true, false])
        #expect(summary.files[2].failure?.contains("there is no file") == true)
        #expect(summary.added == 1258)
    }
}
