public import TradingModel

/// Where the portfolio should go, and what that changes.
public struct PortfolioTarget: Sendable, Hashable, Codable {
    /// How it was found.
    public let method: PortfolioOptimisation.Method
    /// One entry for everything held or wanted, ascending by instrument.
    public let weights: [TargetWeight]
    /// What could not be weighed and why; such a holding stays as it is.
    public let excluded: [Exclusion]
    /// The share of equity left in cash at the target.
    public let cash: Double
    /// Expected standard deviation of the portfolio's returns a year at the target, cash included.
    public let expectedVolatility: Double
    /// The same for what is held now; nil where nothing weighable is.
    public let currentVolatility: Double?
    /// Half the sum of all changes of weight: the share of equity to trade one way.
    public let turnover: Double
    /// How far the covariance was drawn to constant correlation, 0...1; nil where nothing was weighed.
    public let shrinkage: Double?
    /// Returns the covariance comes from.
    public let observations: Int

    /// The entry of an instrument.
    public subscript(id: InstrumentID) -> TargetWeight? { weights.found(id, by: \.instrument) }

    /// A share of equity, now and then.
    public struct TargetWeight: Sendable, Hashable, Codable {
        /// The instrument.
        public let instrument: InstrumentID
        /// Its share of equity now; negative for a short position.
        public let current: Double
        /// Its share of equity at the target.
        public let target: Double
        /// Its part of the target's variance, all parts adding up to one; nil where it was not weighed.
        public let riskContribution: Double?
    }

    /// Something that could not be weighed.
    public struct Exclusion: Sendable, Hashable, Codable {
        /// The instrument.
        public let instrument: InstrumentID
        /// Why, for a person.
        public let reason: String
    }
}
