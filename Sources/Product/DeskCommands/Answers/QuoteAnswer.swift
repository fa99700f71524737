import Analysis
public import TradingDesk
import TradingModel
public import WorkflowModel

extension DeskPicture {
    /// The last bar of every instrument that has one, with what is advised and held.
    public var quoteValues: [Value] {
        let advice = Dictionary(signals.map { ($0.recommendation.symbol, $0) }) { first, _ in first }
        let held = Dictionary(positions.map { ($0.symbol, $0) }) { first, _ in first }
        return quotes.map { quote in
            var fields = quote.value(isSimulated: plan.isSimulated).fields ?? [:]
            if let signal = advice[quote.symbol] {
                fields["signal"] = [
                    "action": .text(signal.recommendation.action.rawValue),
                    "confidence": Value(signal.recommendation.confidence),
                ]
            }
            if let holding = held[quote.symbol] {
                fields["position"] = [
                    "quantity": Value(holding.quantity), "unrealised_profit": Value(holding.unrealisedProfit),
                ]
            }
            return .object(fields)
        }
    }

    /// What one element of `quoteValues` looks like.
    public static let quoteSchema = ValueSchema.object([
        .init("symbol", .text), .init("simulated", .boolean), .init("time", .time, "When the last bar ended"),
        .init("last", .number), .init("open", .number), .init("high", .number), .init("low", .number),
        .init("previous_close", .number.orNull, "The close of the day before"),
        .init("change", .number.orNull, "The last price over the close of the day before, less one"),
        .init("volume", .number),
        .init(
            "signal", .object([.init("action", .text), .init("confidence", .number)]).orNull,
            "What is advised; null where nothing was"),
        .init(
            "position",
            .object([.init("quantity", .number), .init("unrealised_profit", .number.orNull)]).orNull,
            "What is held; null where nothing is"),
    ])
}

extension DeskPicture.Quote {
    /// The bar as streams and lists show it; nothing is said of advice and holdings.
    public func value(isSimulated: Bool) -> Value {
        let previous = previousClose?.double
        return [
            "symbol": .text(symbol.name), "simulated": .boolean(isSimulated), "time": Value(bar.end),
            "last": Value(bar.close), "open": Value(bar.open), "high": Value(bar.high), "low": Value(bar.low),
            "previous_close": Value(previous), "change": Value(ratio(bar.close.double, previous).map { $0 - 1 }),
            "volume": Value(bar.volume), "signal": .null, "position": .null,
        ]
    }
}
