import Determinism
import Foundation
import MarketData
import Testing
import TradingModel

@testable import TradingStore

@Suite struct BarStoreTests {
    private let header = "date,open,high,low,close,volume\n"

    private func key(_ symbol: String, _ length: BarLength = .day) throws -> BarKey {
        BarKey(try #require(Symbol(symbol)), length)
    }

    private func rows(_ days: ClosedRange<Int>, close: Int = 10) -> String {
        header + days.map { "2020-01-\($0 < 10 ? "0" : "")\($0),10,20,5,\(close),100\n" }.joined()
    }

    @Test func `importing again skips what is there and adds what is new`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing([try home.write("ABC.csv", rows(10...20))], into: store)
        let path = home.path + "/home/bars/ABC/1d.bars"
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let again = importing([try home.write("ABC.csv", rows(10...20))], into: store)
        #expect(again.files[0].series[0].merged == MergeReport(added: 0, identical: 11, replaced: 0))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        let more = importing([try home.write("ABC.csv", rows(5...25))], into: store)
        #expect(more.files[0].series[0].merged == MergeReport(added: 10, identical: 11, replaced: 0))
        let series = try store.series(key("ABC"))
        #expect(series.map(\.start.date.components.day) == Array(5...25))
        #expect(try store.info(key("ABC")).imports.map(\.added) == [11, 10])
    }

    @Test func `a bar that differs is an error that names it, unless it is to be replaced`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing([try home.write("ABC.csv", rows(10...20))], into: store)
        let changed = try home.write("ABC.csv", rows(15...22, close: 11))
        let refused = importing([changed], into: store)
        #expect(refused.failed.first?.failure?.contains("ABC 1d at 2020-01-15T00:00:00Z") == true)
        #expect(try store.series(key("ABC")).count == 11)
        let replaced = importing([changed], into: store) { $0.replace = true }
        #expect(replaced.files[0].series[0].merged == MergeReport(added: 2, identical: 0, replaced: 6))
        #expect(
            try store.series(key("ABC")).map(\.close) == Array(repeating: 10, count: 5) + Array(repeating: 11, count: 8)
        )
    }

    @Test func `a changed byte anywhere in a stored file is found and the file named`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing([try home.write("ABC.csv", rows(10...20))], into: store)
        let url = URL(fileURLWithPath: home.path + "/home/bars/ABC/1d.bars")
        let whole = Array(try Data(contentsOf: url))
        var random = SeededRandom(seed: 5)
        for _ in 0..<300 {
            var bytes = whole
            let place = Int(random.next() % UInt64(bytes.count))
            bytes[place] ^= UInt8(1 << (random.next() % 8))
            try Data(bytes).write(to: url)
            let isPadding = (112..<128).contains(place) || isFiller(whole, place)
            #expect((isPadding ? nil : "1d.bars") == damage(store))
        }
        for length in [0, 7, 127, 200, whole.count - 1] {
            try Data(whole[..<length]).write(to: url)
            #expect(damage(store) == "1d.bars")
        }
    }

    /// Zeros between the description and the columns.
    private func isFiller(_ bytes: [UInt8], _ place: Int) -> Bool {
        let end = 128 + Int(bytes[24]) + Int(bytes[25]) * 256
        return place >= end && place < (end + 63) / 64 * 64
    }

    private func damage(_ store: BarStore) -> String? {
        do {
            _ = try store.series(key("ABC"))
            return nil
        } catch {
            return "\(error)".contains("1d.bars is damaged") ? "1d.bars" : "\(error)"
        }
    }

    @Test func `a temporary file that a crash left is ignored and removed`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing([try home.write("ABC.csv", rows(10...20))], into: store)
        let leftover = home.path + "/home/bars/ABC/.1d.bars.tmp"
        try Data("half".utf8).write(to: URL(fileURLWithPath: leftover))
        #expect(try store.list().map(\.count) == [11])
        #expect(FileManager.default.fileExists(atPath: leftover))
        _ = try home.store()
        #expect(!FileManager.default.fileExists(atPath: leftover))
        #expect(try store.series(key("ABC")).count == 11)
    }

    @Test func `a writer that is killed at any moment leaves the old bars or the new ones`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing([try home.write("ABC.csv", rows(10...12))], into: store)
        let file = home.path + "/home/bars/ABC/1d.bars"
        let old = try Data(contentsOf: URL(fileURLWithPath: file))
        _ = importing([try home.write("ABC.csv", rows(10...20))], into: store)
        let new = try Data(contentsOf: URL(fileURLWithPath: file))
        // Every prefix of the new file may be what the temporary file holds when the power goes.
        for length in stride(from: 0, through: new.count, by: 97) {
            try old.write(to: URL(fileURLWithPath: file))
            try new.prefix(length).write(to: URL(fileURLWithPath: home.path + "/home/bars/ABC/.1d.bars.tmp"))
            #expect(try home.store().series(key("ABC")).count == 3)
        }
    }

    @Test func `a second writer is refused while one holds the lock`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let lock = open(home.path + "/home/bars/.lock", O_RDWR | O_CREAT, 0o644)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let summary = importing([try home.write("ABC.csv", rows(10...20))], into: store)
        #expect(summary.failed.first?.failure?.contains("another import") == true)
    }

    @Test func `symbols with slashes and dots have folders of their own`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        for name in ["BTC/USDT", "BRK.B", "BRK-B", "^GSPC", ".."] {
            let symbol = try #require(Symbol(name))
            let summary = importing([try home.write("x.csv", rows(1...9))], into: store) { $0.options.symbol = symbol }
            #expect(summary.failed.isEmpty)
        }
        #expect(try store.list().map(\.key.symbol.name) == ["..", "BRK-B", "BRK.B", "BTC/USDT", "^GSPC"])
    }

    @Test func `a reader keeps its bars while they are replaced`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing([try home.write("ABC.csv", rows(10...20))], into: store)
        let series = try store.series(key("ABC"))
        _ = importing([try home.write("ABC.csv", rows(10...20, close: 12))], into: store) { $0.replace = true }
        #expect(series.allSatisfy { $0.close == 10 })
        #expect(try store.series(key("ABC")).allSatisfy { $0.close == 12 })
    }

    @Test func `random bars come back the same through export and import`() throws {
        var random = SeededRandom(seed: 11)
        for round in 0..<20 {
            let home = try TemporaryHome()
            let bars = (0..<50).map { index in
                let start = Timestamp(nanoseconds: (1_600_000_000 + Int64(index) * 60) * 1_000_000_000)
                let low = Int64(random.next() % 1_000_000_000_000) + 1
                let open = low + Int64(random.next() % 1_000_000)
                return Bar(
                    start: start, end: start + .seconds(60), open: Price(raw: open),
                    high: Price(raw: open + Int64(random.next() % 1000)), low: Price(raw: low), close: Price(raw: open),
                    volume: random.uniform() * 1e9)
            }
            let path = home.path + "/ROUND\(round).csv"
            _ = try BarStore.export(BarSeries(bars), to: path)
            let store = try home.store()
            #expect(importing([path], into: store).failed.isEmpty)
            #expect(try store.series(key("ROUND\(round)", .minutes(1))).elementsEqual(bars))
        }
    }
}
