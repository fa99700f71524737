import Determinism
import MarketData
import SharedData
import Testing
import TradingModel

@Suite struct PriceAdjustmentTests {
    private let split = CorporateAction(date: CivilDate(daysSinceEpoch: 3), kind: .split, value: 2)
    private let dividend = CorporateAction(date: CivilDate(daysSinceEpoch: 5), kind: .dividend, value: 5)

    private func bars(_ closes: [Int64]) -> BarColumns {
        BarColumns(
            closes.enumerated().map { index, close in
                let start = Timestamp(CivilDate(daysSinceEpoch: index))
                let price = Price(raw: close * 100_000_000)
                return Bar(
                    start: start, end: start + .seconds(86_400), open: price, high: price, low: price, close: price,
                    volume: 10)
            })
    }

    @Test func `before a split prices are divided and volumes multiplied`() throws {
        let adjusted = try PriceAdjustment.adjusted(
            bars([100, 100, 100, 50, 50]), by: [split], from: .asTraded, to: .splits)
        #expect(adjusted.close == Array(repeating: 5_000_000_000, count: 5))
        #expect(adjusted.volume == [20, 20, 20, 10, 10])
    }

    @Test func `before a dividend prices lose its share of the close before it`() throws {
        let adjusted = try PriceAdjustment.adjusted(
            bars([200, 200, 200, 100, 100, 95]), by: [split, dividend], from: .asTraded, to: .splitsAndDividends)
        #expect(adjusted.close == Array(repeating: 9_500_000_000, count: 6))
        #expect(adjusted.volume == [20, 20, 20, 10, 10, 10])
    }

    @Test func `is never done twice, on unknown prices, or against what the prices show`() {
        let traded = bars([100, 100, 100, 50, 50])
        let smooth = bars([50, 50, 50, 50, 50])
        #expect(throws: AdjustmentError.self) {
            try PriceAdjustment.adjusted(traded, by: [split], from: .splits, to: .splits)
        }
        #expect(throws: AdjustmentError.self) {
            try PriceAdjustment.adjusted(traded, by: [split], from: nil, to: .splits)
        }
        #expect(throws: AdjustmentError.self) {
            try PriceAdjustment.adjusted(smooth, by: [split], from: .asTraded, to: .splits)
        }
        #expect(throws: AdjustmentError.self) {
            try PriceAdjustment.adjusted(traded, by: [split], from: .splits, to: .splitsAndDividends)
        }
    }
}
