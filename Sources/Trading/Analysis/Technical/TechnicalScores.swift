/// How each group of indicators points, -1...1.
struct TechnicalScores {
    let values: TechnicalValues
    let close: Double
    let weights: TechnicalAnalysis.Weights

    var all: [Observation] { [trend, macd, rsi, bollinger] + [momentum, volume].compactMap { $0 } }

    /// A price distance in average true ranges; zero for a price that never moved.
    private func ranges(_ distance: Double) -> Double { distance.over(values.averageTrueRange) ?? 0 }

    /// 0 for no trend, 1 from an ADX of 40 on.
    private var trendStrength: Double { ((values.adx - 15) / 25).unit.clampedToZero }

    private var trend: Observation {
        let mean = values.mean50 ?? values.mean20
        var (sum, total) = (0.3 * (ranges(close - mean) / 4).unit, 0.3)
        if let mean = values.mean200 {
            sum += 0.4 * (ranges(close - mean) / 8).unit
            total += 0.4
        }
        if let slope = values.slope50 {
            sum += 0.3 * (ranges(slope * mean) / 1.5).unit
            total += 0.3
        }
        let score = sum / total * (0.6 + 0.4 * trendStrength)
        return Observation(name: "trend", score: score, weight: weights.trend, text: trendText)
    }

    private var trendText: String {
        let side = close >= (values.mean50 ?? values.mean20) ? "above" : "below"
        let mean = values.mean50.map { "SMA(50) \(Wording.price($0))" } ?? "SMA(20) \(Wording.price(values.mean20))"
        let long = values.mean200.map { close >= $0 ? ", above SMA(200)" : ", below SMA(200)" } ?? ""
        return "close \(Wording.price(close)) is \(side) \(mean)\(long), ADX(14) \(Wording.fixed(values.adx, 1))"
    }

    private var macd: Observation {
        let distance = ranges(values.macdHistogram) / 0.3
        let isFresh = values.macdCrossAge.map { $0 <= 2 } ?? false
        let direction = values.macdHistogram > 0 ? 1.0 : -1
        let score = 0.7 * distance.unit + (isFresh ? 0.3 * direction : 0)
        let crossed = isFresh ? (direction > 0 ? ", just crossed up" : ", just crossed down") : ""
        return Observation(
            name: "macd", score: score, weight: weights.macd,
            text: "MACD histogram \(Wording.fixed(values.macdHistogram, 3))\(crossed)")
    }

    /// The move of the window but for its last 21 bars, against what its deviation would make of chance.
    private var momentum: Observation? {
        guard let change = values.momentum, let bars = values.momentumBars else { return nil }
        let score = change.over(values.deviation20 * Double(bars).squareRoot()) ?? 0
        return Observation(
            name: "momentum", score: score.unit, weight: weights.momentum,
            text: "price moved \(Wording.percent(change)) in \(bars) bars up to 21 bars ago")
    }

    private var rsi: Observation {
        let value = values.rsi
        let score = value < 35 ? (35 - value) / 15 : value > 65 ? (65 - value) / 15 : 0
        let word = value < 30 ? "oversold" : value > 70 ? "overbought" : "neutral"
        return Observation(
            name: "rsi", score: score.unit * reversalTrust(score), weight: weights.rsi,
            text: "RSI(14) \(Wording.fixed(value, 1)) is \(word)")
    }

    private var bollinger: Observation {
        let width = values.bollingerUpper - values.bollingerLower
        let position = (close - values.bollingerLower).over(width) ?? 0.5
        let score = position < 0.1 ? (0.1 - position) / 0.2 : position > 0.9 ? (0.9 - position) / 0.2 : 0
        let place =
            position < 0 ? "below the lower" : position > 1 ? "above the upper" : "inside the"
        return Observation(
            name: "bollinger", score: score.unit * reversalTrust(score), weight: weights.bollinger,
            text: "close \(Wording.price(close)) is \(place) Bollinger band (\(Wording.fixed(position)) of its width)")
    }

    /// An extreme is a reversal in a quiet market or with the long trend, and a mere symptom in a strong one.
    private func reversalTrust(_ score: Double) -> Double {
        let isAgainstTrend = (values.plusMovement < values.minusMovement) == (score > 0)
        return isAgainstTrend ? 1 - 0.8 * trendStrength : 1
    }

    private var volume: Observation? {
        guard let balance = values.volumeBalance, let relative = values.relativeVolume else { return nil }
        let surge = ((relative - 1) / 2).unit.clampedToZero
        let day = (values.change1 >= 0 ? 1.0 : -1) * surge
        return Observation(
            name: "volume", score: (0.7 * (balance * 2).unit + 0.3 * day).unit, weight: weights.volume,
            text: "volume \(Wording.fixed(relative, 1))× its mean, balance \(Wording.fixed(balance))")
    }
}

extension Double {
    /// The number, or zero where it is below.
    var clampedToZero: Double { Swift.max(0, self) }
}
