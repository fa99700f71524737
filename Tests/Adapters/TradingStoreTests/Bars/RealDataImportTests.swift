import Determinism
import Foundation
import MarketData
import SharedData
import Testing
import TradingModel
import TradingStore

/// What a real file must give; rows as the data's README counts them, bad rows counted by an independent script.
struct RealFile: Sendable, CustomTestStringConvertible {
    let path: String
    let dialect: ImportDialect
    let rows: Int
    let bars: Int
    var bad: [Int] = []
    var length: BarLength? = .day

    var testDescription: String { path }

    static let daily: [RealFile] = [
        RealFile(path: "bars/daily/crypto/BTCUSD_2017-2021.csv.gz", dialect: .plain, rows: 1246, bars: 1246),
        RealFile(path: "bars/daily/long/AAPL_20040819-20180120.csv.gz", dialect: .yahoo, rows: 3379, bars: 3379),
        RealFile(path: "bars/daily/long/INTC_19950101-20040412.csv.gz", dialect: .yahoo, rows: 2335, bars: 2335),
        RealFile(path: "bars/daily/long/SPX_1950-2012.csv.gz", dialect: .plain, rows: 15821, bars: 15821),
        RealFile(path: "bars/daily/long/SPY_1999-2020.csv.gz", dialect: .plain, rows: 5241, bars: 5241),
        RealFile(
            path: "bars/daily/long/SPY_20080101-20180101.csv.gz", dialect: .yahoo, rows: 2519, bars: 2517,
            bad: [1808, 1825]),
        RealFile(
            path: "bars/daily/panel/pypfopt_20stocks_adjclose_1989-2018.csv.gz", dialect: .panel, rows: 7126,
            bars: 106_931),
        RealFile(path: "bars/daily/panel/pypfopt_SPY_adjclose.csv.gz", dialect: .panel, rows: 6765, bars: 6765),
        RealFile(
            path: "bars/daily/split_dividend/AAPL_2012-2014_csvdir.csv.gz", dialect: .csvdir, rows: 754, bars: 754),
        RealFile(path: "bars/daily/split_dividend/IBM_2012-2014_csvdir.csv.gz", dialect: .csvdir, rows: 754, bars: 754),
        RealFile(
            path: "bars/daily/split_dividend/MSFT_2012-2014_csvdir.csv.gz", dialect: .csvdir, rows: 754, bars: 754),
        RealFile(path: "bars/daily/split_dividend/WIKI-AAPL-2011.csv.gz", dialect: .quandlWiki, rows: 252, bars: 252),
        RealFile(path: "bars/daily/split_dividend/WIKI-AAPL-2012.csv.gz", dialect: .quandlWiki, rows: 250, bars: 250),
        RealFile(path: "bars/daily/split_dividend/WIKI-IBM-2008.csv.gz", dialect: .quandlWiki, rows: 253, bars: 253),
        RealFile(path: "bars/daily/split_dividend/WIKI-IBM-2009.csv.gz", dialect: .quandlWiki, rows: 252, bars: 252),
        RealFile(path: "bars/daily/split_dividend/WIKI-IBM-2011.csv.gz", dialect: .quandlWiki, rows: 252, bars: 252),
        RealFile(path: "bars/daily/split_dividend/WIKI-ORCL-2000.csv.gz", dialect: .quandlWiki, rows: 252, bars: 252),
        RealFile(
            path: "bars/daily/split_dividend/WIKI_2014_AAPL_BRK_A_MSFT_ZEN.csv.gz", dialect: .quandlWiki, rows: 916,
            bars: 916),
        RealFile(path: "news/AAPL_20240301-08_prices.json.gz", dialect: .pricesJSON, rows: 6, bars: 6),
        RealFile(path: "news/MSFT_20240301-08_prices.json.gz", dialect: .pricesJSON, rows: 6, bars: 6),
    ]

    static let intraday: [RealFile] = [
        RealFile(
            path: "bars/hours/BTCUSD_4h_coinbase_2016-2025.json.gz", dialect: .coinbaseCandles, rows: 20695,
            bars: 20695, length: BarLength("4h")),
        RealFile(
            path: "bars/minute/crypto/ETHUSD_5m_binanceus_20230313-15.json.gz", dialect: .ta4jBars, rows: 580,
            bars: 580, length: .minutes(5)),
        RealFile(
            path: "bars/minute/us/SPX_1m_20191105-08.csv.gz", dialect: .plain, rows: 1563, bars: 1563,
            length: .minutes(1)),
        RealFile(
            path: "bars/minute/us/SPY_1m_2011-01_ninjatrader.csv.gz", dialect: .ninjaTrader, rows: 14180, bars: 14180,
            length: .minutes(1)),
        RealFile(
            path: "bars/minute/us/SPY_1m_20201215-18.csv.gz", dialect: .plain, rows: 1564, bars: 1564,
            length: .minutes(1)),
        RealFile(
            path: "copyleft/BTC-PERP_1m_20211231-20220201.csv.gz", dialect: .plain, rows: 45031, bars: 45031,
            length: .minutes(1)),
    ]

    /// Missing bars of each file, as the data's README has them.
    static let lean: [(path: String, rows: Int, missing: Int)] = [
        ("bybit/btcusdt/20221213_quote.zip", 721, 0), ("bybit/btcusdt/20221213_trade.zip", 1440, 0),
        ("coinbase/btcusd/20161007_trade.zip", 1419, 21), ("coinbase/btcusd/20161008_trade.zip", 1400, 40),
        ("coinbase/btcusd/20161009_trade.zip", 1397, 43), ("coinbase/btcusd/20170903_quote.zip", 1438, 1),
        ("coinbase/btcusd/20170903_trade.zip", 1440, 0), ("coinbase/btcusd/20170904_quote.zip", 1438, 1),
        ("coinbase/btcusd/20170904_trade.zip", 1440, 0), ("coinbase/btcusd/20171217_quote.zip", 1439, 0),
        ("coinbase/btcusd/20171217_trade.zip", 1440, 0), ("coinbase/btcusd/20180404_quote.zip", 1437, 2),
        ("coinbase/btcusd/20180404_trade.zip", 1007, 1), ("coinbase/btcusd/20180405_quote.zip", 1436, 3),
        ("coinbase/btcusd/20180405_trade.zip", 1440, 0), ("coinbase/btcusd/20180406_trade.zip", 1440, 0),
        ("coinbase/ltcusd/20180404_quote.zip", 1438, 1), ("coinbase/ltcusd/20180404_trade.zip", 1008, 3),
        ("coinbase/ltcusd/20180405_quote.zip", 1439, 0), ("coinbase/ltcusd/20180405_trade.zip", 1439, 1),
        ("coinbase/ltcusd/20180406_quote.zip", 1439, 0), ("coinbase/ltcusd/20180406_trade.zip", 1440, 0),
    ]
}

@Suite(.needsSharedData) struct RealDataImportTests {
    @Test(arguments: RealFile.daily + RealFile.intraday)
    func `imports every row of a real file but those that cannot be true`(file: RealFile) throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let summary = importing([SharedData.file(file.path).path], into: store) { $0.badRows = .quarantine }
        let report = try #require(summary.files.first)
        #expect(report.failure == nil)
        #expect(report.dialect == file.dialect)
        #expect(report.rows == file.rows)
        #expect(report.badRows.map(\.line) == file.bad)
        #expect(summary.added == file.bars)
        #expect(try store.list().reduce(0) { $0 + $1.count } == file.bars)
        #expect(report.series.allSatisfy { $0.key.length == file.length })
    }

    @Test(arguments: RealFile.lean)
    func `reads minute bars of trades and of quotes from zips`(path: String, rows: Int, missing: Int) throws {
        let home = try TemporaryHome()
        let summary = importing(
            [SharedData.file("bars/minute/crypto/lean/" + path).path], into: try home.store())
        let series = try #require(summary.files.first?.series.first)
        #expect(summary.failed.isEmpty)
        #expect(summary.rows == rows)
        #expect(series.bars == rows)
        #expect(series.gaps?.reduce(0) { $0 + $1.missing } == missing)
        #expect(series.key.kind == (path.contains("quote") ? .quotes : .trades))
        #expect(series.key.symbol.name == path.split(separator: "/")[1].uppercased())
    }

    @Test func `imports a folder of stocks and names the two files with an unreadable row`() throws {
        let home = try TemporaryHome()
        let summary = importing([SharedData.file("bars/daily/stocknet").path], into: try home.store())
        let files = summary.files.map { URL(fileURLWithPath: $0.path).lastPathComponent }
        #expect(files == files.sorted())
        #expect(summary.failed.map { URL(fileURLWithPath: $0.path).lastPathComponent } == ["REX.csv.gz", "SNP.csv.gz"])
        #expect(summary.failed.allSatisfy { $0.badRows.map(\.line) == [962] && $0.badRows[0].text == "null" })
        #expect(summary.rows == summary.added + 2 * 1258)
    }

    @Test(arguments: [
        ("ticks/BTCUSDT_binance_20201116.csv.gz", 1000), ("ticks/BTCUSD_bitstamp_2011-2012.csv.gz", 9999),
        ("ticks/BTCUSD_mtgox_20130101.csv.gz", 2331),
    ]) func `keeps trades as trades and finds them stored the second time`(path: String, count: Int) throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let first = importing([SharedData.file(path).path], into: store)
        #expect(first.failed.isEmpty)
        #expect(first.files.first?.trades == count)
        let symbol = try #require(Symbol(path.contains("USDT") ? "BTCUSDT" : "BTCUSD"))
        #expect(try store.trades(symbol).count == count)
        let second = importing([SharedData.file(path).path], into: store)
        #expect(second.files.first?.notes.last == "all trades are stored already")
        #expect(try store.trades(symbol).count == count)
    }

    @Test func `makes trades into daily bars that keep every unit`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let path = SharedData.file("ticks/BTCUSD_bitstamp_2011-2012.csv.gz").path
        let summary = importing([path], into: store) { $0.options.barLength = .day }
        // 244 days with trades and 58,547.99994071 units, by an independent count.
        #expect(summary.added == 244)
        let symbol = try #require(Symbol("BTCUSD"))
        let volume = try store.series(BarKey(symbol, .day)).reduce(0) { $0 + $1.volume }
        #expect(abs(volume - 58_547.999940710404) < 1e-6)
    }

    @Test func `local times of a New York session become UTC with and without daylight saving`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let folder = "bars/minute/us/"
        for file in ["SPX_1m_20191105-08.csv.gz", "SPY_1m_20201215-18.csv.gz"] {
            let summary = importing([SharedData.file(folder + file).path], into: store)
            #expect(summary.files.first?.zone == "America/New_York")
        }
        let series = try store.series(BarKey(try #require(Symbol("SPX")), .minutes(1)))
        #expect(series.first?.start == Timestamp("2019-11-05T14:30:00Z"))
        #expect(series.first?.high == Price("3081.47"))
        #expect(series.first?.close == Price("3080.49"))
    }

    @Test func `end times become starts`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        _ = importing(
            [
                SharedData.file("bars/minute/us/SPY_1m_2011-01_ninjatrader.csv.gz").path,
                SharedData.file("bars/minute/crypto/ETHUSD_5m_binanceus_20230313-15.json.gz").path,
            ], into: store)
        let spy = try store.series(BarKey(try #require(Symbol("SPY")), .minutes(1)))
        #expect(spy.first?.start == Timestamp("2011-01-03T09:00:00Z"))
        #expect(spy.first?.end == Timestamp("2011-01-03T09:01:00Z"))
        let eth = try store.series(BarKey(try #require(Symbol("ETHUSD")), .minutes(5)))
        #expect(eth.first?.start == Timestamp("2023-03-13T18:00:00Z"))
        #expect(eth.last?.end == Timestamp("2023-03-15T18:20:00Z"))
    }

    @Test func `a file of news is refused with the names of its columns`() throws {
        let home = try TemporaryHome()
        let path = SharedData.file("news/AAPL_20240301-08_news.json.gz").path
        let failure = try #require(importing([path], into: try home.store()).files.first?.failure)
        #expect(failure.contains("AAPL_20240301-08_news.json.gz"))
    }

    @Test func `every real series comes back the same through an exported file`() throws {
        let home = try TemporaryHome()
        let store = try home.store()
        let names = ["bars/daily/stocknet/AGFS.csv.gz", "bars/minute/us/SPY_1m_20201215-18.csv.gz"]
        _ = importing(names.map { SharedData.file($0).path }, into: store)
        for listing in try store.list() {
            let path = home.path + "/\(listing.key.symbol).csv"
            #expect(try store.export(listing.key, to: path) == listing.count)
            let other = try BarStore.open(home: home.path + "/other")
            let summary = importing([path], into: other)
            #expect(summary.failed.isEmpty)
            #expect(summary.files.first?.dialect == .bellwether)
            #expect(try other.series(listing.key).elementsEqual(store.series(listing.key)))
        }
    }

    /// The sessions of New York as an independent calendar lists them.
    private func newYork() throws -> SessionBounds {
        let bytes = try PackedFile.read(SharedData.file("reference/calendars/xnys.csv.gz").path).bytes
        var sessions: [Int: (start: Timestamp, end: Timestamp)] = [:]
        for row in String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
            let cells = row.split(separator: ",").map(String.init)
            let day = try #require(CivilDate(String(cells[0].prefix(10)))).daysSinceEpoch
            sessions[day] = (try #require(Timestamp(cells[1])), try #require(Timestamp(cells[2])))
        }
        let table = sessions
        return { table[$0.daysSinceEpoch] }
    }

    @Test func `daily bars of shares take the hours of their sessions and have no gaps`() throws {
        let home = try TemporaryHome()
        let sessions = try newYork()
        let store = try home.store()
        let files = ["long/AAPL_20040819-20180120.csv.gz", "long/INTC_19950101-20040412.csv.gz", "stocknet/BAC.csv.gz"]
        let summary = DataImport(into: store, sessions: { _, _ in sessions }).run(
            files.map { SharedData.file("bars/daily/" + $0).path }, ImportPlan(), importedAt: importTime)
        #expect(summary.failed.isEmpty)
        #expect(summary.files.flatMap(\.series).allSatisfy { $0.gaps == [] })
        let apple = try store.series(BarKey(try #require(Symbol("AAPL")), .day))
        #expect(apple.first?.start == Timestamp("2004-08-19T13:30:00Z"))
        #expect(apple.first?.end == Timestamp("2004-08-19T20:00:00Z"))
        // The day before Independence Day closes at 13:00 in New York.
        #expect(apple.contains { $0.end == Timestamp("2012-07-03T17:00:00Z") })
    }

    @Test func `minutes missing inside sessions are gaps and the nights are not`() throws {
        let home = try TemporaryHome()
        let sessions = try newYork()
        let store = try home.store()
        let path = SharedData.file("bars/minute/us/SPX_1m_20191105-08.csv.gz").path
        let summary = DataImport(into: store, sessions: { _, _ in sessions }).run(
            [path], ImportPlan(), importedAt: importTime)
        // Four sessions of 390 minutes.
        let gaps = try #require(summary.files.first?.series.first?.gaps)
        let series = try store.series(BarKey(try #require(Symbol("SPX")), .minutes(1)))
        let inside = series.count { bar in
            guard let session = sessions(bar.start.date) else { return false }
            return bar.start >= session.start && bar.start < session.end
        }
        #expect(gaps.reduce(0) { $0 + $1.missing } == 4 * 390 - inside)
    }
}
