public import TradingModel

/// What the risk node found.
public struct RiskAssessment: Sendable, Hashable, Codable {
    /// One reading an instrument with bars enough, ascending by instrument.
    public let readings: [RiskReading]

    /// The reading of an instrument; nil where it had too few bars.
    public subscript(id: InstrumentID) -> RiskReading? { readings.found(id, by: \.instrument) }
}

/// How dangerous one instrument is.
public struct RiskReading: Sendable, Hashable, Codable {
    /// The instrument.
    public let instrument: InstrumentID
    /// Returns the figures come from.
    public let observations: Int
    /// Standard deviation of log returns a year, all returns alike.
    public let volatility: Double
    /// The same with each older return counting 6 % less (RiskMetrics' decay of 0.94).
    public let recentVolatility: Double
    /// Losses over one bar as fractions, above zero for a loss.
    public let tail: TailRisk
    /// The deepest fall from a high in the window, 0...1.
    public let maximumDrawdown: Double
    /// Correlation of returns with what the portfolio holds, the instrument itself apart; nil for nothing held.
    public let correlationToPortfolio: Double?
    /// The instrument it moves most with, of those assessed.
    public let closest: Correlation?
    /// The mean of its correlations with the others; nil for one instrument alone.
    public let meanCorrelation: Double?
    /// How easily it can be sold; nil where the window has no volume.
    public let liquidity: Liquidity?
    /// 0 (calm) to 1 (dangerous): the weighted mean of the parts.
    public let score: Double
    /// What the score is made of; scores here are 0...1.
    public let parts: [Observation]

    /// A correlation with another instrument.
    public struct Correlation: Sendable, Hashable, Codable {
        /// The other.
        public let instrument: InstrumentID
        /// -1...1.
        public let value: Double
    }

    /// Value at risk and the mean loss beyond it, over one bar, as fractions of the price.
    public struct TailRisk: Sendable, Hashable, Codable {
        /// The loss that 5 % of past returns exceeded.
        public let historical95: Double
        /// The loss that 1 % of past returns exceeded.
        public let historical99: Double
        /// The mean of the worst 5 % of past returns.
        public let historicalShortfall95: Double
        /// The mean of the worst 1 % of past returns.
        public let historicalShortfall99: Double
        /// As `historical95` where returns were normal.
        public let parametric95: Double
        /// As `historical99` where returns were normal.
        public let parametric99: Double
        /// As `historicalShortfall95` where returns were normal.
        public let parametricShortfall95: Double
        /// As `historicalShortfall99` where returns were normal.
        public let parametricShortfall99: Double
    }

    /// How easily a holding can be sold.
    public struct Liquidity: Sendable, Hashable, Codable {
        /// Mean money traded a bar over the last 20 bars.
        public let meanTurnover: Double
        /// Bars until the holding, or the planned one, is sold at the set share of the turnover.
        public let barsToLiquidate: Double
    }
}
