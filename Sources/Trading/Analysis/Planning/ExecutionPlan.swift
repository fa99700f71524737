public import TradingModel

/// What the execution node would have done, in the order to do it: sales before purchases.
public struct ExecutionPlan: Sendable, Hashable, Codable {
    /// The trades.
    public let trades: [PlannedTrade]
    /// What was left alone and why, ascending by instrument.
    public let skipped: [Skipped]
    /// The value of all trades at the last closes.
    public let value: Double
    /// What spread and impact should cost, in money.
    public let expectedCost: Double

    /// The intents alone, in order.
    public var intents: [Intent] { trades.map(\.intent) }

    /// A trade that was not made.
    public struct Skipped: Sendable, Hashable, Codable {
        /// The instrument.
        public let instrument: InstrumentID
        /// Why, for a person.
        public let reason: String
    }
}

/// One trade of a plan.
public struct PlannedTrade: Sendable, Hashable, Codable {
    /// What the risk gate is to judge.
    public let intent: Intent
    /// Units, above zero.
    public let quantity: Quantity
    /// The last close, for which it was planned.
    public let price: Double
    /// Quantity times price.
    public let value: Double
    /// Its share of the mean volume of twenty bars; nil where there is none.
    public let participation: Double?
    /// Spread and impact expected, as a fraction of the price.
    public let expectedSlippage: Double
    /// The same in money.
    public let expectedCost: Double
}
