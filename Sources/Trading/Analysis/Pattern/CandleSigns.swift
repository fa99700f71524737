import Indicators

/// What the candlestick patterns that are complete at one bar say of the price to come.
///
/// The figures are those of `CandlestickPatterns`. One that turns the price counts only against a trend, as S. Nison
/// (Japanese Candlestick Charting Techniques) reads it: a move against it, of more than two mean ranges over the five
/// bars before the figure. Three soldiers or crows and the marubozu go with the price and need none. A plain doji says
/// nothing of a direction and is left out.
struct CandleSigns {
    /// A pattern with its strength, above zero for rising and below for falling prices.
    struct Sign {
        let name: String
        let strength: Double
    }

    /// Bars before the one looked at.
    static let history = 18
    private let bars: BarHistory
    private let index: Int
    private let candles: [Candle]
    /// The mean of ten ranges before the figure.
    private let range: Double

    /// Nil for a bar with fewer than 18 before it, or where nothing moved.
    init?(_ bars: BarHistory, at index: Int) {
        guard index >= CandleSigns.history, index < bars.count else { return nil }
        self.bars = bars
        self.index = index
        candles = (index - CandleSigns.history...index).map { bar in
            Candle(open: bars.open[bar], high: bars.high[bar], low: bars.low[bar], close: bars.close[bar])
        }
        range = (index - 12..<index - 2).reduce(0) { $0 + bars.high[$1] - bars.low[$1] } / 10
        guard range > 0 else { return nil }
    }

    /// Every sign at the bar.
    var signs: [Sign] { CandlestickPatterns.found(in: candles).compactMap(sign) }

    private func sign(_ match: PatternMatch) -> Sign? {
        guard let (weight, length) = CandleSigns.weight(match.pattern), match.direction != .neutral else { return nil }
        let direction = Double(match.direction.rawValue)
        if let length, trend(before: length) * direction > -2 { return nil }
        return Sign(name: CandleSigns.name(match), strength: weight * direction)
    }

    /// The move of five bars before a figure of so many bars, in mean ranges.
    private func trend(before length: Int) -> Double {
        (bars.close[index - length] - bars.close[index - length - 5]) / range
    }

    /// What a pattern counts, and how many bars the figure has that turns a trend; nil for one that says nothing.
    private static func weight(_ pattern: CandlestickPattern) -> (weight: Double, turns: Int?)? {
        switch pattern {
        case .doji: nil
        case .dragonflyDoji, .gravestoneDoji, .hangingMan, .invertedHammer: (0.3, 1)
        case .hammer, .shootingStar: (0.4, 1)
        case .engulfing: (0.5, 2)
        case .piercingLine, .darkCloudCover: (0.4, 2)
        case .harami: (0.25, 2)
        case .morningStar, .eveningStar: (0.6, 3)
        case .threeWhiteSoldiers, .threeBlackCrows: (0.5, nil)
        case .marubozu: (0.25, nil)
        }
    }

    /// A pattern that goes both ways is named with its way.
    private static func name(_ match: PatternMatch) -> String {
        let name = match.pattern.rawValue.replacing("_", with: " ")
        switch match.pattern {
        case .engulfing, .harami, .marubozu: return match.direction == .bullish ? "bullish \(name)" : "bearish \(name)"
        default: return name
        }
    }
}
