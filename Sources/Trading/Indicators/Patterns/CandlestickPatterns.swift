public import TradingModel

/// Finds candlestick patterns.
public enum CandlestickPatterns {
    /// The patterns that end with the last of `candles`, in the order of `CandlestickPattern.allCases`.
    ///
    /// Fourteen candles are enough for every pattern; of fewer, those that need less are still found.
    public static func found(in candles: [Candle]) -> [PatternMatch] {
        candles.isEmpty ? [] : found(in: candles, at: candles.count - 1)
    }

    /// The patterns that end with the candle at `index`; none outside the series.
    public static func found(in candles: [Candle], at index: Int) -> [PatternMatch] {
        CandlestickPattern.allCases.compactMap { match($0, in: candles, at: index) }
    }

    /// One pattern, where it ends with the candle at `index`.
    public static func match(_ pattern: CandlestickPattern, in candles: [Candle], at index: Int) -> PatternMatch? {
        guard candles.indices.contains(index), index >= pattern.history else { return nil }
        return pattern.match(CandleView(candles, at: index))
    }

    /// Every pattern over a series: a column each, 1 where it is found, -1 where it is found and bearish, else 0.
    ///
    /// NaN where too few candles come before.
    public static func table(over bars: [Bar]) -> IndicatorTable {
        let candles = bars.map { Candle($0) }
        let columns = CandlestickPattern.allCases.map { pattern in
            candles.indices.map { index -> Double in
                guard index >= pattern.history else { return .nan }
                let match = match(pattern, in: candles, at: index)
                return match.map { $0.direction == .bearish ? -1 : 1 } ?? 0
            }
        }
        return IndicatorTable(
            names: CandlestickPattern.allCases.map(\.rawValue), times: bars.map(\.end), columns: columns)
    }
}

extension CandlestickPattern {
    func match(_ view: CandleView) -> PatternMatch? {
        switch self {
        case .doji: doji(view)
        case .dragonflyDoji: dragonflyDoji(view)
        case .gravestoneDoji: gravestoneDoji(view)
        case .hammer: hammer(view)
        case .hangingMan: hangingMan(view)
        case .invertedHammer: invertedHammer(view)
        case .shootingStar: shootingStar(view)
        case .marubozu: marubozu(view)
        case .engulfing: engulfing(view)
        case .harami: harami(view)
        case .piercingLine: piercingLine(view)
        case .darkCloudCover: darkCloudCover(view)
        case .morningStar: morningStar(view)
        case .eveningStar: eveningStar(view)
        case .threeWhiteSoldiers: threeWhiteSoldiers(view)
        case .threeBlackCrows: threeBlackCrows(view)
        }
    }
}
