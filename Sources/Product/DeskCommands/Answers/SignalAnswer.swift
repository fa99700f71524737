import Analysis
public import TradingDesk
import TradingModel
public import WorkflowModel

extension DeskPicture {
    /// The newest recommendation of every instrument that has one, newest first.
    public var signalValues: [Value] { signals.map { $0.value(deskRun: run, isSimulated: plan.isSimulated) } }

    /// What one element of `signalValues` looks like.
    public static let signalSchema = ValueSchema.object([
        .init("simulated", .boolean), .init("time", .time), .init("symbol", .text),
        .init("action", .choice(["BUY", "SELL", "HOLD"])), .init("confidence", .number, "How sure, from 0 to 1"),
        .init("target", .number.orNull, "Where the price should go"),
        .init("stop", .number.orNull, "Where the idea is wrong"),
        .init("quantity", .number.orNull, "Units the plan trades"),
        .init("reason", .text, "Why, the weightiest evidence first"),
        .init(
            "sources",
            .list(
                .object([
                    .init("evidence", .text), .init("score", .number, "From -1, sell, to 1, buy"),
                    .init("weight", .number, "Its share of the decision"), .init("text", .text),
                ]))),
        .init("run", .text.orNull, "The run whose records hold the evidence"),
        .init("sequence", .integer.orNull, "The record that concluded it; null in streams, and where no record has it"),
        .init("trace", .text, "32 hexadecimal digits"),
    ])
}

extension DeskPicture.Signal {
    /// The recommendation; `sequence` is the record that concluded it, where that was looked up.
    public func value(deskRun: String, isSimulated: Bool, sequence: Int64? = nil) -> Value {
        let advice = recommendation
        return [
            "simulated": .boolean(isSimulated), "time": Value(time), "symbol": .text(advice.symbol.name),
            "action": .text(advice.action.rawValue), "confidence": Value(advice.confidence),
            "target": Value(advice.priceTarget), "stop": Value(advice.stopLoss), "quantity": Value(advice.quantity),
            "reason": .text(advice.reasons.map(\.text).joined(separator: "; ")),
            "sources": .list(
                advice.reasons.map { reason in
                    [
                        "evidence": .text(reason.evidence), "score": Value(reason.score),
                        "weight": Value(reason.weight), "text": .text(reason.text),
                    ]
                }),
            "run": Value(run), "sequence": sequence.map(Value.integer) ?? .null,
            "trace": .text(DeskTrace.id(run: deskRun, moment: time)),
        ]
    }
}
