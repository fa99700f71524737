import Indicators
import SharedData
import Testing

/// StockCharts' ChartSchool worksheets as `bukosabino/ta` keeps them, to the decimals that they print.
///
/// RSI, MACD and ATR are left out: there `ta` starts the averages from zero, from the first price and from the first bar's
/// high less low, and the sheets end before that is forgotten.
@Suite(.needsSharedData) struct ChartSchoolTests {
    @Test func `Bollinger bands`() throws {
        let sheet = try Reference.worksheet("bbands", ["Close", "HighBand", "MiddleBand", "LowBand"])
        let bands = BollingerBands(20).columns(over: sheet[0])
        for column in 0..<3 { check(bands[column], sheet[column + 1], within: 5e-4, atLeast: 20) }
    }

    @Test func `rate of change`() throws {
        let sheet = try Reference.worksheet("roc", ["Close", "ROC"])
        check(ROC(12).values(over: sheet[0]), sheet[1], within: 5e-5, atLeast: 8)
    }

    @Test func `on-balance volume`() throws {
        let sheet = try Reference.worksheet("obv", ["Close", "Volume", "OBV"])
        let bars = zip(sheet[0], sheet[1]).map { PriceBar(high: $0, low: $0, close: $0, volume: $1.isNaN ? 0 : $1) }
        check(OBV(start: .zero).values(over: PriceColumns(bars)), sheet[2], within: 0, atLeast: 29)
    }

    @Test func `directional index`() throws {
        let sheet = try Reference.worksheet("adx", ["Close", "High", "Low", "ADX", "+DI14", "-DI14"])
        let bars = try PriceColumns(high: sheet[1], low: sheet[2], close: sheet[0])
        let columns = ADX(14, start: .full).columns(over: bars)
        for column in 0..<3 { check(columns[column], sheet[column + 3], within: 5e-4, atLeast: 400) }
    }

    @Test func `fast stochastic and its average`() throws {
        let sheet = try Reference.worksheet("soo", ["High", "Low", "Close", "SO", "SO_SIG"])
        let closes = sheet[2].map { $0.isNaN ? 0 : $0 }
        let bars = try PriceColumns(high: sheet[0], low: sheet[1], close: closes)
        let columns = Stochastic(14, smoothing: 1, signal: 3).columns(over: bars)
        check(columns[0], sheet[3], within: 5e-4, atLeast: 14)
        check(columns[1], sheet[4], within: 5e-4, atLeast: 14)
    }

    @Test func `volume-weighted price`() throws {
        let sheet = try Reference.worksheet("vwap", ["Close", "High", "Low", "Volume", "vwap"])
        let bars = try PriceColumns(high: sheet[1], low: sheet[2], close: sheet[0], volume: sheet[3])
        check(RollingVWAP(14).values(over: bars), sheet[4], within: 1e-9, atLeast: 17)
    }

    private func check(_ values: [Double], _ expected: [Double], within tolerance: Double, atLeast rows: Int) {
        let shared = values.indices.filter { !values[$0].isNaN && !expected[$0].isNaN }
        #expect(shared.count >= rows, "only \(shared.count) rows to compare")
        for row in shared {
            #expect((values[row] - expected[row]).magnitude <= tolerance, "row \(row)")
        }
    }
}
