import TradingModel
import WorkflowModel

/// What was traded, as answers have it; amounts are decimal text as they are in the record.
enum FillAnswer {
    static let schema = ValueSchema.named(
        "Fill",
        .object([
            .init("order", .text), .init("ordinal", .integer, "1, 2, 3… for the fills of one order"),
            .init("simulated", .boolean.orNull), .init("symbol", .text), .init("side", .choice(["buy", "sell"])),
            .init("quantity", .text), .init("price", .text), .init("fee", .text),
            .init("value", .text.orNull, "Quantity times price"), .init("time", .time),
            .init("leaves", .text, "Units of the order that still stand"), .init("note", .text.orNull),
            .init(
                "realized_profit", .text.orNull,
                "What it locked in less its fee; null for a fill that only opens, or of before this was kept"),
            .init("sequence", .integer, "The record"), .init("trace", .text.orNull),
        ]))

    static func value(_ fill: Value, _ record: ArchivedRecord, _ run: RecordedRun) -> Value {
        let names = [
            "order", "ordinal", "symbol", "side", "quantity", "price", "fee", "time", "leaves", "note",
            "realized_profit",
        ]
        let fields = Dictionary(names.map { ($0, fill.field($0)) }) { $1 }
        return Value.object(fields).adding([
            "simulated": Value(run.isSimulated), "value": Value(decimal: worth(fill)),
            "sequence": Value(record.sequence), "trace": run.trace(of: record),
        ])
    }

    private static func worth(_ fill: Value) -> Money? {
        guard let quantity = fill["quantity"]?.text.flatMap({ Quantity($0) }),
            let price = fill["price"]?.text.flatMap({ Price($0) })
        else { return nil }
        return try? price * quantity
    }
}
