import TradingDesk
import WorkflowModel

/// The risk answer with the halts of the past.
enum RiskHalts {
    private static let haltSchema = ValueSchema.named(
        "Halt",
        .object([
            .init("time", .time), .init("reason", .text), .init("sequence", .integer), .init("trace", .text.orNull),
        ]))

    static let riskSchema = ValueSchema.named("Risk", DeskPicture.riskSchema(halt: haltSchema))

    static func risk(_ context: CommandContext) throws -> Value {
        try context.picture().riskValue(halts: halts(DeskRecords(context.services)))
    }

    /// The last twenty among the decisions looked at, newest first.
    private static func halts(_ records: DeskRecords) throws -> [Value] {
        var halts: [Value] = []
        _ = try records.archive.walk(["decision"], from: nil, most: 5000) { record in
            if let reason = record.body["halt"]?.text {
                halts.append([
                    "time": Value(record.time), "reason": .text(reason), "sequence": Value(record.sequence),
                    "trace": records.run.trace(of: record),
                ])
            }
            return halts.count < 20
        }
        return halts
    }
}
