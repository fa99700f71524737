public import TradingModel

/// What the gate says of an intent.
public enum Verdict: Sendable, Hashable, Encodable {
    /// It may be sent; the adjustments say what was made smaller and why.
    case approved(ApprovedOrder, adjusted: [Adjustment])
    /// It may not.
    case refused(Refusal)
}

/// Why an intent was refused.
public struct Refusal: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What was wanted.
    public let intent: Intent
    /// The rule that refused it.
    public let rule: RiskRule
    /// What the rule allows, where that is a number.
    public let limit: Double?
    /// What the intent would have come to.
    public let actual: Double?

    /// The rule with both numbers, for a person.
    public var text: String { rule.text(limit: limit, actual: actual) }

    public var description: String { text }
}

/// A size the gate made smaller.
public struct Adjustment: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The rule that asked for it.
    public let rule: RiskRule
    /// The size before.
    public let from: OrderSize
    /// The size after.
    public let to: OrderSize
    /// What the rule allows, where that is a number.
    public let limit: Double?
    /// What the intent would have come to.
    public let actual: Double?

    /// The rule with both numbers, for a person.
    public var text: String { rule.text(limit: limit, actual: actual) }

    public var description: String { "reduced: \(text)" }
}
