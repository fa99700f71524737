import Determinism
import TradingDesk
import WorkflowModel

/// The record of every decision.
enum AuditCommands {
    static let all = [list, verify]

    private static let kind = Field<String>.choice(
        "kind", DecisionRecord.Kind.allCases.map(\.rawValue), "Only records of this kind"
    ).optional
    private static let subject = Field<String>.text(
        "subject", "Only what mentions this: an order, a run", upTo: 200
    ).optional
    private static let from = Field<Int>.integer(
        "from", 1...Int.max, "The first record looked at, going back in time; else the newest"
    ).optional

    private static let bodies = Field<Bool>.flag(
        "bodies", "Whether records come with what they hold, which is large; else body is null"
    ).or(true)

    private static let list = DeskCommand(
        "audit.list", "Records of the chain of decisions, newest first", .read, at: .get("/api/audit"),
        tool: "audit_records",
        takes: [kind, subject].map(\.description) + [from.description, bodies.description] + PageRequest.fields,
        answers: .page(of: RecordAnswer.schema)
    ) { arguments, context in
        let request = try PageRequest("audit", arguments)
        let records = try DeskRecords(context.services)
        var query = RecordQuery()
        query.kinds = try arguments[kind].map { [$0] } ?? []
        query.subject = try arguments[subject]
        query.from = try request.numbers(1)?.first ?? arguments[from].map(Int64.init)
        query.limit = request.limit
        let found = try query.from == 0 ? [] : records.archive.records(query)
        let end = found.count == request.limit ? found.last.map { [Value($0.sequence - 1)] } : nil
        let hasBodies = try arguments[bodies]
        return try request.page(
            found.map { RecordAnswer.value($0, records, hasBody: hasBodies) }, endingAt: end)
    }

    private static let headSchema = ValueSchema.object([.init("sequence", .integer), .init("hash", .text)])

    private static let verify = DeskCommand(
        "audit.verify", "Check the whole chain of records", .read, at: .get("/api/audit/verify"),
        tool: "audit_verify",
        answers: .object([
            .init("valid", .boolean), .init("records", .integer), .init("head", headSchema.orNull),
            .init("checked_at", .time, "When the check began; one that took long stands for ten times as long"),
            .init("problem", .text.orNull, "The first fault"),
        ])
    ) { _, context in
        let services = context.services
        let found = try await services.chain.finding(in: services.archive, time: services.time)
        return [
            "valid": .boolean(found.fault == nil), "records": Value(found.head?.sequence ?? 0),
            "head": StatusAnswer.head(found.head), "checked_at": Value(found.checked), "problem": Value(found.fault),
        ]
    }
}
