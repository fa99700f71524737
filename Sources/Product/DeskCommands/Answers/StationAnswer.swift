import WorkflowModel

/// A station of a trail, as answers have it.
enum StationAnswer {
    static let schema = ValueSchema.named(
        "Station",
        .object([
            .init("station", .text, "trigger, data, the name of a node, verdict, report or fill"),
            .init("sequence", .integer), .init("time", .time), .init("hash", .text),
            .init("summary", .text, "In words"), .init("body", .any, "What of the record concerns the matter"),
            .init("trace", .text.orNull),
        ]))

    static func value(_ station: DecisionTrail.Station, _ records: DeskRecords) -> Value {
        [
            "station": .text(station.title), "sequence": Value(station.record.sequence),
            "time": Value(station.record.time), "hash": .text(station.record.hash),
            "summary": .text(station.summary), "body": station.body, "trace": records.run.trace(of: station.record),
        ]
    }
}
