import Foundation
import Indicators
import Testing

/// One recurrence, three ways to drive it.
@Suite struct StreamingTests {
    static let lengths = [0, 1, 7, 64, 611]

    @Test(arguments: lengths)
    func `prices one by one, all at once and in pieces give the same bits`(length: Int) {
        let prices = Samples.prices(length, seed: UInt64(length) + 1)
        for indicator in Zoo.prices { check(indicator, prices) }
    }

    @Test(arguments: lengths)
    func `bars one by one, all at once and in pieces give the same bits`(length: Int) {
        let bars = Samples.bars(length, seed: UInt64(length) + 1)
        for indicator in Zoo.bars { check(indicator, bars) }
    }

    @Test func `the first value comes with the warmUp-th input`() {
        let bars = Samples.bars(600, seed: 5)
        for indicator in Zoo.prices {
            #expect(firstValue(indicator, bars.map(\.close)) == indicator.warmUp, "\(indicator)")
        }
        for indicator in Zoo.bars where !(indicator is RollingVWAP) && !(indicator is VWAP) {
            #expect(firstValue(indicator, bars) == indicator.warmUp, "\(indicator)")
        }
    }

    private func check<I: PriceIndicator>(_ indicator: I, _ prices: [Double]) {
        var streaming = indicator
        let one = prices.map { (streaming.update($0) ?? .absent).numbers }
        let whole = indicator.columns(over: prices)
        var piecewise = indicator
        let split = prices.count / 3
        let first = piecewise.columns(over: Array(prices[..<split]))
        for price in prices[..<split] { _ = piecewise.update(price) }
        let second = piecewise.columns(over: Array(prices[split...]))
        for column in 0..<I.Output.width {
            #expect(bits(one.map { $0[column] }) == bits(whole[column]), "\(indicator)")
            #expect(bits(first[column] + second[column]) == bits(whole[column]), "\(indicator)")
        }
    }

    private func check<I: BarIndicator>(_ indicator: I, _ bars: [PriceBar]) {
        var streaming = indicator
        let one = bars.map { (streaming.update($0) ?? .absent).numbers }
        let whole = indicator.columns(over: PriceColumns(bars))
        var piecewise = indicator
        let split = bars.count / 3
        let first = piecewise.columns(over: PriceColumns(Array(bars[..<split])))
        for bar in bars[..<split] { _ = piecewise.update(bar) }
        let second = piecewise.columns(over: PriceColumns(Array(bars[split...])))
        for column in 0..<I.Output.width {
            #expect(bits(one.map { $0[column] }) == bits(whole[column]), "\(indicator)")
            #expect(bits(first[column] + second[column]) == bits(whole[column]), "\(indicator)")
        }
    }

    private func firstValue<I: PriceIndicator>(_ indicator: I, _ prices: [Double]) -> Int? {
        var indicator = indicator
        return prices.firstIndex { indicator.update($0) != nil }.map { $0 + 1 }
    }

    private func firstValue<I: BarIndicator>(_ indicator: I, _ bars: [PriceBar]) -> Int? {
        var indicator = indicator
        return bars.firstIndex { indicator.update($0) != nil }.map { $0 + 1 }
    }
}
