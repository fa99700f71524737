/// Finds where prices turned, and whether they have gone through there.
public enum Levels {
    /// The highs that no candle within `window` to either side exceeds, and the lows likewise, oldest first.
    ///
    /// Of equal highs in a row the first counts. A candle is judged only once `window` candles have followed it, so what is
    /// found never changes when candles are added. A window under 1 finds nothing.
    public static func swings(in candles: [Candle], window: Int) -> [SwingPoint] {
        guard window >= 1, candles.count > 2 * window else { return [] }
        return (window..<candles.count - window).flatMap { index -> [SwingPoint] in
            let before = candles[index - window..<index]
            let after = candles[index + 1...index + window]
            let candle = candles[index]
            var points: [SwingPoint] = []
            if before.allSatisfy({ $0.high < candle.high }), after.allSatisfy({ $0.high <= candle.high }) {
                points.append(SwingPoint(index: index, kind: .high, price: candle.high))
            }
            if before.allSatisfy({ $0.low > candle.low }), after.allSatisfy({ $0.low >= candle.low }) {
                points.append(SwingPoint(index: index, kind: .low, price: candle.low))
            }
            return points
        }
    }

    /// The nearest swing below the last close and the nearest above it, of swings of either kind.
    public static func around(_ candles: [Candle], window: Int) -> (support: SwingPoint?, resistance: SwingPoint?) {
        guard let close = candles.last?.close else { return (nil, nil) }
        let swings = swings(in: candles, window: window)
        return (
            swings.filter { $0.price < close }.max { $0.price < $1.price },
            swings.filter { $0.price > close }.min { $0.price < $1.price }
        )
    }

    /// The level that the last candle closed through, from the close before: of several, the furthest.
    ///
    /// Upwards it is a swing high, downwards a swing low; nil where none was crossed.
    public static func breakout(in candles: [Candle], window: Int) -> LevelBreak? {
        guard candles.count >= 2 else { return nil }
        let (before, close) = (candles[candles.count - 2].close, candles[candles.count - 1].close)
        let swings = swings(in: candles, window: window)
        if close > before {
            let crossed = swings.filter { $0.kind == .high && before <= $0.price && $0.price < close }
            return crossed.max { $0.price < $1.price }.map { LevelBreak(level: $0, direction: .bullish, close: close) }
        }
        let crossed = swings.filter { $0.kind == .low && close < $0.price && $0.price <= before }
        return crossed.min { $0.price < $1.price }.map { LevelBreak(level: $0, direction: .bearish, close: close) }
    }
}
