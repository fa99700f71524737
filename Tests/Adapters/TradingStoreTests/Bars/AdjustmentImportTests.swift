import Foundation
import MarketData
import SharedData
import Testing
import TradingModel
import TradingStore

@Suite(.needsSharedData) struct AdjustmentImportTests {
    private let folder = "bars/daily/split_dividend/"

    private func key(_ symbol: String) throws -> BarKey { BarKey(try #require(Symbol(symbol)), .day) }

    /// The column of adjusted closes that the publisher computed, oldest first.
    private func published(_ file: String, _ symbol: String?, column: Int) throws -> [Double] {
        let bytes = try PackedFile.read(SharedData.file(folder + file).path).bytes
        let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",")
        }
        let values = rows.filter { symbol == nil || $0[0] == symbol ?? "" }.compactMap { Double($0[column]) }
        return symbol == nil ? values.reversed() : values
    }

    /// Quandl takes the dividend's share of another close, so factors differ by up to 0.01 percent a dividend.
    @Test(arguments: ["AAPL", "MSFT"])
    func `adjusting when reading comes close to Quandl's adjusted closes`(symbol: String) throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let file = "WIKI_2014_AAPL_BRK_A_MSFT_ZEN.csv.gz"
        _ = importing([SharedData.file(folder + file).path], into: store)
        let ours = try store.series(key(symbol), adjustedTo: .splitsAndDividends).map(\.close.double)
        try expectSame(ours, published(file, symbol, column: 12), within: 4e-4)
        #expect(try store.info(key(symbol)).basis == .asTraded)
        #expect(try store.series(key(symbol)).first?.close.double != ours.first)
    }

    @Test func `dividends come off as they do at Yahoo`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing([SharedData.file(folder + "AAPL_2012-2014_csvdir.csv.gz").path], into: store)
        let ours = try store.series(key("AAPL"), adjustedTo: .splitsAndDividends).map(\.close.double)
        let bytes = try PackedFile.read(SharedData.file("bars/daily/long/AAPL_20040819-20180120.csv.gz").path).bytes
        let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0.split(separator: ",") }
        let theirs = rows.filter { $0[0] >= "2012-01-03" && $0[0] <= "2014-12-31" }.compactMap { Double($0[5]) }
        try expectSame(ours, theirs, within: 2e-6)
    }

    /// Equal up to one factor, which comes from dividends and splits after the last bar.
    private func expectSame(_ ours: [Double], _ theirs: [Double], within tolerance: Double) throws {
        try #require(ours.count == theirs.count)
        let factor = try #require(theirs.last) / #require(ours.last)
        let worst = zip(ours, theirs).map { abs($0 * factor / $1 - 1) }.max() ?? 1
        #expect(worst < tolerance)
    }

    @Test func `two splits of one year are both applied`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing([SharedData.file(folder + "WIKI-ORCL-2000.csv.gz").path], into: store)
        let ours = try store.series(key("ORCL"), adjustedTo: .splits).map(\.close.double)
        let theirs = try published("WIKI-ORCL-2000.csv.gz", nil, column: 11)
        try expectSame(ours, theirs, within: 1e-6)
    }

    @Test func `prices that are adjusted already are not adjusted again, whatever the caller says`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let path = SharedData.file(folder + "AAPL_2012-2014_csvdir.csv.gz").path
        let lie = importing([path], into: store) {
            $0.options.basis = .asTraded
            $0.adjustTo = .splits
        }
        #expect(lie.failed.first?.failure?.contains("2014-06-09") == true)
        let plain = importing([path], into: store)
        #expect(plain.files[0].series[0].basis == .splits)
        #expect(throws: BarStoreError.self) { try store.series(key("AAPL"), adjustedTo: .splits) }
        #expect(try store.series(key("AAPL"), adjustedTo: .splitsAndDividends).count == 754)
    }

    @Test func `where nothing shows the basis the caller has to say it`() throws {
        let home = try TemporaryHome()
        let path = SharedData.file(folder + "IBM_2012-2014_csvdir.csv.gz").path
        let unsaid = importing([path], into: try home.store()) { $0.adjustTo = .splitsAndDividends }
        #expect(unsaid.failed.first?.failure?.contains("nobody said") == true)
        let said = importing([path], into: try home.store()) {
            $0.options.basis = .splits
            $0.adjustTo = .splitsAndDividends
        }
        #expect(said.failed.isEmpty)
        let info = try home.store().info(key("IBM"))
        #expect(info.basis == .splitsAndDividends)
        #expect(info.imports.map(\.adjustedTo) == [.splitsAndDividends])
    }

    @Test func `prices on different bases are not mixed`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let files = ["WIKI-AAPL-2011.csv.gz", "AAPL_2012-2014_csvdir.csv.gz"]
        let summary = importing(files.map { SharedData.file(folder + $0).path }, into: store)
        #expect(summary.failed.count == 1)
        #expect(summary.failed.first?.failure?.contains("cannot be mixed") == true)
        #expect(try store.series(key("AAPL")).count == 252)
    }
}
