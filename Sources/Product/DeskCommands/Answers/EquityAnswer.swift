import TradingDesk
import TradingModel
import WorkflowModel

/// Equity over time.
enum EquityAnswer {
    static let schema = ValueSchema.named(
        "Equity",
        .object([
            .init("simulated", .boolean), .init("run", .text),
            .init("points", .list(pointSchema), "Oldest first: one a day, those of the last two trading days finer"),
            .init("fine_from", .time.orNull, "From when on points are finer than one a day"),
            .init("day_start", .number.orNull, "Equity when the trading day began"),
            .init("loss_limit_equity", .number.orNull, "Equity at which trading halts"),
        ]))

    private static let pointSchema = ValueSchema.object([
        .init("time", .time), .init("equity", .number),
        .init("drawdown", .number, "How far it is below the highest before it, as a share"),
    ])

    /// The curve thinned to so many points; the first and the last stay, and drawdowns are of the whole curve.
    static func value(_ picture: DeskPicture, points count: Int) -> Value {
        let day = picture.dayValue
        return [
            "simulated": .boolean(picture.plan.isSimulated), "run": .text(picture.run),
            "points": .list(thinned(points(picture.equity), to: count)), "fine_from": Value(picture.equityFineFrom),
            "day_start": day.field("start_equity"),
            "loss_limit_equity": day.field("loss_limit_equity"),
        ]
    }

    private static func points(_ curve: [DeskPicture.EquityPoint]) -> [Value] {
        var peak = -Double.infinity
        return curve.map { point in
            let equity = point.equity.double
            peak = max(peak, equity)
            return [
                "time": Value(point.time), "equity": Value(equity), "drawdown": Value(peak > 0 ? 1 - equity / peak : 0),
            ]
        }
    }

    private static func thinned(_ points: [Value], to count: Int) -> [Value] {
        guard points.count > count, count > 1 else { return points }
        return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
    }
}
