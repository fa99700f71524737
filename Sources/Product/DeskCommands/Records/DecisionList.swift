import WorkflowModel

/// Verdicts, newest first.
struct DecisionList: Sendable {
    let records: DeskRecords
    let symbol: String?
    let verdict: String?

    func page(_ request: PageRequest) throws -> Value {
        let start = try request.numbers(2)
        var items: [Value] = []
        var position: [Value]?
        let end = try records.archive.walk(["decision"], from: start?[0]) { record in
            for (place, item) in DecisionAnswer.values(record, records.run).enumerated().reversed() {
                if let start, record.sequence == start[0], place >= start[1] { continue }
                guard fits(item) else { continue }
                items.append(item)
                position = [Value(record.sequence), Value(place)]
                if items.count == request.limit { return false }
            }
            position = [Value(record.sequence), 0]
            return true
        }
        return try request.page(items, endingAt: end == nil ? nil : position)
    }

    private func fits(_ item: Value) -> Bool {
        (symbol == nil || item["symbol"]?.text == symbol) && (verdict == nil || item["verdict"]?.text == verdict)
    }

    /// One verdict with its trail.
    static func full(_ sequence: Int64, verdict index: Int, _ records: DeskRecords) throws -> Value {
        guard let record = try records.archive.record(sequence), record.kind == "decision" else {
            throw CommandProblem.notFound("record \(sequence) is no decision; decisions.list lists them")
        }
        let items = DecisionAnswer.values(record, records.run)
        guard items.indices.contains(index),
            let trail = try DecisionTrail(of: record, verdict: index, in: records.archive)
        else {
            throw CommandProblem.notFound("record \(sequence) holds \(items.count) verdicts, counted from 0")
        }
        let fault = try records.archive.fault(in: trail.stations.map(\.record.sequence))
        return items[index].adding([
            "stations": .list(trail.stations.map { StationAnswer.value($0, records) }),
            "verified": .boolean(fault == nil), "problem": Value(fault),
            "replay": .text("bellwether audit replay\(records.run.name.map { " --run \($0)" } ?? "")"),
        ])
    }
}
