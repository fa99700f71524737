import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct BarSeriesTests {
    private func bars(_ count: Int) -> [Bar] {
        (0..<count).map { index in
            let start = Timestamp(nanoseconds: Int64(index) * 60_000_000_000)
            let price = Price(raw: Int64(index + 1) * 100_000_000)
            return Bar(
                start: start, end: start + .seconds(60), open: price, high: price, low: price, close: price,
                volume: Double(index))
        }
    }

    @Test func `gives back the bars it was made of`() {
        let bars = bars(100)
        let series = BarSeries(bars)
        #expect(series.count == 100)
        #expect(series.elementsEqual(bars))
        #expect(BarSeries(series.columns).elementsEqual(bars))
    }

    @Test func `an empty series has no bars and no ranges`() {
        let series = BarSeries([Bar]())
        #expect(series.isEmpty)
        #expect(series.ending(from: nil, to: nil).isEmpty)
    }

    @Test func `a range by time equals filtering for random limits`() {
        var random = SeededRandom(seed: 3)
        let bars = bars(200)
        let series = BarSeries(bars)
        for _ in 0..<500 {
            let from = Timestamp(nanoseconds: Int64(random.next() % 14_000) * 1_000_000_000)
            let to = Timestamp(nanoseconds: Int64(random.next() % 14_000) * 1_000_000_000)
            let expected = bars.filter { $0.end >= from && $0.end < to }
            #expect(series.ending(from: from, to: to).elementsEqual(expected))
        }
    }

    @Test func `a slice keeps the memory alive after the series is gone`() {
        let tail = { BarSeries(self.bars(50))[40..<50] }()
        #expect(tail.count == 10)
        #expect(tail.first?.volume == 40)
    }
}
