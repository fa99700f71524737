public import TradingModel

/// The technical node: indicators of each instrument, six observations and one score.
///
/// Scales are conventions (RSI 30/70, Bollinger 20/2, MACD 12/26/9). Weights follow two published regularities: prices
/// tend to go on where they went over a year but for its last month (N. Jegadeesh and S. Titman, 1993), and to turn
/// within a month (N. Jegadeesh, 1990); so the long trend and momentum count, short moves count little, and extremes of
/// RSI and Bollinger bands count against the move unless a strong trend explains them.
public struct TechnicalAnalysis: Sendable, Hashable, Codable {
    /// How much each observation counts; they need not add up to one.
    public struct Weights: Sendable, Hashable, Codable {
        /// Position to the means of 50 and 200 bars, their slope and ADX.
        public var trend = 0.20
        /// MACD histogram and its crossing.
        public var macd = 0.10
        /// The move of a year but for its last month.
        public var momentum = 0.25
        /// RSI beyond 35 and 65.
        public var rsi = 0.20
        /// Place between the Bollinger bands.
        public var bollinger = 0.15
        /// Balance of rising and falling volume, and surges.
        public var volume = 0.10

        /// The desk's weights.
        public init() {}
    }

    /// How much each observation counts.
    public var weights: Weights
    /// The score from which on the node says BUY, and SELL below its negative.
    public var threshold: Double

    /// Bars an instrument must have for a score: 26 + 9 - 1 for the MACD and one to compare with.
    public static let barsNeeded = 35

    /// The node with its weights and threshold.
    public init(weights: Weights = Weights(), threshold: Double = 0.3) {
        self.weights = weights
        self.threshold = threshold
    }

    /// Reads every instrument asked for, once each and in ascending order.
    public func assess(_ window: MarketWindow, _ instruments: [InstrumentID]) -> TechnicalAssessment {
        TechnicalAssessment(readings: instruments.canonical.map { read(window.bars($0), $0) })
    }

    /// Reads one instrument.
    public func read(_ bars: BarHistory, _ id: InstrumentID) -> TechnicalReading {
        guard bars.count >= TechnicalAnalysis.barsNeeded, let close = bars.close.last,
            let values = TechnicalValues(bars)
        else { return warmingUp(bars, id) }
        let observations = TechnicalScores(values: values, close: close, weights: weights).all.normalised()
        let score = observations.score
        return TechnicalReading(
            instrument: id, state: .ready, time: bars.times.last, close: close, values: values,
            observations: observations, score: score, action: action(score ?? 0))
    }

    private func warmingUp(_ bars: BarHistory, _ id: InstrumentID) -> TechnicalReading {
        let missing = max(1, TechnicalAnalysis.barsNeeded - bars.count)
        return TechnicalReading(
            instrument: id, state: .warmingUp(barsNeeded: missing), time: bars.times.last, close: bars.close.last,
            values: nil, observations: [], score: nil, action: .hold)
    }

    private func action(_ score: Double) -> Signal.Action {
        if score >= threshold { return .buy }
        return score <= -threshold ? .sell : .hold
    }
}

extension [InstrumentID] {
    /// Each id once, ascending.
    var canonical: [InstrumentID] {
        var unique: [InstrumentID] = []
        for id in sorted() where unique.last != id { unique.append(id) }
        return unique
    }
}
