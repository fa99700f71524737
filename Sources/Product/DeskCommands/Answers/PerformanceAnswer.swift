import Accounting
import TradingDesk
import WorkflowModel

/// What a run came to.
enum PerformanceAnswer {
    static let schema = ValueSchema.named(
        "Performance",
        .object([
            .init("simulated", .boolean), .init("run", .text), .init("as_of", .time.orNull),
            .init("figures", figuresSchema.orNull, "Null before the first day"),
            .init("targets", .list(targetSchema), "Aims beside what was reached"),
        ]))

    static let figuresSchema = ValueSchema.named(
        "Figures",
        .object(
            [
                "signal_accuracy", "win_rate", "average_return", "profit_factor", "best_trade", "worst_trade",
                "total_return", "annual_return", "volatility", "sharpe", "sortino", "calmar", "value_at_risk",
                "expected_shortfall", "max_drawdown", "max_drawdown_days", "exposure", "time_in_market", "turnover",
                "annual_turnover", "fees", "carry_costs",
            ].map { .init($0, .number.orNull) } + [
                .init("trades", .integer), .init("max_drawdown_recovered", .boolean.orNull),
            ]))

    static let targetSchema = ValueSchema.object([
        .init("name", .text), .init("target", .text), .init("actual", .number.orNull), .init("met", .boolean.orNull),
    ])

    static func value(_ picture: DeskPicture) throws -> Value {
        [
            "simulated": .boolean(picture.plan.isSimulated), "run": .text(picture.run), "as_of": Value(picture.time),
            "figures": try picture.figures.map { try Value(coding: FigureLine(figures: $0), snakeCase: true) } ?? .null,
            "targets": .list(picture.targets.map(target)),
        ]
    }

    static func target(_ line: Targets.Line) -> Value {
        [
            "name": .text(line.name), "target": .text(line.target), "actual": Value(line.actual),
            "met": Value(line.isMet),
        ]
    }
}
