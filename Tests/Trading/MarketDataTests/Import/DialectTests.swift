import Determinism
import MarketData
import Testing
import TradingModel

/// New York without daylight saving, which is enough where a test does not cross a change of clock.
private let context = ImportContext(zone: { name in
    switch name {
    case "UTC": .utc
    case "America/New_York": ImportZone(name: name) { _ in -18_000 }
    default: nil
    }
})

private func read(
    _ text: String, _ path: String = "ABC.csv", _ change: (inout ImportOptions) -> Void = { _ in }
) throws(ImportError) -> ParsedFile {
    var options = ImportOptions()
    change(&options)
    return try MarketDataReader(options, context).read(Array(text.utf8), path: path)
}

private func failure(
    _ text: String, _ path: String = "ABC.csv", _ change: (inout ImportOptions) -> Void = { _ in }
) -> ImportError? {
    do {
        _ = try read(text, path, change)
        return nil
    } catch {
        return error
    }
}

@Suite struct DialectTests {
    /// The same two days in different clothes.
    static let tables: [(ImportDialect, String)] = [
        (.plain, "date,open,high,low,close,volume\n2020-03-02,10,12,9,11,100\n2020-03-03,11,13,10,12,200\n"),
        (.plain, "\u{FEFF}Date,Open,Close,High,Low,Volume\r\n3/2/2020,10,11,12,9,100\r\n3/3/2020,11,12,13,10,200\r\n"),
        (.plain, ",date,open,high,low,close,volume\n0,2020-03-02,10,12,9,11,100.0\n1,2020-03-03,11,13,10,12,200.0\n"),
        (.plain, "Timestamp,Open,High,Low,Close,Volume\n2020-03-03,11,13,10,12,200\n2020-03-02,10,12,9,11,100\n"),
        (.plain, "date;open;high;low;close;volume\n02-Mar-20;10;12;9;11;100\n3-Mar-20;11;13;10;12;200\n"),
        (.plain, "date\topen\thigh\tlow\tclose\tvolume\n20200302\t10\t12\t9\t11\t100\n20200303\t11\t13\t10\t12\t200"),
        (
            .plain,
            "timestamp_ms,open,high,low,close,volume\n1583107200000,10,12,9,11,100\n1583193600000,11,13,10,12,200\n"
        ),
        (.plain, "unix,o,h,l,c,v\n1583107200,10,12,9,11,100\n1583193600,11,13,10,12,200\n"),
        (
            .plain,
            "time,open,high,low,close,volume\n1583107200000000,10,12,9,11,100\n1583193600000000,11,13,10,12,200\n"
        ),
        (
            .plain,
            "time,open,high,low,close,volume\n1583107200000000000,10,12,9,11,1e2\n1583193600000000000,11,13,10,12,2e2\n"
        ),
        (
            .plain,
            "\"Date\",\"Open\",\"High\",\"Low\",\"Close\",\"Volume\"\n\"2020-03-02\",\"10\",\"12\",\"9\",\"11\",\"100\"\n2020-03-03,11,13,10,12,200\n"
        ),
        (
            .plain,
            "time,open,high,low,close,volume\n2020-03-02T00:00:00Z,10,12,9,11,100\n2020-03-03T01:00:00+01:00,11,13,10,12,200\n"
        ),
        (
            .yahoo,
            "Date,Open,High,Low,Close,Adj Close,Volume\n2020-03-02,10,12,9,11,5,100\n2020-03-03,11,13,10,12,6,200\n"
        ),
        (
            .csvdir,
            "date,open,high,low,close,volume,dividend,split\n2020-03-02,10,12,9,11,100,0.0,1.0\n2020-03-03,11,13,10,12,200,0.0,1.0\n"
        ),
        (.goCryptoTrader, "1583107200,100,10,12,9,11\n1583193600,200,11,13,10,12\n"),
        (.plain, "2020-03-02,10,12,9,11,100\n2020-03-03,11,13,10,12,200\n"),
        (
            .plain,
            "www.example.com\ndate,open,high,low,close,Volume USD\n2020-03-02,10,12,9,11,100\n2020-03-03,11,13,10,12,200\n"
        ),
        (
            .binanceKlines,
            "1583107200000,10,12,9,11,100,1583193599999,1,1,1,1,0\n1583193600000,11,13,10,12,200,1583279999999,1,1,1,1,0\n"
        ),
        (
            .binanceKlines,
            "[[1583107200000,\"10\",\"12\",\"9\",\"11\",\"100\",1583193599999,\"1\",1,\"1\",\"1\",\"0\"],[1583193600000,\"11\",\"13\",\"10\",\"12\",\"200\",1583279999999,\"1\",1,\"1\",\"1\",\"0\"]]"
        ),
        (
            .coinbaseCandles,
            "{\"candles\":[{\"start\":\"1583107200\",\"low\":\"9\",\"high\":\"12\",\"open\":\"10\",\"close\":\"11\",\"volume\":\"100\"},{\"low\":\"10\",\"start\":\"1583193600\",\"high\":\"13\",\"open\":\"11\",\"close\":\"12\",\"volume\":\"200\"}]}"
        ),
        (
            .ta4jBars,
            "{\"name\":\"x\",\"ohlc\":[{\"endTime\":1583193599999,\"openPrice\":10,\"highPrice\":12,\"lowPrice\":9,\"closePrice\":11,\"volume\":100,\"amount\":0.0},{\"endTime\":1583279999999,\"openPrice\":11,\"highPrice\":13,\"lowPrice\":10,\"closePrice\":12,\"volume\":200,\"amount\":0.0}]}"
        ),
        (
            .bellwether,
            "start,end,open,high,low,close,volume\n2020-03-02T00:00:00Z,2020-03-03T00:00:00Z,10,12,9,11,100\n2020-03-03T00:00:00Z,2020-03-04T00:00:00Z,11,13,10,12,200.0\n"
        ),
    ]

    @Test(arguments: tables) func `gives the same bars however they are written`(dialect: ImportDialect, text: String)
        throws
    {
        let file = try read(text) { $0.dayOrder = .monthFirst }
        let series = try #require(file.series.first)
        #expect(file.dialect == dialect)
        #expect(file.badRows.isEmpty)
        #expect(series.symbol.name == "ABC")
        #expect(series.barLength == .day)
        #expect(series.bars.open == [1_000_000_000, 1_100_000_000])
        #expect(series.bars.high == [1_200_000_000, 1_300_000_000])
        #expect(series.bars.low == [900_000_000, 1_000_000_000])
        #expect(series.bars.close == [1_100_000_000, 1_200_000_000])
        #expect(series.bars.volume == [100, 200])
        let starts = series.bars.start.map { Timestamp(nanoseconds: $0).description }
        #expect(dialect == .ta4jBars || starts == ["2020-03-02T00:00:00Z", "2020-03-03T00:00:00Z"])
    }

    @Test func `dates that can be read in two ways are refused until the order is said`() throws {
        let text = "date,open,high,low,close,volume\n3/2/2020,10,12,9,11,100\n"
        #expect(failure(text)?.code == .unsaid)
        let dayFirst = try read(text) { $0.dayOrder = .dayFirst }
        #expect(dayFirst.series[0].bars[0].start == Timestamp("2020-02-03"))
        let plain = try read(text + "12/31/2020,10,12,9,11,100\n") { $0.barLength = .day }
        #expect(plain.series[0].bars[0].start == Timestamp("2020-03-02"))
    }

    @Test func `a header that lacks a price, doubles one or has no time is refused by name`() {
        #expect(failure("date,open,high,close\n2020-01-01,1,1,1\n")?.message.contains("called low") == true)
        #expect(failure("date,open,high,low,close,close\n2020-01-01,1,1,1,1,1\n")?.code == .unknownLayout)
        #expect(failure("when,open,high,low,close\n2020-01-01,1,1,1,1\n")?.message.contains("when, open") == true)
    }

    @Test func `numbers that do not show which column is which are refused, and read when named`() throws {
        let flat = "1583107200,10,10,10,10,10\n1583193600,11,11,11,11,11\n"
        #expect(failure(flat)?.code == .unknownLayout)
        let named = try read(flat) { $0.columns = ["time", "open", "high", "low", "close", "volume"] }
        #expect(named.series[0].bars.volume == [10, 11])
    }

    @Test func `a mark said by the caller overrides the dialect's`() throws {
        let text = "20200302 100000;10;12;9;11;100\n20200302 100100;11;13;10;12;200\n"
        #expect(try read(text).series[0].bars[0].end == Timestamp("2020-03-02T10:00:00Z"))
        let start = try read(text) { $0.timeMark = .start }
        #expect(start.series[0].bars[0].start == Timestamp("2020-03-02T10:00:00Z"))
        let zoned = try read(text) { $0.zone = "America/New_York" }
        #expect(zoned.series[0].bars[0].end == Timestamp("2020-03-02T15:00:00Z"))
    }

    @Test func `local times that fit no session need a zone`() {
        let text = "time,open,high,low,close\n2020-03-02 04:00,1,1,1,1\n2020-03-02 04:01,1,1,1,1\n"
        #expect(failure(text)?.code == .unsaid)
        #expect(failure(text) { $0.zone = "Mars/Base" }?.message.contains("Mars/Base") == true)
        #expect(failure(text) { $0.assetClass = .crypto } == nil)
    }

    @Test(arguments: [
        "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nABC,5,20200302,093000,1,1,1,1,5,0\n"
            + "ABC,5,20200302,093500,1,1,1,1,5,0\n",
        "Date,Time,Open,High,Low,Close,Volume\n03/02/2020,9:30,1,1,1,1,5\n03/02/2020,9:35,1,1,1,1,5\n",
    ]) func `a date and a clock in two columns are one local time`(text: String) throws {
        let file = try read(text) { $0.dayOrder = .monthFirst }
        #expect(file.zone == "America/New_York")
        #expect(file.series[0].barLength == .minutes(5))
        #expect(file.series[0].bars[0].start == Timestamp("2020-03-02T14:30:00Z"))
    }

    @Test func `a clock that springs forward has no bar in the hour it skips`() throws {
        let zone = ImportZone(name: "Test/Spring") { local in
            local % 86_400 / 3600 == 2 ? nil : local % 86_400 < 7200 ? -18_000 : -14_400
        }
        var options = ImportOptions()
        options.zone = "Test/Spring"
        let reader = MarketDataReader(options, ImportContext(zone: { _ in zone }))
        let rows = (0..<6).map { "2020-03-08 0\($0):00,1,1,1,1" }.joined(separator: "\n")
        let file = try reader.read(Array(("time,open,high,low,close\n" + rows).utf8), path: "ABC.csv")
        #expect(file.badRows.map(\.reason) == [.skippedTime])
        #expect(file.series[0].bars.count == 5)
        #expect(file.series[0].bars[2].start == Timestamp("2020-03-08T07:00:00Z"))
    }

    @Test func `sessions give daily bars their hours, and a day without one is bad`() throws {
        let sessions: SessionBounds = { date in
            guard date.weekday != .tuesday else { return nil }
            let midnight = Timestamp(date)
            return (midnight + .seconds(52_200), midnight + .seconds(75_600))
        }
        let reader = MarketDataReader(ImportOptions(), ImportContext(sessions: { _, _ in sessions }))
        let file = try reader.read(Array(DialectTests.tables[0].1.utf8), path: "ABC.csv")
        #expect(file.series[0].bars[0].start == Timestamp("2020-03-02T14:30:00Z"))
        #expect(file.series[0].bars[0].end == Timestamp("2020-03-02T21:00:00Z"))
        #expect(file.badRows.map(\.reason) == [.noSession])
        #expect(file.badRows.map(\.line) == [3])
    }

    @Test func `several tickers in one file become several series`() throws {
        let text = """
            ticker,date,open,high,low,close,volume,ex-dividend,split_ratio
            BBB,2020-03-02,10,12,9,11,100,0.5,1.0
            BBB,2020-03-03,11,13,10,12,200,0.0,1.0
            AAA,2020-03-02,10,12,9,11,100,0.0,1.0
            AAA,2020-03-03,5,6,5,5.5,200,0.0,2.0
            """
        let file = try read(text)
        #expect(file.dialect == .quandlWiki)
        #expect(file.series.map(\.symbol.name) == ["AAA", "BBB"])
        #expect(file.series[0].actions.map(\.kind) == [.split])
        #expect(
            file.series[1].actions == [
                CorporateAction(date: try #require(CivilDate("2020-03-02")), kind: .dividend, value: 0.5)
            ])
        #expect(file.series.allSatisfy { $0.basis == .asTraded })
    }

    @Test func `a panel gives a series a column and skips empty cells`() throws {
        let file = try read("date,T,V,BRK.B\n2020-03-02,1.5,,3\n2020-03-03,1.6,2.5,-3\n", "panel.csv")
        #expect(file.dialect == .panel)
        #expect(file.series.map(\.symbol.name) == ["BRK.B", "T", "V"])
        #expect(file.series.map(\.bars.count) == [1, 2, 1])
        #expect(file.badRows.map(\.column) == ["BRK.B"])
    }

    @Test func `trades become ticks, and bars where a length is said`() throws {
        let text = "1583107200,10,1,buy\n1583107201,12,2,sell\n1583107259,9,1,ANY\n1583107320,11,4,buy\n"
        let ticks = try read(text, "BTCUSD.csv")
        #expect(ticks.ticks.first?.trades.map(\.aggressor) == [.buy, .sell, nil, .buy])
        #expect(ticks.series.isEmpty)
        let bars = try read(text, "BTCUSD.csv") { $0.barLength = .minutes(1) }.series[0].bars
        #expect(bars.count == 2)
        #expect(bars.high[0] == 1_200_000_000)
        #expect(bars.low[0] == 900_000_000)
        #expect(bars.volume == [4, 4])
    }
}

@Suite struct BadRowTests {
    private let header = "date,open,high,low,close,volume\n"

    @Test(
        arguments: [
            ("2020-03-03,-,13,10,12,200", .unparsableNumber, "open"),
            ("2020-03-03,,13,10,12,200", .missing, "open"), ("2020-03-03,11,13,10,0,200", .priceNotPositive, "close"),
            ("2020-03-03,11,13,-10,12,200", .priceNotPositive, "low"),
            ("2020-03-03,11,11.5,10,12,200", .highLowDoNotBound, "high"),
            ("2020-03-03,11,13,11.5,12,200", .highLowDoNotBound, "low"),
            ("2020-03-03,11,13,10,12,-1", .volumeNegative, "volume"),
            ("2020-03-03,11,13,10,12,nan", .unparsableNumber, "volume"),
            ("2020-03-03,11,13,10,12,1e13", .outOfRange, "volume"),
            ("2020-03-03,11,1e20,10,12,200", .outOfRange, "high"),
            ("2020-02-30,11,13,10,12,200", .unparsableTime, "date"),
            ("1500-01-01,11,13,10,12,200", .unparsableTime, "date"), (",11,13,10,12,200", .missing, "date"),
            ("2020-03-02,11,13,10,12,200", .duplicateTime, "date"), ("2020-02-03,11,13,10,12,200", .outOfOrder, "date"),
            ("2020-03-03,11,13,10,12,200,7", .cellCount, nil), ("2020-03-03,11,13,10", .cellCount, nil),
        ] as [(String, BadRow.Reason, String?)]) func `sets a row aside with its line, column and reason`(
            row: String, reason: BadRow.Reason, column: String?
        ) throws
    {
        let before = "2020-03-02,10,12,9,11,100\n"
        let after = "2020-03-04,10,12,9,11,100\n2020-03-05,10,12,9,11,100\n"
        let file = try MarketDataReader().read(Array((header + before + row + "\n" + after).utf8), path: "ABC.csv")
        #expect(file.rows == 4)
        #expect(file.badRows.map(\.line) == [3])
        #expect(file.badRows.map(\.reason) == [reason])
        #expect(file.badRows.map(\.column) == [column])
        #expect(file.series.first?.bars.count == 3)
    }

    @Test func `offending text is shortened and its control characters are visible`() {
        let row = BadRow(
            line: 1, column: nil, text: "\u{1B}[31m" + String(repeating: "x", count: 100), reason: .missing)
        #expect(row.text.hasPrefix("\\u{1b}[31m"))
        #expect(row.text.hasSuffix("…"))
        #expect(row.text.unicodeScalars.allSatisfy { $0.value >= 32 })
    }

    @Test(
        arguments: [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "PNG"),
            (Array("<!DOCTYPE html><html>".utf8), "web page"),
            ([0x7F, 0x45, 0x4C, 0x46, 0, 0], "program"), (Array("PAR1xxxx".utf8), "Parquet"), ([], "empty"),
            (Array(" \n\n".utf8), "empty"), (Array("date,open,high,low,close\n".utf8), "no rows"),
            (Array("date,open,high,low,close\n2020-01-01,1,\u{0},1,1\n".utf8), "NUL byte in line 2"),
            (Array("date,open,high,low,close\n".utf8) + [0xFF, 0x41, 0x0A], "UTF-8 text in line 2"),
            (Array("just words\nand more words\n".utf8), "no table"), (Array("{\"news\": []}".utf8), "without rows"),
            (Array("{\"a\": 1}".utf8), "without an array"), (Array("[[1583107200000,1,1".utf8), "has no end"),
            (Array("[{\"time\":1583107200,\"open\":1,\"high\":1,\"low\":1,\"close\":1},{\"time\"".utf8), "element 2"),
        ] as [([UInt8], String)]) func `what is no market data is refused in one line`(bytes: [UInt8], words: String)
    {
        do {
            _ = try MarketDataReader().read(bytes, path: "folder/file.csv")
            Issue.record("was read")
        } catch {
            #expect(error.message.contains(words), "\(error.message)")
            #expect(!error.message.contains("\n"))
        }
    }

    @Test func `an endless line is refused`() {
        let bytes = Array("date,open\n".utf8) + [UInt8](repeating: 65, count: 3_000_000)
        #expect(throws: ImportError.self) { try MarketDataReader().read(bytes, path: "x.csv") }
    }

    @Test func `random bytes never trap`() {
        var random = SeededRandom(seed: 21)
        let alphabet = Array("0123456789.,-:/ \n\r\"TZ;{}[]eE+abc".utf8)
        let headers = ["date,open,high,low,close,volume\n", "[{\"time\":", "{\"candles\":[[", "", "id,price,amount\n"]
        for round in 0..<4000 {
            var bytes = Array(headers[round % headers.count].utf8)
            for _ in 0..<(random.next() % 300) {
                bytes.append(alphabet[Int(random.next() % UInt64(alphabet.count))])
            }
            _ = try? MarketDataReader().read(bytes, path: "ABC.csv")
        }
    }
}

@Suite struct SymbolInferenceTests {
    @Test(arguments: [
        ("AAPL.csv.gz", "AAPL", AssetClass.equity), ("x/BRK-A.csv.gz", "BRK-A", .equity),
        ("BRK_A.csv", "BRK_A", .equity),
        ("SPY_20080101-20180101.csv.gz", "SPY", .equity), ("WIKI-AAPL-2011.csv.gz", "AAPL", .equity),
        ("yahoofinance-INTC-19950101-20040412.csv", "INTC", .equity), ("BTC-PERP_1m_2021.csv", "BTC-PERP", .crypto),
        ("binance_BTCUSDT_24h.csv", "BTCUSDT", .crypto), ("Coinbase-BTC-USD-PT4H-20160518.csv", "BTC-USD", .crypto),
        ("crypto/kraken/FOO.csv", "FOO", .crypto), ("aapl.csv", "AAPL", .equity), ("BCH.csv", "BCH", .equity),
    ]) func `a file's name tells symbol and class`(path: String, symbol: String, assetClass: AssetClass) throws {
        let text = "date,open,high,low,close\n2020-03-02,1,1,1,1\n2020-03-03,1,1,1,1\n"
        let file = try MarketDataReader().read(Array(text.utf8), path: path)
        #expect(file.series.first?.symbol.name == symbol)
        #expect(file.series.first?.assetClass == assetClass)
        #expect(file.notes.contains { $0.contains("symbol \(symbol)") })
    }

    @Test func `a name that shows no symbol is refused`() {
        let text = Array("date,open,high,low,close\n2020-03-02,1,1,1,1\n".utf8)
        #expect(throws: ImportError.self) { try MarketDataReader().read(text, path: "sharpe-ratio-test-spy.csv") }
    }
}
