import Analysis
import Testing
import TradingModel

@Suite struct PatternTests {
    private typealias OHLC = (Double, Double, Double, Double)

    /// Twenty-four bars that fall or rise a point each, bodies of one and ranges of two, then the given ones.
    private func read(after fall: Bool, _ candles: [OHLC], volume: Double = 1000) throws -> PatternReading {
        var window = try Made.window(closes: [])
        let step: Double = fall ? -1 : 1
        var day = 0
        for index in 0..<28 {
            let open = 150 + step * Double(index)
            let close = open + step
            try window.append(
                Made.bar(day: day, open, max(open, close) + 0.5, min(open, close) - 0.5, close), for: Made.one)
            day += 1
        }
        for candle in candles {
            let base = 150 + step * 28
            try window.append(
                Made.bar(
                    day: day, base + candle.0, base + candle.1, base + candle.2, base + candle.3, volume: volume),
                for: Made.one)
            day += 1
        }
        return try #require(PatternAnalysis().assess(window, [Made.one])[Made.one])
    }

    @Test(
        arguments: [
            ("bullish engulfing", [(0, 0.1, -1.1, -1), (-1.2, 0.6, -1.3, 0.5)]),
            ("piercing line", [(0, 0.1, -1.7, -1.6), (-1.9, -0.4, -2, -0.5)]),
            ("morning star", [(0, 0.1, -2.1, -2), (-2.2, -2, -2.5, -2.3), (-2.1, 0, -2.2, -0.1)]),
            ("bullish harami", [(0, 0.1, -2.1, -2), (-1.5, -1, -1.6, -1.1)]),
            ("three white soldiers", [(-1, 0.1, -1.1, 0), (-0.5, 1.1, -0.6, 1), (0.5, 2.1, 0.4, 2)]),
            ("dragonfly doji", [(0, 0.1, -1.1, -1), (-1, -0.95, -3, -1.02)]),
            ("bullish marubozu", [(0, 0.1, -1, -0.9), (-1, 1.55, -1.05, 1.5)]),
        ] as [(String, [(Double, Double, Double, Double)])])
    func `a rising pattern after a fall, and its mirror image after a rise`(
        name: String, candles: [(Double, Double, Double, Double)]
    ) throws {
        let mirrors = [
            "bullish engulfing": "bearish engulfing", "piercing line": "dark cloud cover",
            "morning star": "evening star", "bullish harami": "bearish harami",
            "three white soldiers": "three black crows", "dragonfly doji": "gravestone doji",
            "bullish marubozu": "bearish marubozu",
        ]
        let rising = try read(after: true, candles)
        let seen = try #require(rising.sightings.first { $0.name == name && $0.age == 0 }, "\(rising.sightings)")
        #expect(seen.score > 0)
        let mirrored = candles.map { (-$0.0, -$0.2, -$0.1, -$0.3) }
        let falling = try read(after: false, mirrored)
        let mirror = try #require(falling.sightings.first { $0.name == mirrors[name] && $0.age == 0 })
        #expect((mirror.score + seen.score).magnitude < 1e-9)
    }

    @Test(
        arguments: [
            ("hammer", true, [(0, 0.1, -0.6, -0.5), (-0.6, -0.3, -3, -0.35)]),
            ("inverted hammer", true, [(0, 0.1, -0.6, -0.5), (-0.9, 1.3, -0.92, -0.7)]),
            ("shooting star", false, [(0, 0.6, -0.1, 0.5), (0.7, 3.1, 0.68, 0.95)]),
            ("hanging man", false, [(0, 0.6, -0.1, 0.5), (0.6, 0.65, -2, 0.4)]),
        ] as [(String, Bool, [(Double, Double, Double, Double)])])
    func `a small body with a long shadow turns a trend, and means nothing without one`(
        name: String, afterFall: Bool, candles: [(Double, Double, Double, Double)]
    ) throws {
        func seen(_ afterFall: Bool) throws -> PatternSighting? {
            try read(after: afterFall, candles).sightings.first { $0.name == name && $0.age == 0 }
        }
        let found = try #require(try seen(afterFall))
        #expect((found.score > 0) == afterFall)
        #expect(try seen(!afterFall) == nil)
    }

    @Test func `age weakens and volume confirms`() throws {
        let engulfing: [(Double, Double, Double, Double)] = [(0, 0.1, -1.1, -1), (-1.2, 0.6, -1.3, 0.5)]
        func score(_ reading: PatternReading) throws -> Double {
            try #require(reading.sightings.first { $0.name == "bullish engulfing" }).score
        }
        let fresh = try score(try read(after: true, engulfing))
        let older = try score(try read(after: true, engulfing + [(0.5, 0.8, 0.2, 0.4)]))
        let loud = try score(try read(after: true, engulfing, volume: 5000))
        #expect(older < fresh && fresh < loud)
    }

    @Test func `a close over a level that held three times breaks resistance`() throws {
        let wave: [Double] = (0..<60).map { (day: Int) -> Double in
            let phase = Double(day % 12)
            return 100 + min(phase, 12 - phase)
        }
        let window = try Made.window(closes: wave + [102, 104, 105.5, 112])
        let reading = try #require(PatternAnalysis().assess(window, [Made.one])[Made.one])
        let seen = try #require(reading.sightings.first { $0.name == "resistance break" })
        #expect(seen.age == 0 && seen.score > 0)
        #expect(seen.text.hasPrefix("close 112.00 broke resistance 106.00"))
        #expect(reading.support.map { ($0 - 106).magnitude < 1e-9 } ?? false)
        #expect(reading.resistance == nil)
    }

    @Test func `short and motionless histories show nothing`() throws {
        let short = try Made.window(closes: Array(repeating: 10, count: 29))
        #expect(PatternAnalysis().assess(short, [Made.one]).readings.isEmpty)
        let still = try Made.window(closes: Array(repeating: 10, count: 60))
        let reading = try #require(PatternAnalysis().assess(still, [Made.one])[Made.one])
        #expect(reading.sightings.isEmpty && reading.score == nil)
    }
}
