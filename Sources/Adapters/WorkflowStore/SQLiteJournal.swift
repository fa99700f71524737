import Determinism
public import Storage
import Synchronization
import TaskQueues
public import WorkflowEngine
public import WorkflowModel

/// A journal in a SQLite database: a commit is on disk when it returns.
public final class SQLiteJournal: Journal {
    private let database: Database
    private let queue: SQLiteTaskQueue?
    /// The rows of open runs that this process has written to.
    private let known = Mutex<[RunID: JournalTables.Run]>([:])

    /// The journal of a database, which gets the journal's tables where it lacks them; `queue` has the same database,
    /// and is nil where no queue is to change together with runs.
    public init(_ database: Database, queue: SQLiteTaskQueue? = nil) throws {
        try database.migrate(JournalTables.migrations)
        self.database = database
        self.queue = queue
    }

    /// A journal that is only read; the database may be read-only and must have the tables.
    public init(reading database: Database) {
        self.database = database
        queue = nil
    }

    /// The tables the journal needs, for whoever opens the database.
    public static var migrations: MigrationSet { JournalTables.migrations }

    public func commit(_ batch: JournalBatch) throws {
        let appends = try batch.appends.map { append in
            (append, try append.events.map { try StoredEvent($0) })
        }
        // Locks nest in this order only: the known runs, then the database.
        try known.withLock { known in
            var changed: [RunID: JournalTables.Run] = [:]
            try database.write { transaction in
                for (append, events) in appends {
                    changed[append.run] = try write(append, events, known[append.run], transaction)
                }
                for (key, value) in batch.states { try write(value, under: key, transaction) }
                for change in batch.queueChanges { try make(change, at: batch.time, transaction) }
            }
            for (run, row) in changed { known[run] = row.isFinished ? nil : row }
        }
    }

    public func history(of run: RunID) throws -> [RunEvent] {
        let events = try database.read { transaction -> [StoredEvent] in
            guard let row = try JournalTables.run(run, transaction) else { return [] }
            return try JournalTables.events(of: row.number, transaction)
        }
        return try events.map { try $0.event() }
    }

    public func summary(of run: RunID) throws -> RunSummary? {
        try database.read { try JournalTables.summary(of: run, $0) }
    }

    public func openRuns() throws -> [RunSummary] {
        try database.read { try JournalTables.openRuns($0) }
    }

    public func finishedRuns(limit: Int) throws -> [RunSummary] {
        try database.read { try JournalTables.finishedRuns(limit: limit, $0) }
    }

    public func runs(
        begunBefore run: RunID?, of workflow: String?, _ which: RunKind, limit: Int
    ) throws -> [RunSummary] {
        try database.read {
            try JournalTables.runs(begunBefore: run, of: workflow, which, limit: limit, $0)
        }
    }

    @discardableResult
    public func prune(keepingNewest count: Int) throws -> Int {
        try database.write { try JournalTables.prune(keepingNewest: count, $0) }
    }

    public func value(of key: StateKey) throws -> [UInt8]? {
        try database.read { try JournalTables.value(of: key, $0) }
    }

    public func values(of kind: String) throws -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: try database.read { try JournalTables.values(of: kind, $0) })
    }

    /// The number of the newest event of all runs; 0 where there is none.
    public func lastEvent() throws -> Int64 {
        try database.read { try JournalTables.lastEvent($0) }
    }

    /// Events of all runs that were kept after the one with this number, in their order.
    public func events(after number: Int64, limit: Int) throws -> [(number: Int64, run: RunID, event: RunEvent)] {
        let rows = try database.read { try JournalTables.events(after: number, limit: limit, $0) }
        return try rows.map { ($0.number, $0.run, try $0.event.event()) }
    }

    private func write(
        _ append: JournalAppend, _ events: [StoredEvent], _ known: JournalTables.Run?,
        _ transaction: borrowing Transaction
    ) throws -> JournalTables.Run? {
        guard var row = try known ?? row(of: append, transaction) else { return nil }
        guard row.events == append.after, !row.isFinished else {
            throw JournalError.conflict(
                append.run, expected: append.after, found: row.events, finished: row.isFinished)
        }
        for event in events {
            row.events += 1
            try JournalTables.insert(event, run: row.number, sequence: row.events, transaction)
        }
        if let last = events.last, last.kind == .runFinished, let outcome = last.body, let end = append.events.last {
            try JournalTables.finish(run: row.number, at: end.time, outcome, transaction)
            row.isFinished = true
        }
        return row
    }

    private func write(_ value: [UInt8]?, under key: StateKey, _ transaction: borrowing Transaction) throws {
        if let value {
            try JournalTables.put(value, under: key, transaction)
        } else {
            try JournalTables.forget(key, transaction)
        }
    }

    /// Makes a change of a queue; a holder who has lost the message is passed over.
    private func make(_ change: QueueChange, at time: Timestamp, _ transaction: borrowing Transaction) throws {
        guard let queue else {
            throw JournalError(.unavailable, "this journal has no queues; open it together with them")
        }
        do {
            try queue.apply([change], at: time, in: transaction)
        } catch let error as QueueError where error.code == .staleLease {}
    }

    /// The run's row, made where the run begins; nil where there is nothing to append.
    private func row(of append: JournalAppend, _ transaction: borrowing Transaction) throws -> JournalTables.Run? {
        if let row = try JournalTables.run(append.run, transaction) { return row }
        guard append.after == 0 else {
            throw JournalError.conflict(append.run, expected: append.after, found: 0, finished: false)
        }
        guard let event = append.events.first else { return nil }
        guard case .runStarted(let header) = event.fact else {
            throw JournalError(.conflict, "the run '\(append.run)' is unknown and cannot begin with \(event.fact)")
        }
        return try JournalTables.begin(append.run, header, at: event.time, transaction)
    }
}
