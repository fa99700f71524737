public import TradingModel

/// The technical node: indicators of each instrument, six observations and one score.
///
/// Weights and scales are conventions (RSI 30/70, Bollinger 20/2, MACD 12/26/9), not fitted to any data.
public struct TechnicalAnalysis: Sendable, Hashable, Codable {
    /// How much each observation counts; they need not add up to one.
    public struct Weights: Sendable, Hashable, Codable {
        /// Position to the means of 20, 50 and 200 bars, their slope and ADX.
        public var trend = 0.30
        /// MACD histogram and its crossing.
        public var macd = 0.20
        /// Rates of change against the usual deviation.
        public var momentum = 0.15
        /// RSI beyond 35 and 65.
        public var rsi = 0.15
        /// Place between the Bollinger bands.
        public var bollinger = 0.10
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
    public func read(_ bars: BarColumns, _ id: InstrumentID) -> TechnicalReading {
        guard bars.count >= TechnicalAnalysis.barsNeeded, let close = bars.close.last,
            let values = TechnicalValues(bars)
        else { return warmingUp(bars, id) }
        let observations = TechnicalScores(values: values, close: close, weights: weights).all.normalised()
        let score = observations.score
        return TechnicalReading(
            instrument: id, state: .ready, time: bars.times.last, close: close, values: values,
            observations: observations, score: score, action: action(score ?? 0))
    }

    private func warmingUp(_ bars: BarColumns, _ id: InstrumentID) -> TechnicalReading {
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
