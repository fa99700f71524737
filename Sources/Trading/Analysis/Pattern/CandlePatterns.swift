/// The candlestick patterns that are complete at one bar, after S. Nison, Japanese Candlestick Charting Techniques.
///
/// "Long" is a body of at least the mean of ten bodies before, "small" at most half of it; a trend is a move of more
/// than two mean ranges over five bars before the pattern.
struct CandlePatterns {
    /// A pattern with its strength, above zero for rising and below for falling prices.
    struct Match {
        let name: String
        let strength: Double
    }

    private let bars: BarColumns
    private let index: Int
    private let body: Double
    private let range: Double
    private let last: Candle
    private let second: Candle
    private let third: Candle

    /// Nil for a bar with fewer than 18 before it, or where nothing moved.
    init?(_ bars: BarColumns, at index: Int) {
        guard index >= 18, index < bars.count else { return nil }
        self.bars = bars
        self.index = index
        var (bodies, ranges) = (0.0, 0.0)
        for bar in index - 12..<index - 2 {
            let candle = Candle(bars, bar)
            bodies += candle.body
            ranges += candle.range
        }
        (body, range) = (bodies / 10, ranges / 10)
        (last, second, third) = (Candle(bars, index), Candle(bars, index - 1), Candle(bars, index - 2))
        guard body > 0, range > 0 else { return nil }
    }

    /// Every pattern at the bar.
    var matches: [Match] {
        let named: [(String, Double?)] = [
            ("bullish engulfing", engulfing(rising: true)), ("bearish engulfing", engulfing(rising: false)),
            ("hammer", hammer), ("shooting star", shootingStar),
            ("piercing line", piercingLine), ("dark cloud cover", darkCloud),
            ("morning star", star(rising: true)), ("evening star", star(rising: false)),
            ("bullish harami", harami(rising: true)), ("bearish harami", harami(rising: false)),
            ("three white soldiers", three(rising: true)), ("three black crows", three(rising: false)),
            ("dragonfly doji", dragonfly), ("gravestone doji", gravestone),
            ("tweezer bottom", tweezer(rising: true)), ("tweezer top", tweezer(rising: false)),
            ("rising marubozu", marubozu(rising: true)), ("falling marubozu", marubozu(rising: false)),
        ]
        return named.compactMap { name, strength in strength.map { Match(name: name, strength: $0) } }
    }

    // MARK: - Measures

    private func isLong(_ candle: Candle) -> Bool { candle.body >= body }
    private func isSmall(_ candle: Candle) -> Bool { candle.body <= body / 2 }

    /// The move of five bars before a pattern of so many bars, in mean ranges.
    private func trend(before length: Int) -> Double {
        (bars.close[index - length] - bars.close[index - length - 5]) / range
    }

    private func falls(before length: Int) -> Bool { trend(before: length) < -2 }
    private func climbs(before length: Int) -> Bool { trend(before: length) > 2 }
    private func comes(against rising: Bool, before length: Int) -> Bool {
        rising ? falls(before: length) : climbs(before: length)
    }

    // MARK: - Patterns

    private func engulfing(rising: Bool) -> Double? {
        guard comes(against: rising, before: 1), rising ? second.isFalling : second.isRising,
            rising ? last.isRising : last.isFalling, last.top >= second.top, last.bottom <= second.bottom,
            last.body > second.body, isLong(last)
        else { return nil }
        return rising ? 0.5 : -0.5
    }

    private var hammer: Double? {
        guard falls(before: 1), last.lowerShadow >= 2 * last.body, last.upperShadow <= 0.15 * last.range,
            last.range >= range, last.body > 0.05 * last.range
        else { return nil }
        return 0.4
    }

    private var shootingStar: Double? {
        guard climbs(before: 1), last.upperShadow >= 2 * last.body, last.lowerShadow <= 0.15 * last.range,
            last.range >= range, last.body > 0.05 * last.range
        else { return nil }
        return -0.4
    }

    private var piercingLine: Double? {
        guard falls(before: 2), second.isFalling, isLong(second), last.isRising, last.open < second.close,
            last.close > second.middle, last.close < second.open
        else { return nil }
        return 0.4
    }

    private var darkCloud: Double? {
        guard climbs(before: 2), second.isRising, isLong(second), last.isFalling, last.open > second.close,
            last.close < second.middle, last.close > second.open
        else { return nil }
        return -0.4
    }

    private func star(rising: Bool) -> Double? {
        guard comes(against: rising, before: 3), isLong(third), isSmall(second), isLong(last),
            rising ? third.isFalling && last.isRising : third.isRising && last.isFalling,
            rising ? second.top <= third.middle : second.bottom >= third.middle,
            rising ? last.close > third.middle : last.close < third.middle
        else { return nil }
        return rising ? 0.6 : -0.6
    }

    private func harami(rising: Bool) -> Double? {
        guard comes(against: rising, before: 2), isLong(second), rising ? second.isFalling : second.isRising,
            rising ? last.isRising : last.isFalling, last.body <= second.body / 2, last.top <= second.top,
            last.bottom >= second.bottom
        else { return nil }
        return rising ? 0.25 : -0.25
    }

    private func three(rising: Bool) -> Double? {
        let candles = [third, second, last]
        guard candles.allSatisfy({ (rising ? $0.isRising : $0.isFalling) && $0.body >= 0.7 * body }) else { return nil }
        for (earlier, later) in zip(candles, candles.dropFirst()) {
            let opensInside = later.open >= earlier.bottom && later.open <= earlier.top
            guard opensInside, rising ? later.close > earlier.close : later.close < earlier.close else { return nil }
        }
        let shadow = rising ? last.upperShadow : last.lowerShadow
        guard shadow <= 0.3 * last.range else { return nil }
        return rising ? 0.5 : -0.5
    }

    private var dragonfly: Double? {
        guard falls(before: 1), last.body <= 0.05 * last.range, last.upperShadow <= 0.1 * last.range,
            last.range >= 0.8 * range
        else { return nil }
        return 0.3
    }

    private var gravestone: Double? {
        guard climbs(before: 1), last.body <= 0.05 * last.range, last.lowerShadow <= 0.1 * last.range,
            last.range >= 0.8 * range
        else { return nil }
        return -0.3
    }

    private func tweezer(rising: Bool) -> Double? {
        let distance = rising ? (last.low - second.low).magnitude : (last.high - second.high).magnitude
        guard comes(against: rising, before: 2), distance <= 0.05 * range, isLong(second),
            rising ? second.isFalling && last.isRising : second.isRising && last.isFalling
        else { return nil }
        return rising ? 0.25 : -0.25
    }

    private func marubozu(rising: Bool) -> Double? {
        guard rising ? last.isRising : last.isFalling, last.body >= 1.5 * body, last.body >= 0.9 * last.range
        else { return nil }
        return rising ? 0.25 : -0.25
    }
}
