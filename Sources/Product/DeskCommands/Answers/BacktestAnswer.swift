import WorkflowModel

/// A backtest as answers have it.
enum BacktestAnswer {
    static let states = ["running", "done", "failed", "cancelled"]

    private static let properties: [ValueSchema.Property] = [
        .init("id", .text), .init("state", .choice(states)), .init("progress", .number, "From 0 to 1"),
        .init("request", .anyObject, "As it was asked for"), .init("figures", PerformanceAnswer.figuresSchema.orNull),
        .init("started_at", .time.orNull), .init("finished_at", .time.orNull), .init("error", .text.orNull),
    ]

    static let schema = ValueSchema.named("Backtest", .object(properties))

    static let fullSchema = ValueSchema.named(
        "BacktestReport",
        .object(
            properties + [
                .init("simulated", .boolean.orNull), .init("equity", .list(.anyObject), "Oldest first"),
                .init("targets", .list(.anyObject)), .init("trades", .list(.anyObject)), .init("costs", .map(.any)),
                .init("benchmark", .anyObject.orNull),
            ]))

    static func item(_ report: Value) -> Value { report.picking(properties.map(\.name)) }

    static func full(_ report: Value) -> Value {
        item(report).adding([
            "simulated": report.field("simulated"), "equity": report["equity"] ?? [],
            "targets": report["targets"] ?? [], "trades": report["trades"] ?? [], "costs": report["costs"] ?? [:],
            "benchmark": report.field("benchmark"),
        ])
    }
}
