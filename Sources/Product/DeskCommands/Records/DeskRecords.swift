import Determinism
import TradingDesk
import WorkflowModel

/// The record of decisions together with what its answers say beside it.
struct DeskRecords: Sendable {
    let archive: any DecisionArchive
    let run: RecordedRun

    init(_ services: DeskServices) throws {
        archive = services.archive
        let picture = try services.desk.picture()
        run = RecordedRun(name: picture?.run, isSimulated: picture?.plan.isSimulated) { [archive] order in
            // A trace that cannot be found is absent; what else is read of the record tells why.
            try? RecordedOrder.decided(order, in: archive)
        }
    }
}

/// Whose records they are, and whether their prices are made up; nil where nothing ever ran.
struct RecordedRun: Sendable {
    let name: String?
    let isSimulated: Bool?
    /// When an order, or the entry that it is an exit of, was decided; nil where that is not known.
    let decided: @Sendable (_ order: String) -> Timestamp?

    /// The trace that a record belongs to: that of its moment or, for what became of an order, of the order's decision.
    func trace(of record: ArchivedRecord) -> Value {
        let order = record.kind == "report" ? record.body["order"]?.text : nil
        guard let name, let moment = order.map(decided) ?? record.time else { return .null }
        return .text(DeskTrace.id(run: name, moment: moment))
    }
}
