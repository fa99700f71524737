public import TradingDesk
public import WorkflowModel

/// What runs came to, as programs read it.
public enum StatisticsAnswer {
    static let schema = ValueSchema.named(
        "Statistics",
        .object([
            .init("workflow_id", .text.orNull, "Null for all"),
            .init("executions_last_24h", .integer, "Where the last day is asked for", isRequired: false),
            .init("executions", .integer, "Where another time is asked for", isRequired: false),
            .init("hours", .integer), .init("open", .integer), .init("completed", .integer), .init("failed", .integer),
            .init("success_rate", .number.orNull), .init("average_duration", .number.orNull, "Seconds"),
            .init("p50_duration", .number.orNull, "Seconds"), .init("p99_duration", .number.orNull, "Seconds"),
            .init("steps_performance", .map(stepSchema)), .init("service_levels", .list(levelSchema)),
            .init("economics", economicsSchema),
        ]))

    private static let stepSchema = ValueSchema.object([
        .init("avg_time", .number.orNull, "Seconds"), .init("success_rate", .number.orNull),
        .init("executions", .integer), .init("attempts", .integer),
    ])

    private static let levelSchema = ValueSchema.object([
        .init("metric", .text), .init("target", .text), .init("measured", .number.orNull),
        .init("met", .boolean.orNull),
    ])

    private static let economicsSchema = ValueSchema.object([
        .init("per_day", .map(.number)), .init("assumed_prices", .map(.number)), .init("cost", .map(.number)),
        .init("profit_per_day", .number.orNull), .init("roi", .number.orNull, "Beyond the cost, as a multiple of it"),
    ])

    /// The statistics of some hours.
    public static func value(
        _ statistics: ExecutionStatistics, _ economics: WorkflowEconomics, _ name: String?, hours: Int
    ) -> Value {
        [
            "workflow_id": Value(name),
            (hours == 24 ? "executions_last_24h" : "executions"): Value(statistics.executions),
            "hours": Value(hours), "open": Value(statistics.open), "completed": Value(statistics.completed),
            "failed": Value(statistics.failed), "success_rate": Value(statistics.successRate),
            "average_duration": Value(seconds: statistics.averageDuration),
            "p50_duration": Value(seconds: statistics.duration(atShare: 0.5)),
            "p99_duration": Value(seconds: statistics.duration(atShare: 0.99)),
            "steps_performance": .object(statistics.steps.mapValues(step)),
            "service_levels": .list(ServiceLevel.all(statistics).map(\.value)), "economics": economics.value,
        ]
    }

    private static func step(_ step: ExecutionStatistics.Step) -> Value {
        [
            "avg_time": Value(seconds: step.averageTime), "success_rate": Value(step.successRate),
            "executions": Value(step.count), "attempts": Value(step.attempts),
        ]
    }
}
