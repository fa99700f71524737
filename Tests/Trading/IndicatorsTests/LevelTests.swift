import Indicators
import Testing

@Suite struct LevelTests {
    @Test func `a swing is the extreme of its window, and the first of equals`() {
        let candles = closes([1, 2, 5, 3, 2, 4, 6, 6, 3, 2])
        let swings = Levels.swings(in: candles, window: 2)
        #expect(swings.map(\.index) == [2, 4, 6])
        #expect(swings.map(\.kind) == [.high, .low, .high])
        #expect(swings.map(\.price) == [5.5, 1.5, 6.5])
    }

    @Test func `swings that were found stay when candles are added`() {
        let bars = Samples.bars(300, seed: 21)
        let candles = bars.map { Candle(open: $0.close, high: $0.high, low: $0.low, close: $0.close) }
        let all = Levels.swings(in: candles, window: 3)
        #expect(all.count > 20)
        for count in [0, 1, 6, 7, 50, 299] {
            let known = Levels.swings(in: Array(candles[..<count]), window: 3)
            #expect(known == all.filter { $0.index < count - 3 })
        }
    }

    @Test func `support is the nearest swing below and resistance the nearest above`() {
        let levels = Levels.around(closes([5, 9, 5.25, 7, 2, 4, 3, 8, 6]), window: 1)
        #expect(levels.support?.price == 4.75 && levels.support?.index == 2)
        #expect(levels.resistance?.price == 7.5 && levels.resistance?.index == 3)
    }

    @Test func `a close over a swing high breaks it by the distance`() throws {
        let found = try #require(Levels.breakout(in: closes([1, 4, 2, 3, 4, 6]), window: 1))
        #expect(found.level == SwingPoint(index: 1, kind: .high, price: 4.5))
        #expect(found.direction == .bullish && found.distance == 1.5)
        #expect(found.relativeDistance == 1.5 / 4.5)
    }

    @Test func `a close under swing lows breaks the lowest of them`() throws {
        let found = try #require(Levels.breakout(in: closes([9, 5, 8, 6, 9, 8, 3]), window: 1))
        #expect(found.level.price == 4.5 && found.direction == .bearish && found.distance == 1.5)
    }

    @Test func `a level that was passed before is not broken again`() {
        #expect(Levels.breakout(in: closes([1, 4, 2, 6, 7]), window: 1) == nil)
        #expect(Levels.breakout(in: [], window: 1) == nil)
        #expect(Levels.swings(in: closes([1, 2, 1]), window: 0) == [])
    }

    /// Candles half a unit above and below each close.
    private func closes(_ closes: [Double]) -> [Candle] {
        closes.map { Candle(open: $0, high: $0 + 0.5, low: $0 - 0.5, close: $0) }
    }
}
