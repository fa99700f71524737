public import TradingDesk
public import TradingModel
public import WorkflowModel

extension DeskPicture {
    /// What is held, by symbol.
    public var positionValues: [Value] { positions.map { $0.value(equity: account.equity) } }

    /// What one element of `positionValues` looks like.
    public static let positionSchema = ValueSchema.object([
        .init("symbol", .text), .init("quantity", .number, "Units, below zero for a short position"),
        .init("average_price", .number.orNull, "What a unit cost on average"), .init("last_price", .number.orNull),
        .init("market_value", .number), .init("unrealised_profit", .number.orNull, "What it has gained, fees apart"),
        .init("unrealised_return", .number.orNull, "The gain over what it cost"),
        .init("share", .number.orNull, "Market value over equity, without sign"),
        .init("stop", .number.orNull, "The protecting stop in the market"),
        .init("target", .number.orNull, "The profit target in the market"),
    ])
}

extension DeskPicture.Holding {
    /// The position; its share is of `equity`.
    public func value(equity: Money?) -> Value {
        let cost = averagePrice.map { abs($0.double * quantity.double) }
        return [
            "symbol": .text(symbol.name), "quantity": Value(quantity), "average_price": Value(averagePrice),
            "last_price": Value(lastPrice), "market_value": Value(marketValue),
            "unrealised_profit": Value(unrealisedProfit),
            "unrealised_return": Value(ratio(unrealisedProfit?.double, cost)),
            "share": Value(ratio(abs(marketValue.double), equity?.double)), "stop": Value(stop),
            "target": Value(target),
        ]
    }
}
