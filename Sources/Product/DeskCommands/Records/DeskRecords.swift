import Determinism
import TradingDesk
import WorkflowModel

/// The record of decisions together with what its answers say beside it: whose run it is, and whether prices are made up.
struct DeskRecords: Sendable {
    let archive: any DecisionArchive
    /// The run; nil where nothing ever ran.
    let run: String?
    let isSimulated: Bool?

    init(_ services: DeskServices) throws {
        archive = services.archive
        let picture = try services.desk.picture()
        run = picture?.run
        isSimulated = picture?.plan.isSimulated
    }

    /// The trace that a record belongs to: that of its moment or, for what became of an order, of the order's decision.
    ///
    /// Cost: a look or two into the record for a report, none for others.
    func trace(of record: ArchivedRecord) throws -> Value {
        guard record.kind == "report", let order = record.body["order"]?.text else { return trace(at: record.time) }
        return try moment(ofOrder: order).map(trace) ?? .null
    }

    /// The trace of a moment.
    func trace(at moment: Timestamp) -> Value {
        Value(run.map { DeskTrace.id(run: $0, moment: moment) })
    }

    /// When the decision was made that an order goes back to; nil where the record has none.
    private func moment(ofOrder order: String) throws -> Timestamp? {
        var id = order
        while true {
            let decisions = try archive.records(.about(id, kinds: ["decision"]))
            if let decision = decisions.first(where: { RecordedOrder.verdict(of: id, $0.body) != nil }) {
                return decision.time
            }
            let reports = try archive.records(.about(id, kinds: ["report"]))
            guard let placed = reports.first(where: { $0.body["exit"]?["id"]?.text == id }),
                let parent = placed.body["order"]?.text, parent != id
            else { return nil }
            id = parent
        }
    }
}
