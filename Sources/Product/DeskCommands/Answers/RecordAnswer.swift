import WorkflowModel

/// A record of the chain, as answers have it.
enum RecordAnswer {
    static let schema = ValueSchema.named(
        "Record",
        .object([
            .init("sequence", .integer), .init("kind", .text), .init("time", .time),
            .init("subjects", .list(.text), "What it can be found by"), .init("summary", .text, "In words"),
            .init("body", .any), .init("hash", .text), .init("trace", .text.orNull),
        ]))

    static func value(_ record: ArchivedRecord, _ records: DeskRecords, hasBody: Bool = true) -> Value {
        [
            "sequence": Value(record.sequence), "kind": .text(record.kind), "time": Value(record.time),
            "subjects": .texts(record.subjects), "summary": .text(RecordWords.of(record)),
            "body": hasBody ? record.body : .null,
            "hash": .text(record.hash), "trace": records.run.trace(of: record),
        ]
    }
}
