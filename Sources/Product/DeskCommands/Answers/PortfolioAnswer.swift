import RiskControl
public import TradingDesk
import TradingModel
public import WorkflowModel

extension DeskPicture {
    /// Cash, what is held, and how the day goes.
    public var portfolioValue: Value {
        [
            "simulated": .boolean(plan.isSimulated), "run": .text(run), "as_of": Value(time),
            "currency": "USD", "cash": Value(account.cash), "equity": Value(account.equity),
            "initial_cash": Value(account.initialCash), "realised_profit": Value(account.realisedProfit),
            "unrealised_profit": Value(account.unrealisedProfit), "fees": Value(account.fees), "day": dayValue,
            "exposure": exposureValue, "drawdown": Value(account.drawdown),
            "deepest_drawdown": Value(account.deepestDrawdown), "positions": .list(positionValues),
        ]
    }

    /// How the trading day goes, and how much of it may be lost.
    public var dayValue: Value {
        let start = account.dayStart?.double
        let profit = account.equity.flatMap { equity in start.map { equity.double - $0 } }
        let floor = limits.maxDailyLoss.flatMap { limit in start.map { $0 * (1 - limit) } }
        return [
            "start_equity": Value(start), "profit": Value(profit), "return": Value(ratio(profit, start)),
            "loss_limit": Value(limits.maxDailyLoss), "loss_limit_equity": Value(floor),
        ]
    }

    private var exposureValue: Value {
        [
            "gross": Value(account.grossExposure), "net": Value(account.netExposure),
            "share": Value(ratio(account.grossExposure?.double, account.equity?.double)),
        ]
    }

    /// What `portfolioValue` looks like.
    public static let portfolioSchema = ValueSchema.object([
        .init("simulated", .boolean, "Whether prices are made up"), .init("run", .text),
        .init("as_of", .time.orNull, "The market's time"), .init("currency", .text), .init("cash", .number),
        .init("equity", .number.orNull, "Cash and positions at the last prices"), .init("initial_cash", .number),
        .init("realised_profit", .number.orNull, "Profit of everything sold, fees apart"),
        .init("unrealised_profit", .number.orNull, "What the held positions have gained, fees apart"),
        .init("fees", .number), .init("day", daySchema),
        .init(
            "exposure",
            .object([
                .init("gross", .number.orNull, "Market values regardless of sign"), .init("net", .number.orNull),
                .init("share", .number.orNull, "Gross exposure over equity"),
            ])),
        .init("drawdown", .number.orNull, "How far equity is below its highest, as a share"),
        .init("deepest_drawdown", .number.orNull), .init("positions", .list(positionSchema)),
    ])

    /// What `dayValue` looks like.
    public static let daySchema = ValueSchema.object([
        .init("start_equity", .number.orNull, "Equity when the trading day began"), .init("profit", .number.orNull),
        .init("return", .number.orNull), .init("loss_limit", .number.orNull, "The share that may be lost in a day"),
        .init("loss_limit_equity", .number.orNull, "Equity at which trading halts"),
    ])
}
