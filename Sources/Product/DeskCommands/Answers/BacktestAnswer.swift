import WorkflowModel

/// A backtest as answers have it.
enum BacktestAnswer {
    static let states = ["running", "done", "failed", "cancelled"]

    private static let properties: [ValueSchema.Property] = [
        .init("id", .text), .init("state", .choice(states)), .init("progress", .number, "From 0 to 1"),
        .init("request", .anyObject, "As it was asked for"), .init("by", .text.orNull, "Who asked"),
        .init("figures", PerformanceAnswer.figuresSchema.orNull, "Null until it is done"),
        .init("started_at", .time.orNull), .init("finished_at", .time.orNull), .init("error", .text.orNull),
    ]

    private static let report: [ValueSchema.Property] = [
        .init("simulated", .boolean.orNull), .init("until", .time.orNull, "The last event's time"),
        .init("bars", .integer.orNull, "How many"), .init("cash", .number.orNull, "At the end"),
        .init("final_equity", .number.orNull), .init("targets", .list(PerformanceAnswer.targetSchema)),
        .init("equity", .list(point), "Oldest first"), .init("trade_count", .integer.orNull),
        .init("trades", .list(trade), "The last ones, oldest first"), .init("best", .list(trade)),
        .init("worst", .list(trade)), .init("costs", .map(.number.orNull)), .init("benchmark", benchmark.orNull),
    ]

    /// An item of a list.
    static let schema = ValueSchema.named("Backtest", .object(properties))

    /// With its report.
    static let fullSchema = ValueSchema.named("BacktestReport", .object(properties + report))

    private static let point = ValueSchema.object([
        .init("time", .time), .init("equity", .number), .init("drawdown", .number.orNull),
        .init("benchmark", .number.orNull, "What holding the instruments would have come to"),
    ])

    private static let trade = ValueSchema.object([
        .init("symbol", .text), .init("side", .text), .init("quantity", .number), .init("entry_time", .time),
        .init("entry_price", .number.orNull), .init("exit_time", .time), .init("exit_price", .number.orNull),
        .init("profit", .number.orNull), .init("return", .number.orNull), .init("fees", .number),
    ])

    private static let benchmark = ValueSchema.object([
        .init("name", .text), .init("return", .number), .init("drawdown", .number), .init("sharpe", .number.orNull),
    ])

    private static let lists = ["targets", "equity", "trades", "best", "worst"]

    static func item(_ found: Value) -> Value { found.picking(properties.map(\.name)) }

    static func full(_ found: Value) -> Value {
        let missing = Dictionary(lists.filter { found[$0] == nil }.map { ($0, Value.list([])) }) { $1 }
        return found.picking((properties + report).map(\.name)).adding(missing)
            .adding(["costs": found["costs"] ?? [:]])
    }
}
