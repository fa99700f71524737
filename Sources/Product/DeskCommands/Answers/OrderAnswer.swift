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

    static func value(_ order: RecordedOrder, _ run: RecordedRun) -> Value {
        let (quantity, average) = order.filled
        return sent(order.order, parent: order.parent, order.placed, run).adding([
            "filled": Value(decimal: quantity), "average_price": Value(decimal: average),
            "state": .text(order.state.rawValue), "reason": Value(order.reason),
            "updated_at": Value(order.reports.last?.time ?? order.placed.time),
        ])
    }

    /// An order as it stands when the record brings it up; `parent` is the entry whose fill placed it.
    static func sent(_ order: Value, parent: String?, _ record: ArchivedRecord, _ run: RecordedRun) -> Value {
        let asRecorded = [
            "id": "id", "symbol": "symbol", "side": "side", "type": "type", "quantity": "quantity",
            "notional": "notional", "limit_price": "limit", "stop_price": "stop", "time_in_force": "timeInForce",
            "reduce_only": "reduceOnly", "stop_loss": "stopLoss", "take_profit": "takeProfit",
        ].mapValues(order.field)
        return Value.object(asRecorded).adding([
            "simulated": Value(run.isSimulated), "filled": "0", "average_price": .null,
            "state": .text(RecordedOrder.State.open.rawValue), "reason": .null,
            "origin": Value(origin(parent, record)), "placed_at": Value(record.time),
            "updated_at": Value(record.time), "parent": Value(parent), "decision": Value(record.sequence),
            "trace": run.trace(of: record),
        ])
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

    private static func origin(_ parent: String?, _ record: ArchivedRecord) -> String? {
        if let parent { return "exit of \(parent)" }
        return record.body["run"]?.text ?? record.body["trigger"]?.text
    }
}
