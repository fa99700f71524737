import Indicators
import Testing

/// Agreement with TA-Lib over real series is checked by `Tests/Clients/indicators/compare_patterns.py`.
@Suite struct PatternTests {
    /// Fourteen ordinary candles around 100: bodies of 1, shadows of 0.5, alternating in colour.
    static let ordinary = (0..<14).map { index in
        index.isMultiple(of: 2)
            ? Candle(open: 100, high: 101.5, low: 99.5, close: 101)
            : Candle(open: 101, high: 101.5, low: 99.5, close: 100)
    }

    struct Figure: Sendable, CustomTestStringConvertible {
        let pattern: CandlestickPattern
        let direction: PatternDirection
        let candles: [Candle]
        var testDescription: String { pattern.rawValue }

        /// Candles as open, high, low, close.
        init(_ pattern: CandlestickPattern, _ direction: PatternDirection, _ prices: [[Double]]) {
            self.pattern = pattern
            self.direction = direction
            candles = prices.map { Candle(open: $0[0], high: $0[1], low: $0[2], close: $0[3]) }
        }
    }

    static let figures = [
        Figure(.doji, .neutral, [[100, 101, 99, 100.1]]),
        Figure(.dragonflyDoji, .bullish, [[100, 100.05, 98, 100]]),
        Figure(.gravestoneDoji, .bearish, [[100, 102, 99.95, 100]]),
        Figure(.hammer, .bullish, [[99.6, 99.9, 98, 99.9]]),
        Figure(.hangingMan, .bearish, [[101.5, 101.8, 100, 101.8]]),
        Figure(.invertedHammer, .bullish, [[99.2, 101, 99.2, 99.5]]),
        Figure(.shootingStar, .bearish, [[101.5, 103, 101.5, 101.8]]),
        Figure(.marubozu, .bullish, [[100, 103, 100, 103]]),
        Figure(.marubozu, .bearish, [[103, 103, 100, 100]]),
        Figure(.engulfing, .bullish, [[101, 101.5, 99.5, 100], [99.8, 102, 99.5, 101.5]]),
        Figure(.engulfing, .bearish, [[100, 101.5, 99.5, 101], [101.5, 102, 99, 99.5]]),
        Figure(.harami, .bullish, [[103, 103.2, 99.8, 100], [101, 102, 100.8, 101.5]]),
        Figure(.harami, .bearish, [[100, 103.2, 99.8, 103], [102, 102.2, 101, 101.5]]),
        Figure(.piercingLine, .bullish, [[103, 103.2, 99.8, 100], [99.5, 102.5, 99.4, 102]]),
        Figure(.darkCloudCover, .bearish, [[100, 103.2, 99.8, 103], [103.5, 103.6, 100.8, 101]]),
        Figure(
            .morningStar, .bullish,
            [[104, 104.2, 100.8, 101], [100, 100.5, 99.5, 100.3], [100.5, 103.5, 100.4, 103]]),
        Figure(
            .eveningStar, .bearish, [[100, 103.2, 99.8, 103], [104, 104.5, 103.6, 104.3], [103, 103.2, 100.5, 101]]),
        Figure(
            .threeWhiteSoldiers, .bullish,
            [[100, 102, 99.8, 102], [101, 103.2, 100.8, 103.2], [102.5, 104.5, 102.2, 104.5]]),
        Figure(
            .threeBlackCrows, .bearish,
            [[100, 103.2, 99.8, 103], [103, 103.2, 101, 101], [102, 102.2, 100, 100], [101, 101.2, 99, 99]]),
    ]

    @Test(arguments: figures)
    func `finds the figure after ordinary candles`(figure: Figure) throws {
        let candles = Self.ordinary + figure.candles
        let matches = CandlestickPatterns.found(in: candles)
        let match = try #require(matches.first { $0.pattern == figure.pattern }, "found \(matches.map(\.pattern))")
        #expect(match.direction == figure.direction)
        #expect(match.strength > 0 && match.strength <= 1)
    }

    @Test(arguments: figures)
    func `what follows does not change what was found`(figure: Figure) {
        let candles = Self.ordinary + figure.candles
        let later = candles + Self.ordinary
        #expect(CandlestickPatterns.found(in: later, at: candles.count - 1) == CandlestickPatterns.found(in: candles))
    }

    @Test func `every pattern has a figure here`() {
        #expect(Set(Self.figures.map(\.pattern)) == Set(CandlestickPattern.allCases))
    }

    @Test func `finds nothing among ordinary candles`() {
        #expect(CandlestickPatterns.found(in: Self.ordinary) == [])
    }

    @Test func `a deeper close makes a stronger piercing line`() throws {
        let strengths = [101.6, 102, 102.9].compactMap { close -> Double? in
            let pair = [
                Candle(open: 103, high: 103.2, low: 99.8, close: 100),
                Candle(open: 99.5, high: 103, low: 99.4, close: close),
            ]
            let candles = Self.ordinary + pair
            return CandlestickPatterns.match(.piercingLine, in: candles, at: candles.count - 1)?.strength
        }
        #expect(strengths.count == 3 && strengths == strengths.sorted())
    }

    @Test func `too short a history and an index outside find nothing`() {
        for count in 0..<14 {
            let candles = Array(Self.ordinary.prefix(count))
            for match in CandlestickPatterns.found(in: candles) { #expect(match.pattern.history < count) }
        }
        #expect(CandlestickPatterns.found(in: Self.ordinary, at: -1) == [])
        #expect(CandlestickPatterns.found(in: Self.ordinary, at: 14) == [])
    }
}
