import TradingModel
import WorkflowModel

/// An order as answers have it; amounts are decimal text as they are in the record.
enum OrderAnswer {
    static let states = RecordedOrder.State.allCases.map(\.rawValue)

    private static let properties: [ValueSchema.Property] = [
        .init("id", .text), .init("simulated", .boolean.orNull, "Whether prices are made up"), .init("symbol", .text),
        .init("side", .choice(["buy", "sell"])),
        .init("type", .choice(["MARKET", "LIMIT", "STOP", "STOP_LIMIT", "TRAILING_STOP"])),
        .init("quantity", .text.orNull, "Units; null where it is sized in money"),
        .init("notional", .text.orNull, "Money; null where it is sized in units"),
        .init("filled", .text, "Units traded so far"), .init("limit_price", .text.orNull),
        .init("stop_price", .text.orNull), .init("average_price", .text.orNull, "What a unit cost on average"),
        .init("time_in_force", .text), .init("reduce_only", .boolean, "It may only bring a position nearer to zero"),
        .init("stop_loss", .text.orNull, "The stop that goes with it"),
        .init("take_profit", .text.orNull, "The target that goes with it"),
        .init("state", .choice(states)), .init("reason", .text.orNull, "Why it ended as it did"),
        .init("origin", .text.orNull, "What brought it about"), .init("placed_at", .time),
        .init("updated_at", .time, "When the broker last said something of it"),
        .init("parent", .text.orNull, "The entry whose fill placed this exit"),
        .init("decision", .integer, "The record that brought it up"), .init("trace", .text.orNull),
    ]

    /// An item of a list.
    static let schema = ValueSchema.named("Order", .object(properties))

    /// With everything that is known of it.
    static let fullSchema = ValueSchema.named(
        "OrderTrail",
        .object(
            properties + [
                .init("reports", .list(reportSchema), "What the broker said, oldest first"),
                .init("fills", .list(FillAnswer.schema)),
                .init("stations", .list(StationAnswer.schema), "The way from the data to the fills"),
                .init("verified", .boolean, "Whether these records are as they were written"),
            ]))

    private static let reportSchema = ValueSchema.object([
        .init("time", .time), .init("state", .text, "accepted, triggered, filled, rejected, cancelled, expired…"),
        .init("text", .text, "In words"), .init("sequence", .integer),
    ])

    static func value(_ order: RecordedOrder, _ records: DeskRecords) throws -> Value {
        let (quantity, average) = order.filled
        return [
            "id": .text(order.id), "simulated": Value(records.isSimulated),
            "symbol": order.order.field("symbol"), "side": order.order.field("side"),
            "type": order.order.field("type"), "quantity": order.order.field("quantity"),
            "notional": order.order.field("notional"), "filled": Value(decimal: quantity),
            "limit_price": order.order.field("limit"), "stop_price": order.order.field("stop"),
            "average_price": Value(decimal: average), "time_in_force": order.order.field("timeInForce"),
            "reduce_only": order.order.field("reduceOnly"), "stop_loss": order.order.field("stopLoss"),
            "take_profit": order.order.field("takeProfit"), "state": .text(order.state.rawValue),
            "reason": Value(order.reason), "origin": Value(origin(order)), "placed_at": Value(order.placed.time),
            "updated_at": Value(order.reports.last?.time ?? order.placed.time), "parent": Value(order.parent),
            "decision": Value(order.placed.sequence), "trace": try records.trace(of: order.placed),
        ]
    }

    static func reports(_ order: RecordedOrder) -> Value {
        .list(
            order.reports.map { record in
                [
                    "time": Value(record.time), "state": record.body.field("outcome"),
                    "text": .text(RecordWords.report(record.body)), "sequence": Value(record.sequence),
                ]
            })
    }

    private static func origin(_ order: RecordedOrder) -> String? {
        if let parent = order.parent { return "exit of \(parent)" }
        return order.placed.body["run"]?.text ?? order.placed.body["trigger"]?.text
    }
}
