import Determinism
public import WorkflowModel

/// The way of a decision or an order through the record: trigger, data, results of nodes, verdict, reports and fills.
///
/// Cost: the records about it, and one look backwards for the data; it does not grow with the record.
public struct DecisionTrail: Sendable {
    /// One record on the way.
    public struct Station: Sendable {
        /// `trigger`, `data`, the name of a node, `verdict`, `report` or `fill`.
        public let title: String
        /// The record.
        public let record: ArchivedRecord
        /// What of the record concerns the matter.
        public let body: Value
        /// The same in words.
        public let summary: String
    }

    /// The stations, oldest first.
    public private(set) var stations: [Station] = []

    /// The way of an order; nil where the record has none of it. An exit's way begins with that of its entry.
    public init?(ofOrder id: String, in archive: any DecisionArchive) throws {
        guard let order = try RecordedOrder(id, in: archive) else { return nil }
        if let parent = order.parent {
            stations = try DecisionTrail(ofOrder: parent, in: archive)?.stations ?? []
        } else {
            try addWay(to: order.placed, order.verdict, archive)
        }
        addRest(order)
    }

    /// The way of one verdict of a decision's record; nil where the record has no such verdict.
    public init?(of decision: ArchivedRecord, verdict index: Int, in archive: any DecisionArchive) throws {
        guard let verdicts = decision.body["verdicts"]?.list, verdicts.indices.contains(index) else { return nil }
        try addWay(to: decision, verdicts[index], archive)
        guard let id = verdicts[index]["order"]?["id"]?.text, let order = try RecordedOrder(id, in: archive) else {
            return
        }
        addRest(order)
    }

    /// What is about the order and not among the stations yet.
    private mutating func addRest(_ order: RecordedOrder) {
        let known = Set(stations.map(\.record.sequence))
        stations += order.records.filter { !known.contains($0.sequence) }.map(DecisionTrail.station)
    }

    private mutating func addWay(
        to decision: ArchivedRecord, _ verdict: Value?, _ archive: any DecisionArchive
    ) throws {
        let symbol = verdict?["symbol"]?.text ?? ""
        try addData(before: decision, symbol, archive)
        try addTrigger(of: decision, archive)
        if let run = decision.body["run"]?.text { try addNodes(of: run, symbol, archive) }
        stations.append(
            Station(
                title: "verdict", record: decision, body: verdict ?? decision.body,
                summary: verdict.map(RecordWords.verdict) ?? RecordWords.decision(decision.body)))
    }

    /// The bar that was known: the newest slice before the decision.
    private mutating func addData(
        before decision: ArchivedRecord, _ symbol: String, _ archive: any DecisionArchive
    ) throws {
        guard let slice = try archive.records(.newest(["slice"], from: decision.sequence - 1)).first else { return }
        let bar = slice.body["bars"]?.list?.first { $0[0]?.text == symbol }
        let close = bar?[5]?.text.map { "\(symbol) closed at \($0)" }
        stations.append(
            Station(
                title: "data", record: slice, body: bar.map { ["bar": $0] } ?? slice.body,
                summary: close ?? RecordWords.of(slice)))
    }

    /// What a person or a broker did that the decision answers; a bar stands under the data.
    private mutating func addTrigger(of decision: ArchivedRecord, _ archive: any DecisionArchive) throws {
        let words = (decision.body["trigger"]?.text ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        var query = RecordQuery.newest([words.first ?? ""], from: decision.sequence - 1)
        switch words.first {
        case "control": break
        case "report": query.subject = words.last
        default: return
        }
        guard let record = try archive.records(query).first else { return }
        stations.append(
            Station(title: "trigger", record: record, body: record.body, summary: RecordWords.of(record)))
    }

    private mutating func addNodes(of run: String, _ symbol: String, _ archive: any DecisionArchive) throws {
        for record in try archive.records(.about(run, kinds: ["node"])) {
            let part = DecisionTrail.part(of: record.body["output"], about: symbol)
            stations.append(
                Station(
                    title: record.body["node"]?.text ?? "node", record: record, body: part ?? record.body,
                    summary: RecordWords.of(record)))
        }
    }

    private static func station(_ record: ArchivedRecord) -> Station {
        Station(
            title: record.body["fill"] == nil ? record.kind : "fill", record: record, body: record.body,
            summary: RecordWords.of(record))
    }

    /// Of a node's output the entries about one instrument; nil where it is no object.
    private static func part(of output: Value?, about symbol: String) -> Value? {
        guard let fields = output?.fields else { return nil }
        let found = fields.compactMapValues { entries -> Value? in
            let about = (entries.list ?? []).filter { mentions($0, symbol) }
            return about.isEmpty ? nil : .list(about)
        }
        return found.isEmpty ? ["about \(symbol)": "nothing"] : .object(found)
    }

    private static func mentions(_ entry: Value, _ symbol: String) -> Bool {
        entry["instrument"]?.text == symbol
            || ["signal", "intent"].contains { entry[$0]?["instrument"]?.text == symbol }
    }
}
