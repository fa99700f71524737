import WorkflowModel

/// A verdict of the gate, as answers have it: one item for each order that was wanted.
enum DecisionAnswer {
    static let verdicts = ["approved", "refused"]

    private static let properties: [ValueSchema.Property] = [
        .init("sequence", .integer, "The record"),
        .init("index", .integer, "The verdict's place in the record, from 0"),
        .init("time", .time), .init("simulated", .boolean.orNull), .init("symbol", .text),
        .init("side", .choice(["buy", "sell"])), .init("verdict", .choice(verdicts)),
        .init("rule", .text.orNull, "The rule that refused it"), .init("reason", .text.orNull, "In words"),
        .init("quantity", .text.orNull), .init("notional", .text.orNull),
        .init("order", .text.orNull, "The order that was sent"),
        .init("adjustments", .list(.text), "What the gate made smaller, and why"),
        .init("trigger", .text.orNull, "What the desk decided upon"), .init("origin", .text.orNull),
        .init("run", .text.orNull, "The run of the pipeline or workflow"),
        .init("by", .text.orNull, "The person or key that asked for it"), .init("hash", .text),
        .init("trace", .text.orNull),
    ]

    /// An item of a list.
    static let schema = ValueSchema.named("Decision", .object(properties))

    /// With the way that led to it.
    static let fullSchema = ValueSchema.named(
        "DecisionTrail",
        .object(
            properties + [
                .init("stations", .list(StationAnswer.schema), "The way from the data to the fills"),
                .init("verified", .boolean, "Whether these records are as they were written"),
                .init("problem", .text.orNull, "What is wrong with them"),
                .init("replay", .text, "The command that derives the run again and compares"),
            ]))

    /// The verdicts of a record, in its order.
    static func values(_ record: ArchivedRecord, _ run: RecordedRun) -> [Value] {
        (record.body["verdicts"]?.list ?? []).enumerated().map { index, verdict in
            [
                "sequence": Value(record.sequence), "index": Value(index), "time": Value(record.time),
                "simulated": Value(run.isSimulated), "symbol": verdict.field("symbol"),
                "side": verdict.field("side"), "verdict": .text(word(verdict)), "rule": verdict.field("rule"),
                "reason": verdict.field("text"), "quantity": verdict.field("quantity"),
                "notional": verdict.field("notional"), "order": verdict["order"]?["id"] ?? .null,
                "adjustments": verdict["adjustments"] ?? [], "trigger": record.body.field("trigger"),
                "origin": verdict.field("origin"), "run": record.body.field("run"), "by": record.body.field("by"),
                "hash": .text(record.hash), "trace": run.trace(of: record),
            ]
        }
    }

    private static func word(_ verdict: Value) -> String {
        verdict["approved"]?.boolean == true ? "approved" : "refused"
    }
}
