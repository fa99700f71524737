import TradingDesk
import WorkflowModel

/// A request to the desk as it was taken.
enum ReceiptAnswer {
    static let receiptSchema = ValueSchema.named(
        "DeskRequest",
        .object([
            .init("id", .integer), .init("kind", .text), .init("reason", .text), .init("time", .time),
            .init("by", .text),
            .init("record", .integer.orNull, "The record at which it was obeyed; null while it waits"),
            .init("heard", .boolean, "Whether a desk is there to obey it"),
        ]))

    static let schema = ValueSchema.named(
        "DeskControl",
        .object([
            .init("request", receiptSchema), .init("trading", DeskPicture.tradingSchema.orNull, "As it was when asked"),
            .init("note", .text, "What happens now"),
        ]))

    static func value(_ receipt: DeskReceipt, _ picture: DeskPicture?) -> Value {
        [
            "request": value(receipt), "trading": picture?.tradingValue ?? .null,
            "note": .text(note(receipt)),
        ]
    }

    static func value(_ receipt: DeskReceipt) -> Value {
        [
            "id": Value(receipt.id), "kind": .text(receipt.kind), "reason": .text(receipt.reason),
            "time": Value(receipt.time), "by": .text(receipt.who), "record": Value(receipt.record),
            "heard": .boolean(receipt.isHeard),
        ]
    }

    static func note(_ receipt: DeskReceipt) -> String {
        if let record = receipt.record { return "obeyed at record \(record)" }
        return receipt.isHeard
            ? "the desk obeys at its next event" : "kept; a desk that is started later obeys at its first event"
    }
}
