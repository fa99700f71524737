import ScratchFolders
import Storage
import Testing
import WorkflowCrash
import WorkflowEngine
import WorkflowModel
import WorkflowStore

@Suite struct WorkflowCrashTests {
    @Test(arguments: try CrashScenario.all)
    func `a world killed at any commit to SQLite ends like an undisturbed one`(scenario: CrashScenario) throws {
        try CrashSuite.check(scenario, twice: false) { ReopenedJournal(try Database(inMemory: [])) }
    }

    @Test func `a world over a file that is closed and opened again at every death ends like an undisturbed one`()
        throws
    {
        let scenario = try #require(try CrashScenario.all.first { $0.name == "saga that fails and undoes" })
        var folders: [ScratchFolder] = []
        try CrashSuite.check(scenario, twice: false) {
            let folder = try ScratchFolder()
            folders.append(folder)
            return FileJournal(path: folder.file("desk.sqlite"))
        }
    }

    @Test func `messages in SQLite become runs once, whichever operation the process died at`() throws {
        try MailSuite.check {
            let database = try Database(inMemory: [])
            let queues = try SQLiteTaskQueue(database)
            return (ReopenedJournal(database, queues), queues)
        }
    }

    @Test func `chance finds nothing over SQLite either`() throws {
        for seed in SimulationRange.seeds where seed % 10 == 0 || SimulationRange.isOne {
            let journal = ReopenedJournal(try Database(inMemory: []))
            let problems = try WorkflowSimulation.problems(seed: seed, journal: journal)
            #expect(problems.isEmpty, "\(problems.prefix(5)); reproduce: \(SimulationRange.command(seed))")
        }
    }
}

/// A journal that remembers nothing between two calls but what is in its database, as after a death.
private struct ReopenedJournal: Journal {
    private let database: Database
    private let queues: SQLiteTaskQueue?

    init(_ database: Database, _ queues: SQLiteTaskQueue? = nil) {
        self.database = database
        self.queues = queues
    }

    private func journal() throws -> SQLiteJournal { try SQLiteJournal(database, queue: queues) }

    func commit(_ batch: JournalBatch) throws { try journal().commit(batch) }
    func history(of run: RunID) throws -> [RunEvent] { try journal().history(of: run) }
    func openRuns() throws -> [RunSummary] { try journal().openRuns() }
    func finishedRuns(limit: Int) throws -> [RunSummary] { try journal().finishedRuns(limit: limit) }
    func summary(of run: RunID) throws -> RunSummary? { try journal().summary(of: run) }
    func value(of key: StateKey) throws -> [UInt8]? { try journal().value(of: key) }
    func values(of kind: String) throws -> [String: [UInt8]] { try journal().values(of: kind) }
    func prune(keepingNewest count: Int) throws -> Int { try journal().prune(keepingNewest: count) }
}

/// A journal in a file that is closed after every call.
private struct FileJournal: Journal {
    let path: String

    private func journal() throws -> SQLiteJournal { try SQLiteJournal(Database(at: path)) }

    func commit(_ batch: JournalBatch) throws { try journal().commit(batch) }
    func history(of run: RunID) throws -> [RunEvent] { try journal().history(of: run) }
    func openRuns() throws -> [RunSummary] { try journal().openRuns() }
    func finishedRuns(limit: Int) throws -> [RunSummary] { try journal().finishedRuns(limit: limit) }
    func summary(of run: RunID) throws -> RunSummary? { try journal().summary(of: run) }
    func value(of key: StateKey) throws -> [UInt8]? { try journal().value(of: key) }
    func values(of kind: String) throws -> [String: [UInt8]] { try journal().values(of: kind) }
    func prune(keepingNewest count: Int) throws -> Int { try journal().prune(keepingNewest: count) }
}
