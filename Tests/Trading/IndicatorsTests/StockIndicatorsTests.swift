import Indicators
import SharedData
import Testing

/// The tables of `DaveSkender/Stock.Indicators`, to 1e-9 wherever both sides have a value.
@Suite(.needsSharedData) struct StockIndicatorsTests {
    struct Table: Sendable, CustomTestStringConvertible {
        let name: String
        let keys: [String]
        let firstRow: Int
        let columns: @Sendable ([PriceBar]) -> [[Double]]
        var testDescription: String { name }

        init(_ name: String, _ keys: [String], from firstRow: Int, _ indicator: some PriceIndicator) {
            self.init(name, keys, from: firstRow) { indicator.columns(over: $0.map(\.close)) }
        }

        init(_ name: String, _ keys: [String], from firstRow: Int, _ indicator: some BarIndicator) {
            self.init(name, keys, from: firstRow) { indicator.columns(over: PriceColumns($0)) }
        }

        init(
            _ name: String, _ keys: [String], from firstRow: Int,
            columns: @escaping @Sendable ([PriceBar]) -> [[Double]]
        ) {
            self.name = name
            self.keys = keys
            self.firstRow = firstRow
            self.columns = columns
        }
    }

    /// `from` is the first row that both sides must have.
    static let tables = [
        Table("sma", ["sma"], from: 19, SMA(20)),
        Table("ema", ["ema"], from: 19, EMA(20)),
        Table("wma", ["wma"], from: 13, WMA(14)),
        Table("rsi", ["rsi"], from: 14, RSI(14)),
        Table("macd", ["macd", "signal", "histogram"], from: 33, MACD(start: .apart)),
        Table("bb", ["upperBand", "sma", "lowerBand"], from: 19, BollingerBands(20)),
        Table("stdev", ["stdDev"], from: 13, StandardDeviation(14)),
        Table("roc", ["roc"], from: 14, ROC(14)),
        Table("tr", ["tr"], from: 1, TrueRange()),
        Table("atr", ["atr"], from: 14, ATR(14)),
        Table("adx", ["adx", "pdi", "mdi"], from: 27, ADX(14, start: .full)),
        Table("adx", ["pdi", "mdi"], from: 14, DirectionalMovement(14, start: .full)),
        Table("stoch", ["k", "d"], from: 17, Stochastic(14, smoothing: 3, signal: 3)),
        Table("obv", ["obv"], from: 0, OBV(start: .zero)),
        Table("vwap", ["vwap"], from: 0, VWAP()),
        Table("donchian", ["upperBand", "centerline", "lowerBand"], from: 20, Donchian(20, .beforePresent)),
    ]

    @Test(arguments: tables)
    func `equals the table`(table: Table) throws {
        let columns = table.columns(try Reference.bars())
        for (column, key) in zip(columns, table.keys) {
            let expected = try Reference.column(table.name, key)
            try #require(expected.count == column.count)
            let shared = column.indices.filter { !column[$0].isNaN }
            #expect(shared.first == table.firstRow && shared.count == column.count - table.firstRow, "\(key)")
            let worst = shared.map { distance(column[$0], expected[$0]) }.max() ?? .infinity
            #expect(worst < 1e-9, "\(key) is off by \(worst)")
        }
    }
}
