import Determinism
import JournalConformance
import ScratchFolders
import Storage
import Testing
import WorkflowEngine
import WorkflowStore

@Suite struct SQLiteJournalTests {
    @Test(arguments: JournalConformance.cases) func `is a journal`(conformance: JournalConformance) throws {
        try conformance.check(SQLiteJournal(Database(inMemory: [])))
    }

    @Test(arguments: CrashShape.all) func `a killed run ends like an undisturbed one`(shape: CrashShape) throws {
        try CrashConformance.check(shape) { try SQLiteJournal(Database(inMemory: [])) }
    }

    @Test func `a run is taken up from the file after the process has died`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("desk.sqlite")
        let run = RunID("run")
        let shape = try #require(CrashShape.all.first { $0.name == "chain" })
        #expect(throws: DyingJournal.Death.self) {
            let journal = DyingJournal(try SQLiteJournal(Database(at: path)), dyingAt: 3, .after)
            _ = try WorkflowRunner(journal: journal, time: ManualTime())
                .runSynchronously(shape.definition(ExecutionLog()), as: run, from: CrashShape.State())
        }
        let journal = try SQLiteJournal(Database(at: path))
        #expect(try journal.openRuns().map(\.run) == [run])
        let log = ExecutionLog()
        let result = try WorkflowRunner(journal: journal, time: ManualTime())
            .runSynchronously(shape.definition(log), as: run, from: CrashShape.State())
        #expect(result.outcome == .completed)
        #expect(log.all.count == 1)
        let reader = SQLiteJournal(
            reading: try Database(at: path, access: .readOnly, migrations: [SQLiteJournal.migrations]))
        #expect(try reader.finishedRuns(limit: 1).map(\.run) == [run])
    }

    @Test func `an event that cannot be understood is reported`() throws {
        let database = try Database(inMemory: [])
        let journal = try SQLiteJournal(database)
        let header = RunHeader(workflow: "w", version: 1, fingerprint: 1)
        try journal.append([RunEvent(.runStarted(header), at: Timestamp(nanoseconds: 0))], to: RunID("r"), after: 0)
        try database.write { _ = try $0.run("UPDATE workflow_event SET body = x'00'") }
        let error = #expect(throws: JournalError.self) { try journal.history(of: RunID("r")) }
        #expect(error?.code == .corrupt)
        try database.write { _ = try $0.run("UPDATE workflow_event SET kind = 'other'") }
        #expect(throws: JournalError.self) { try journal.history(of: RunID("r")) }
    }
}
