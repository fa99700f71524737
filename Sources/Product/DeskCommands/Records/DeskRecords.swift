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

    /// The trace of what happened at a record's moment.
    func trace(of record: ArchivedRecord) -> Value {
        Value(run.map { DeskTrace.id(run: $0, moment: record.time) })
    }
}
