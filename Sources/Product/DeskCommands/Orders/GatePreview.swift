import Determinism
import RiskControl
import TradingModel
import WorkflowModel

/// What the risk gate would say of a proposed order, rule by rule.
struct GatePreview: Sendable {
    static let schema = ValueSchema.named(
        "GatePreview",
        .object([
            .init("as_of", .time, "The market's time at which it was judged"),
            .init("quantity", .number.orNull, "The units that would be sent; null where it is sized in money"),
            .init("notional", .number.orNull, "The money that would be sent; null where it is sized in units"),
            .init("reserved", .number.orNull, "The cash that would be set aside; null where it would be refused"),
            .init("adjustments", .list(.text), "What would be made smaller, and why"),
            .init("rules", .list(ruleSchema), "In the gate's order; none after the one that refuses"),
        ]))

    private static let ruleSchema = ValueSchema.object([
        .init("rule", .text), .init("limit", .number.orNull, "What it allows; null where that is no number"),
        .init("value", .number.orNull, "What the order would bring it to; null where that is not known"),
        .init("outcome", .choice(["passed", "reduced", "refused"])), .init("text", .text, "In words"),
    ])

    private let trial: RiskTrial
    private let time: Timestamp

    init(_ trial: RiskTrial, at time: Timestamp) {
        (self.trial, self.time) = (trial, time)
    }

    /// The fields of a placement that tell it.
    func fields(warnings: [Value]) -> [String: Value] {
        switch trial.verdict {
        case .approved(let order, let adjusted):
            let texts = adjusted.map(\.description)
            return [
                "verdict": "approved", "warnings": .list(warnings + texts.map(Value.text)),
                "gate": value(order.order.size, reserved: order.reserved, texts),
            ]
        case .refused(let refusal):
            return [
                "verdict": "refused", "rule": .text(refusal.rule.rawValue), "reason": .text(refusal.text),
                "warnings": .list(warnings), "gate": value(nil, reserved: nil, []),
            ]
        }
    }

    private func value(_ size: OrderSize?, reserved: Money?, _ adjustments: [String]) -> Value {
        var (quantity, notional): (Quantity?, Money?) = (nil, nil)
        switch size {
        case .units(let units): quantity = units
        case .notional(let amount): notional = amount
        case nil: break
        }
        return [
            "as_of": Value(time), "quantity": Value(quantity), "notional": Value(notional), "reserved": Value(reserved),
            "adjustments": .texts(adjustments), "rules": .list(trial.checks.map(GatePreview.value)),
        ]
    }

    private static func value(_ check: RiskCheck) -> Value {
        [
            "rule": .text(check.rule.rawValue), "limit": Value(check.limit), "value": Value(check.value),
            "outcome": .text(check.outcome.rawValue), "text": .text(check.text),
        ]
    }
}
