public import Storage
public import WorkflowEngine

/// A journal in a SQLite database: an append is on disk when it returns.
public struct SQLiteJournal: Journal {
    private let database: Database

    /// The journal of a database, which gets the journal's tables where it lacks them.
    public init(_ database: Database) throws {
        try database.migrate(JournalTables.migrations)
        self.database = database
    }

    /// A journal that is only read; the database may be read-only and must have the tables.
    public init(reading database: Database) {
        self.database = database
    }

    /// The tables the journal needs, for whoever opens the database.
    public static var migrations: MigrationSet { JournalTables.migrations }

    public func append(_ events: [RunEvent], to run: RunID, after count: Int) throws {
        let stored = try events.map { try StoredEvent($0) }
        try database.write { transaction in
            guard let row = try row(of: run, beginningWith: events.first, after: count, transaction) else { return }
            for (offset, event) in stored.enumerated() {
                try JournalTables.insert(event, run: row.number, sequence: count + offset + 1, transaction)
            }
            if let last = stored.last, last.kind == .runFinished, let outcome = last.body, let end = events.last {
                try JournalTables.finish(run: row.number, at: end.time, outcome, transaction)
            }
        }
    }

    public func history(of run: RunID) throws -> [RunEvent] {
        let events = try database.read { transaction -> [StoredEvent] in
            guard let row = try JournalTables.run(run, transaction) else { return [] }
            return try JournalTables.events(of: row.number, transaction)
        }
        return try events.map { try $0.event() }
    }

    public func openRuns() throws -> [RunSummary] {
        try database.read { try JournalTables.openRuns($0) }
    }

    public func finishedRuns(limit: Int) throws -> [RunSummary] {
        try database.read { try JournalTables.finishedRuns(limit: limit, $0) }
    }

    @discardableResult
    public func prune(keepingNewest count: Int) throws -> Int {
        try database.write { try JournalTables.prune(keepingNewest: count, $0) }
    }

    /// The run's row, made where the run begins; nil where there is nothing to append.
    private func row(
        of run: RunID, beginningWith event: RunEvent?, after count: Int, _ transaction: borrowing Transaction
    ) throws -> JournalTables.Run? {
        if let row = try JournalTables.run(run, transaction) {
            guard row.events == count, !row.isFinished else {
                throw JournalError.conflict(run, expected: count, found: row.events, finished: row.isFinished)
            }
            return row
        }
        guard count == 0 else { throw JournalError.conflict(run, expected: count, found: 0, finished: false) }
        guard let event else { return nil }
        guard case .runStarted(let header) = event.fact else {
            throw JournalError(.conflict, "the run '\(run)' is unknown and cannot begin with \(event.fact)")
        }
        return try JournalTables.begin(run, header, at: event.time, transaction)
    }
}
