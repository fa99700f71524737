import Determinism
import Foundation
import Storage
import TaskQueues
import TradingDesk
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel
import WorkflowStore

/// The workflows of a home: definitions, runs and queues in `<home>/workflows.sqlite`.
struct WorkflowHome: Sendable {
    /// What a command wants with it.
    enum Access {
        /// Look only; where nothing was ever kept it finds nothing.
        case look
        /// Change something; the home is made where it is missing.
        case change
    }

    let folder: HomeFolder
    let journal: SQLiteJournal
    let queues: SQLiteTaskQueue
    let library: DefinitionLibrary
    let time: any TimeSource

    /// The types of work that are really done; others are only simulated in test runs.
    static let steps = WorkflowSteps.withoutDesk
    /// The definitions that come with the program.
    static let shippedDocuments: [DefinitionLibrary.Shipped] = ShippedWorkflows.documents
    /// The name of the database in the home folder.
    static let file = "workflows.sqlite"

    init(_ call: Invocation, _ access: Access, time: any TimeSource = SystemTime()) throws {
        folder = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        self.time = time
        let database = try WorkflowHome.database(folder, access)
        let queues = SQLiteTaskQueue(reading: database)
        self.queues = queues
        journal = access == .change ? try SQLiteJournal(database, queue: queues) : SQLiteJournal(reading: database)
        library = try DefinitionLibrary(
            journal, options: WorkflowOptions.reading(), shippedDocuments: WorkflowHome.shippedDocuments)
    }

    private static func database(_ folder: HomeFolder, _ access: Access) throws -> Database {
        let path = folder.path(of: file)
        let migrations = [SQLiteJournal.migrations, SQLiteTaskQueue.migrations]
        switch access {
        case .look:
            guard FileBytes.exists(path) else { return try Database(inMemory: migrations) }
            return try Database(at: path, access: .readOnly, migrations: migrations)
        case .change:
            try PrivateFolder.make(folder.path)
            return try Database(at: path, migrations: migrations)
        }
    }

    /// Where requests are left for the process that serves this home.
    var box: RequestBox { RequestBox(queues, journal) }

    /// The process that serves this home; nil where none does.
    var holder: Int32? { FolderLock.holder(of: folder.path) }

    /// The definition that a run follows, and what it says.
    func plan(of run: RunSummary) throws -> (stored: StoredDefinition, plan: WorkflowPlan) {
        let stored = try library.definition(run.header.workflow, version: run.header.version)
        return (stored, try library.plan(stored))
    }

    /// A run by its name; throws where there is none.
    func run(_ name: String) throws -> RunSummary {
        if let found = try journal.summary(of: RunID(name)) { return found }
        let recent = try (journal.openRuns() + journal.finishedRuns(limit: 3)).map(\.run.text)
        let hint = recent.isEmpty ? "nothing has run yet" : "the latest are \(recent.suffix(5).joined(separator: ", "))"
        throw CommandFailure("there is no run '\(name)' in \(folder.path); \(hint)", code: "not_found")
    }

    /// A run with everything that happened in it.
    func report(_ run: RunSummary) throws -> RunReport {
        try RunReport(plan(of: run).plan, run: run.run, journal.history(of: run.run))
    }
}
