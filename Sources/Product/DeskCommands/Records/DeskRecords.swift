import TradingDesk
import WorkflowModel

/// The record of decisions together with what its answers say beside it.
struct DeskRecords: Sendable {
    let archive: any DecisionArchive
    let run: RecordedRun

    init(_ services: DeskServices) throws {
        archive = services.archive
        let picture = try services.desk.picture()
        run = RecordedRun(name: picture?.run, isSimulated: picture?.plan.isSimulated)
    }
}

/// Whose records they are, and whether their prices are made up; nil where nothing ever ran.
struct RecordedRun: Sendable, Hashable {
    let name: String?
    let isSimulated: Bool?

    /// The trace of what happened at a record's moment.
    func trace(of record: ArchivedRecord) -> Value {
        Value(name.map { DeskTrace.id(run: $0, moment: record.time) })
    }
}
