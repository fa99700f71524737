import Determinism
import TradingModel

/// An intent on its way through the gate.
struct Proposal {
    let intent: Intent
    let now: Timestamp
    let lot: Quantity
    /// Units that bring the position nearer to zero.
    var closing: Quantity = 0
    /// Units that open or enlarge a position.
    var opening: Quantity = 0
    /// Money that opens or enlarges a position.
    var notional: Money = 0
    /// What one unit is expected to cost.
    var price: Price = 0
    /// What one unit may cost at most, slippage and fees allowed for.
    var unitCost: Price = 0
    var equity: Money = 0
    var bracket: Bracket?
    var adjustments: [Adjustment] = []
    var objection: Objection?
    /// The rules looked at; nil where nobody wants to know.
    var checks: [RiskCheck]?

    /// Why nothing of it may be sent.
    struct Objection {
        let rule: RiskRule
        let limit: Double?
        let actual: Double?
    }

    init(_ intent: Intent, now: Timestamp, lot: Quantity) {
        self.intent = intent
        self.now = now
        self.lot = lot
        bracket = intent.bracket
    }

    var isRefused: Bool { objection != nil }

    /// True while something would be opened and nothing speaks against it.
    var isEntry: Bool { objection == nil && (opening.raw > 0 || notional.raw > 0) }

    var size: OrderSize {
        notional.raw > 0 ? .notional(notional) : .units(Quantity(raw: closing.raw + opening.raw))
    }

    /// What would be opened is worth this much.
    var value: Money {
        get throws(Overflow) { notional.raw > 0 ? notional : try price * opening }
    }

    /// Gives up the opening part; nothing remains where there is no closing part.
    mutating func refuse(_ rule: RiskRule, limit: Double? = nil, actual: Double? = nil) {
        let before = size
        (opening, notional) = (0, 0)
        note(rule, limit: limit, actual: actual, closing.raw > 0 ? .reduced : .refused)
        guard closing.raw > 0 else {
            objection = Objection(rule: rule, limit: limit, actual: actual)
            return
        }
        adjustments.append(Adjustment(rule: rule, from: before, to: size, limit: limit, actual: actual))
    }

    /// Reduces the opening part so that it and what is `used` already come to no more than `total`.
    mutating func cap(_ rule: RiskRule, at total: Money, used: Money = 0) throws(Overflow) {
        let allowed = try total - used
        let value = try value
        let actual = try used + value
        guard value > allowed else { return note(rule, limit: total.double, actual: actual.double) }
        let units = allowed.raw <= 0 || notional.raw > 0 ? 0 : try allowed.quantity(at: price)
        try reduce(rule, to: units, or: allowed, limit: total.double, actual: actual.double)
    }

    /// Takes note of a rule that was looked at.
    mutating func note(_ rule: RiskRule, limit: Double?, actual: Double?, _ outcome: RiskCheck.Outcome = .passed) {
        checks?.append(RiskCheck(rule: rule, limit: limit, value: actual, outcome: outcome))
    }

    /// Reduces the opening part to whole lots of `units`, or to an amount where it is sized in money.
    mutating func reduce(
        _ rule: RiskRule, to units: Quantity, or amount: Money, limit: Double, actual: Double
    ) throws(Overflow) {
        let before = size
        let isMoney = notional.raw > 0
        let lots = units.roundedDown(toMultipleOf: lot)
        guard isMoney ? amount.raw > 0 : lots.raw > 0 else { return refuse(rule, limit: limit, actual: actual) }
        if isMoney { notional = amount } else { opening = lots }
        note(rule, limit: limit, actual: actual, .reduced)
        adjustments.append(Adjustment(rule: rule, from: before, to: size, limit: limit, actual: actual))
    }
}
