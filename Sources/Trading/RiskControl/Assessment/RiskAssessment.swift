public import TradingModel

/// What an intent would do to the account, as it was asked for and before any limit makes it smaller.
public struct RiskAssessment: Sendable, Hashable, Encodable {
    /// What was asked for.
    public let intent: Intent
    /// What the gate would say of it now.
    public let verdict: Verdict
    /// The instrument's share of equity, held and in flight, with its sign.
    public let shareBefore: Double
    /// The same after the order.
    public let shareAfter: Double
    /// What the order is worth over equity, without sign.
    public let impact: Double
    /// The share of equity the order would lose at its stop; nil where it has none or is an exit.
    public let stopRisk: Double?
    /// The instrument's annual volatility; nil where too few days are known.
    public let volatility: Double?
    /// The mean daily turnover; nil before the first bar.
    public let dailyTurnover: Double?
    /// How much of the tightest limit would be used: 1 is all of it, more is too much; nil where no limit applies.
    public let score: Double?
}
