import RiskControl
public import TradingDesk
import TradingModel
public import WorkflowModel

extension DeskPicture {
    /// What the gate lets through, its limits and how much of them is used.
    ///
    /// `halts` are the halts of the past, which only the record has.
    public func riskValue(halts: [Value] = []) -> Value {
        [
            "simulated": .boolean(plan.isSimulated), "run": .text(run), "as_of": Value(time),
            "trading": tradingValue, "limits": .list(LimitField.all.map { $0.value(in: limits) }),
            "used": .list(usedValues), "day": dayValue, "open_orders": Value(openOrders.count),
            "halts": .list(halts),
        ]
    }

    /// What streams tell of risk: the trading state and the day.
    public var riskEventValue: Value { ["trading": tradingValue, "day": dayValue, "as_of": Value(time)] }

    /// How much of each limit is used, where that can be said.
    public var usedValues: [Value] {
        let equity = account.equity?.double
        let largest = positions.map { abs($0.marketValue.double) }.max()
        let lost = equity.flatMap { equity in
            ratio(account.dayStart.map { $0.double - equity }, account.dayStart?.double)
        }
        let uses: [(String, Double?, Double?)] = [
            ("max_position_share", ratio(largest ?? 0, equity), limits.maxPositionShare),
            ("max_daily_loss", lost.map { max(0, $0) }, limits.maxDailyLoss),
            ("max_drawdown", account.drawdown, limits.maxDrawdown),
        ]
        return uses.compactMap { name, used, limit in
            guard let used, let limit else { return nil }
            return [
                "name": .text(name), "used": Value(used), "limit": Value(limit), "share": Value(ratio(used, limit)),
            ]
        }
    }

    /// What `riskValue` looks like; what a halt of the past looks like is up to whoever lists them.
    public static func riskSchema(halt: ValueSchema = .anyObject) -> ValueSchema {
        .object([
            .init("simulated", .boolean), .init("run", .text), .init("as_of", .time.orNull),
            .init("trading", tradingSchema), .init("limits", .list(LimitField.valueSchema)),
            .init(
                "used",
                .list(
                    .object([
                        .init("name", .text), .init("used", .number), .init("limit", .number),
                        .init("share", .number.orNull, "What is used over the limit"),
                    ]))),
            .init("day", daySchema), .init("open_orders", .integer), .init("halts", .list(halt)),
        ])
    }
}
