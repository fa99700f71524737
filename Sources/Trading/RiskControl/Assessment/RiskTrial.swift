public import Accounting
public import Determinism
public import TradingModel

/// What the gate would say of an intent, and how far each rule it looked at would be used.
public struct RiskTrial: Sendable, Hashable, Encodable {
    /// What the gate would say.
    public let verdict: Verdict
    /// The rules with a bound, in the gate's order; none after the one that refuses.
    public let checks: [RiskCheck]
}

/// One rule as the gate looked at it.
public struct RiskCheck: Sendable, Hashable, Encodable, CustomStringConvertible {
    /// What came of a look.
    public enum Outcome: String, Sendable, Hashable, Encodable {
        /// Nothing speaks against it.
        case passed
        /// The order would be made smaller.
        case reduced
        /// The order would be refused.
        case refused
    }

    /// The rule.
    public let rule: RiskRule
    /// What it allows, where that is a number.
    public let limit: Double?
    /// What the intent would come to, where that is known.
    public let value: Double?
    /// What came of it.
    public let outcome: Outcome

    /// The rule with both numbers, for a person.
    public var text: String { rule.text(limit: limit, actual: value) }

    public var description: String { "\(outcome.rawValue): \(text)" }
}

extension RiskPolicy {
    /// Judges an intent as `judge` would now; approves nothing and remembers nothing.
    public func trial(_ intent: Intent, portfolio: Portfolio, at time: Timestamp) throws(Overflow) -> RiskTrial {
        var (copy, orders, checks): (RiskPolicy, [ApprovedOrder], [RiskCheck]?) = (self, [], [])
        let verdict = try copy.judge(
            intent, portfolio, at: time, step: lastStep + 1, desk: 0, approved: &orders, checks: &checks)
        return RiskTrial(verdict: verdict, checks: checks ?? [])
    }
}
