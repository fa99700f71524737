import Determinism
import Foundation
import JournalConformance
import ScratchFolders
import Storage
import Synchronization
import Testing
import WorkflowEngine
import WorkflowModel
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
            _ = try GraphRunner(journal: journal, time: ManualTime())
                .runSynchronously(shape.definition(ExecutionLog()), as: run, from: CrashShape.State())
        }
        let journal = try SQLiteJournal(Database(at: path))
        #expect(try journal.openRuns().map(\.run) == [run])
        let log = ExecutionLog()
        let result = try GraphRunner(journal: journal, time: ManualTime())
            .runSynchronously(shape.definition(log), as: run, from: CrashShape.State())
        #expect(result.outcome == .completed)
        #expect(log.all.count == 1)
        let reader = SQLiteJournal(
            reading: try Database(at: path, access: .readOnly, migrations: [SQLiteJournal.migrations]))
        #expect(try reader.finishedRuns(limit: 1).map(\.run) == [run])
    }

    @Test func `a run goes on where kill -9 stopped its process`() async throws {
        let folder = try ScratchFolder()
        let path = folder.file("desk.sqlite")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            _ = try counting(in: path) { if $0 == "c" { raise(SIGKILL) } }
        }
        let executed = Mutex<[String]>([])
        let result = try counting(in: path) { node in executed.withLock { $0.append(node) } }
        #expect(result.outcome == .completed)
        #expect(result.state == ["a", "b", "c", "d"])
        #expect(executed.withLock { $0 } == ["c", "d"])
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

/// Runs a chain of four nodes over the journal in a file; `body` is called in each node.
private func counting(
    in path: String, body: @escaping @Sendable (String) -> Void
) throws -> GraphResult<[String]> {
    let names = ["a", "b", "c", "d"]
    let nodes = names.indices.map { index in
        GraphNode<[String]>(names[index], after: Array(names[..<index].suffix(1))) { _, context in
            body(context.node)
            return context.node
        } apply: {
            $1.append($0)
        }
    }
    return try GraphRunner(journal: SQLiteJournal(Database(at: path)), time: SystemTime())
        .runSynchronously(StateGraph("chain", nodes: nodes), as: RunID("run"), from: [])
}
