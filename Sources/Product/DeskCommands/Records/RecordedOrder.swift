import Determinism
import TradingModel
import WorkflowModel

/// An order as the record tells it: what was sent, who decided it, and what the broker said since.
struct RecordedOrder: Sendable {
    /// Its name.
    let id: String
    /// The order as the record has it.
    let order: Value
    /// The record in which it came up: a decision, or the report that placed an exit.
    let placed: ArchivedRecord
    /// The entry whose fill placed it; nil for an order that was decided.
    let parent: String?
    /// What the gate said; nil for an exit that a broker placed by itself.
    let verdict: Value?
    /// Every record about it, oldest first.
    let records: [ArchivedRecord]
    /// What the broker said of it, oldest first.
    let reports: [ArchivedRecord]

    /// An order by its name; nil where the record has none of it. Cost: the records about it.
    init?(_ id: String, in archive: any DecisionArchive) throws {
        let records = try archive.records(.about(id))
        self.id = id
        self.records = records
        reports = records.filter { $0.kind == "report" && $0.body["order"]?.text == id }
        if let decision = records.first(where: { RecordedOrder.verdict(of: id, $0.body) != nil }),
            let verdict = RecordedOrder.verdict(of: id, decision.body), let order = verdict["order"]
        {
            (self.order, placed, parent, self.verdict) = (order, decision, nil, verdict)
        } else if let report = records.first(where: { $0.body["exit"]?["id"]?.text == id }),
            let exit = report.body["exit"]
        {
            (order, placed, parent, verdict) = (exit, report, report.body["order"]?.text, nil)
        } else {
            return nil
        }
    }

    /// When the decision was made that an order goes back to; nil where the record has none. Cost: a look or two.
    static func decided(_ order: String, in archive: any DecisionArchive) throws -> Timestamp? {
        let decisions = try archive.records(.about(order, kinds: ["decision"]))
        if let decision = decisions.first(where: { verdict(of: order, $0.body) != nil }) { return decision.time }
        let reports = try archive.records(.about(order, kinds: ["report"]))
        let placed = reports.first { $0.body["exit"]?["id"]?.text == order }
        guard let parent = placed?.body["order"]?.text, parent != order else { return nil }
        return try decided(parent, in: archive)
    }

    /// What a decision's record says of an order; nil where it did not make it.
    static func verdict(of id: String, _ body: Value) -> Value? {
        body["verdicts"]?.list?.first { $0["order"]?["id"]?.text == id }
    }

    /// Names of the orders that a record brought up, in its order.
    static func orders(madeBy record: ArchivedRecord) -> [String] {
        switch record.kind {
        case "decision": record.body["verdicts"]?.list?.compactMap { $0["order"]?["id"]?.text } ?? []
        case "report": [record.body["exit"]?["id"]?.text].compactMap(\.self)
        default: []
        }
    }

    /// What was traded, oldest first; fills of orders that the desk did not know are not among them.
    var fills: [(record: ArchivedRecord, fill: Value)] {
        reports.compactMap { record in
            guard record.body["unmatched"]?.boolean != true else { return nil }
            return record.body["fill"].map { (record, $0) }
        }
    }

    /// Where it stands.
    var state: State {
        reports.reduce(.open) { State(afterReport: $1.body) ?? $0 }
    }

    /// Where an order may stand.
    enum State: String, Sendable, CaseIterable {
        case open, filled, cancelled, rejected, expired
        /// The venue did not answer, and must be asked.
        case unknown

        /// Where an order stands after a report; nil where the report does not change that.
        init?(afterReport body: Value) {
            switch body["outcome"]?.text {
            case "filled": self = body["fill"]?["leaves"]?.text == "0" ? .filled : .open
            case "rejected": self = .rejected
            case "cancelled": self = .cancelled
            case "expired": self = .expired
            case "unknown": self = .unknown
            case "accepted", "triggered": self = .open
            default: return nil
            }
        }
    }

    /// Why it ended as it did; nil where nobody said.
    var reason: String? { reports.last { $0.body["reason"] != nil }?.body["reason"]?.text }

    /// Units traded, and what one cost on average; nil where none was.
    var filled: (quantity: Quantity, average: Price?) {
        var (units, worth): (Int64, Double) = (0, 0)
        for (_, fill) in fills {
            guard let quantity = fill["quantity"]?.text.flatMap({ Quantity($0) }),
                let price = fill["price"]?.text.flatMap({ Price($0) })
            else { continue }
            units += quantity.raw
            worth += Double(quantity.raw) * Double(price.raw)
        }
        guard units > 0 else { return (.zero, nil) }
        return (Quantity(raw: units), Price(raw: Int64((worth / Double(units)).rounded())))
    }
}
