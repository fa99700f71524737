public import Triggers
public import WorkflowModel

/// A trigger as programs read it.
public enum TriggerAnswer {
    private static let properties: [ValueSchema.Property] = [
        .init("name", .text), .init("type", .text, "schedule, price_change…"), .init("paused", .boolean),
        .init("evaluations", .integer, "How often it looked"), .init("firings", .integer),
        .init("last_evaluation", .time.orNull), .init("last_firing", firing.orNull),
        .init("not_fired_because", .text.orNull, "Why it did not fire when it last looked"),
        .init("next_scheduled", .time.orNull),
        .init("threshold", .any, "A number or the words of the rule; null where it has none"),
        .init(
            "last_value", .any, "What it compared with the threshold last, in its measure; null where it never could"),
        .init("reference", .number.orNull, "What the value is measured from: a price, an average volume"),
        .init("checked_at", .time.orNull, "When it saw the last value"),
    ]

    private static let firing = ValueSchema.object([
        .init("time", .time), .init("id", .text), .init("cause", .text),
    ])

    /// A trigger of a workflow that is known.
    static let schema = ValueSchema.named("Trigger", .object(properties))

    /// An item of a list.
    static let itemSchema = ValueSchema.named(
        "WorkflowTrigger",
        .object(
            [.init("workflow_id", .text)] + properties))

    /// How a trigger stands.
    public static func value(_ trigger: TriggerStatus) -> Value {
        let firing = trigger.lastFiring.map { firing -> Value in
            ["time": Value(firing.time), "id": .text(firing.id), "cause": .text(firing.cause)]
        }
        return [
            "name": .text(trigger.name), "type": .text(trigger.type), "paused": .boolean(trigger.paused),
            "evaluations": Value(trigger.evaluations), "firings": Value(trigger.firings),
            "last_evaluation": Value(trigger.lastEvaluation), "last_firing": firing ?? .null,
            "not_fired_because": Value(trigger.notFiredBecause), "next_scheduled": Value(trigger.nextScheduled),
            "threshold": trigger.threshold, "last_value": trigger.lastValue, "reference": Value(trigger.reference),
            "checked_at": Value(trigger.checkedAt),
        ]
    }

    static func item(_ trigger: TriggerStatus, of workflow: String) -> Value {
        value(trigger).adding(["workflow_id": .text(workflow)])
    }
}
