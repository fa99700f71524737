public import Determinism
public import RiskControl
public import TradingDesk
public import WorkflowModel

extension DeskPicture {
    /// What the gate lets through, why and since when.
    public var tradingValue: Value { trading.value(since: tradingSince) }

    /// What `tradingValue` looks like.
    public static let tradingSchema = ValueSchema.object([
        .init("state", .choice(["active", "reduce_only", "halted"])), .init("reason", .text.orNull),
        .init("since", .time.orNull, "The market's time; null where it was so from the beginning"),
        .init("lifts", .text.orNull, "What ends it"),
    ])
}

extension TradingState {
    /// The word that faces use for it.
    public var word: String {
        switch self {
        case .active: "active"
        case .reduceOnly: "reduce_only"
        case .halted: "halted"
        }
    }

    /// The state, why it is so, since when, and what ends it.
    public func value(since: Timestamp?) -> Value {
        let (reason, lifts): (String?, String?) =
            switch self {
            case .active: (nil, nil)
            case .reduceOnly(let reason): (reason, "a person resumes")
            case .halted(let reason):
                (reason.description, reason.endsWithDay ? "the next trading day" : "a person resumes")
            }
        return ["state": .text(word), "reason": Value(reason), "since": Value(since), "lifts": Value(lifts)]
    }
}
