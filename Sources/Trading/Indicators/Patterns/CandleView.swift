/// Candles as seen from one of them: what a pattern looks at.
struct CandleView {
    private let candles: [Candle]
    private let last: Int

    init(_ candles: [Candle], at last: Int) {
        self.candles = candles
        self.last = last
    }

    /// How many candles come before the one it is seen from.
    var history: Int { last }

    /// The candle `back` before the one it is seen from.
    subscript(back: Int) -> Candle { candles[last - back] }

    /// What counts as long, short, near and so on for the candle `back` before: a share of the average of candles before it.
    func limit(_ measure: CandleMeasure, _ back: Int) -> Double {
        guard measure.period > 0 else { return measure.factor * measure.size(self[back]) }
        let end = last - back
        var sum = 0.0
        for index in end - measure.period..<end { sum += measure.size(candles[index]) }
        return measure.factor * (sum / Double(measure.period))
    }

    func isLong(_ back: Int) -> Bool { self[back].body > limit(.bodyLong, back) }
    func isShort(_ back: Int) -> Bool { self[back].body <= limit(.bodyShort, back) }
    func isDoji(_ back: Int) -> Bool { self[back].body <= limit(.bodyDoji, back) }
    func hasNoUpperShadow(_ back: Int) -> Bool { self[back].upperShadow < limit(.shadowVeryShort, back) }
    func hasNoLowerShadow(_ back: Int) -> Bool { self[back].lowerShadow < limit(.shadowVeryShort, back) }

    /// Whether the body of the candle `back` before lies wholly above the body of the candle before that.
    func gapsUp(_ back: Int) -> Bool { self[back].bodyBottom > self[back + 1].bodyTop }

    /// Whether it lies wholly below.
    func gapsDown(_ back: Int) -> Bool { self[back].bodyTop < self[back + 1].bodyBottom }
}

/// A size to compare a candle's parts with, by TA-Lib's default candle settings.
enum CandleMeasure {
    case bodyLong, bodyShort, bodyDoji, shadowLong, shadowVeryShort, near, far

    /// How many candles are averaged; 0 takes the candle itself.
    var period: Int {
        switch self {
        case .shadowLong: 0
        case .near, .far: 5
        default: 10
        }
    }

    /// The share of the average.
    var factor: Double {
        switch self {
        case .bodyLong, .bodyShort, .shadowLong: 1
        case .bodyDoji, .shadowVeryShort: 0.1
        case .near: 0.2
        case .far: 0.6
        }
    }

    func size(_ candle: Candle) -> Double {
        switch self {
        case .bodyLong, .bodyShort, .shadowLong: candle.body
        default: candle.range
        }
    }
}
