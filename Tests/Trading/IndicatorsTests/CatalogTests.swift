import Determinism
import Indicators
import Testing
import TradingModel

@Suite struct CatalogTests {
    let catalog = IndicatorCatalog.standard

    static let asked = [
        "sma", "ema", "wma", "rsi", "macd", "bbands", "atr", "adx", "stoch", "obv", "vwap", "roc", "stddev", "donchian",
    ]

    @Test(arguments: asked)
    func `has the indicator`(name: String) throws {
        #expect(try catalog.definition(named: name).name == name)
    }

    @Test func `every name is unique and says what it gives`() throws {
        #expect(Set(catalog.names).count == catalog.names.count)
        let bars = bars(300)
        for definition in catalog.definitions {
            let table = try catalog.compute(name: definition.name, bars: bars)
            #expect(table.names == definition.outputs && table.columns.count == definition.outputs.count)
            #expect(table.columns.allSatisfy { $0.count == 300 && !$0[299].isNaN }, "\(definition.name)")
            let warmUp = try definition.make().warmUp
            #expect(table.columns[0].firstIndex { !$0.isNaN } == warmUp - 1, "\(definition.name)")
        }
    }

    @Test func `computes what the indicator computes`() throws {
        let bars = bars(200)
        let table = try catalog.compute(name: "macd", parameters: ["fast": 5, "slow": 13, "signal": 4], bars: bars)
        let expected = MACD(fast: 5, slow: 13, signal: 4).columns(over: PriceColumns(bars).close)
        #expect(table.columns.map(bits) == expected.map(bits))
        #expect(table.times == bars.map(\.end))
        #expect(table.value("signal", at: 199) == expected[1][199])
        #expect(table.value("signal", at: 3) == nil)
    }

    @Test func `a word chooses a variant`() throws {
        let bars = bars(50)
        let sample = try catalog.compute(name: "stddev", parameters: ["basis": "sample", "period": 10], bars: bars)
        let expected = StandardDeviation(10, .sample).values(over: PriceColumns(bars).close)
        #expect(bits(sample.columns[0]) == bits(expected))
    }

    @Test func `a table is written as CSV with empty cells while warming up`() throws {
        let csv = try catalog.compute(name: "sma", parameters: ["period": 2], bars: bars(3)).csv
        let lines = csv.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5 && lines[0] == "time,sma")
        #expect(lines[1] == "1970-01-02T00:00:00Z,")
        #expect(lines[2].hasPrefix("1970-01-03T00:00:00Z,1"))
    }

    static let mistakes:
        [(name: String, parameters: [String: ParameterValue], code: IndicatorError.Code, says: [String])] =
            [
                ("macdd", [:], .unknownIndicator, ["'macdd'", "did you mean 'macd'?", "sma, ema"]),
                ("SMA", [:], .unknownIndicator, ["did you mean 'sma'?"]),
                ("zzzzzzzzzz", [:], .unknownIndicator, ["there is no indicator 'zzzzzzzzzz'; there are"]),
                ("sma", ["perod": 5], .unknownParameter, ["sma has no parameter 'perod'", "did you mean 'period'?"]),
                ("vwap", ["period": 5], .unknownParameter, ["it takes none"]),
                ("sma", ["period": 0], .badParameter, ["sma period=0 is not one of 1...100000"]),
                ("sma", ["period": 2.5], .badParameter, ["period=2.5"]),
                ("sma", ["period": "ten"], .badParameter, ["period=ten"]),
                ("adx", ["period": 1], .badParameter, ["2...100000"]),
                ("stddev", ["basis": "both"], .badParameter, ["population|sample"]),
                ("bbands", ["deviations": -1], .badParameter, ["deviations=-1"]),
                ("bbands", ["deviations": .number(.nan)], .badParameter, ["deviations=nan"]),
            ]

    @Test(arguments: mistakes.indices)
    func `a mistake is named with what is allowed`(index: Int) throws {
        let mistake = Self.mistakes[index]
        let error = try #require(throws: IndicatorError.self) {
            try catalog.compute(name: mistake.name, parameters: mistake.parameters, bars: [])
        }
        #expect(error.code == mistake.code)
        for text in mistake.says { #expect(error.message.contains(text), "\(error)") }
    }

    @Test(arguments: [0, -1, 100_001])
    func `a period outside the range is refused`(count: Int) {
        #expect(throws: IndicatorError.self) { try Period(count) }
    }

    @Test func `columns of different lengths are refused`() {
        #expect(throws: IndicatorError.self) { try PriceColumns(high: [1], low: [1, 2], close: [1]) }
    }

    @Test func `patterns over a series are a table of the same rows`() {
        let bars = bars(100)
        let table = CandlestickPatterns.table(over: bars)
        #expect(table.names.count == CandlestickPattern.allCases.count && table.times.count == 100)
        #expect(table.columns.allSatisfy { $0[13...].allSatisfy { [-1, 0, 1].contains($0) } })
    }

    private func bars(_ count: Int) -> [Bar] {
        Samples.bars(count, seed: 11).enumerated().map { index, bar in
            let start = Timestamp(CivilDate(daysSinceEpoch: index))
            let (high, low, close) = (price(bar.high), price(bar.low), price(bar.close))
            return Bar(
                start: start, end: start + .seconds(86_400), open: close, high: high, low: low, close: close,
                volume: bar.volume + 1)
        }
    }

    private func price(_ value: Double) -> Price {
        Price(nearest: value) ?? .zero
    }
}
