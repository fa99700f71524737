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
            [
                .init("workflow_id", .text),
                .init("threshold", .any, "A number or the words of the rule; null where it has none"),
            ] + properties))

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
        ]
    }

    static func item(_ trigger: TriggerStatus, _ definition: TriggerDefinition, of workflow: String) -> Value {
        value(trigger).adding(["workflow_id": .text(workflow), "threshold": threshold(definition.kind)])
    }

    private static func threshold(_ kind: TriggerDefinition.Kind) -> Value {
        switch kind {
        case .schedule(let cron, let zone, _): .text("\(cron) \(zone)")
        case .priceChange(_, let threshold, _): Value(threshold)
        case .volumeSpike(_, let multiplier): Value(multiplier)
        case .volatility(_, let level): Value(level)
        case .newsSentiment(_, let threshold): Value(threshold)
        case .breakingNews(_, let priority): .text(priority.name)
        case .webhook(let name): .text(name)
        case .manual: .null
        }
    }
}
