public import Determinism
public import Storage

/// What a desk must never lose, in one file: audit log, runs, snapshots and requests, and whatever other parts add.
///
/// Several processes may have it open: the one that trades, which also holds the home's `FolderLock`, and others that
/// read or make requests.
public struct DeskStore: Sendable {
    /// The file, for other parts of the store that live in it.
    public let database: Database
    /// The audit log.
    public let audit: AuditLog

    /// Where the file is in a desk's home.
    public static func path(inHome home: String) -> String { "\(home)/desk.sqlite" }

    /// Opens the store of a desk in its home, or makes it; throws where the home is another desk's.
    ///
    /// `parts` are the tables of others that live in the same file, such as the journal's.
    public init(home: String, desk: String, parts: [MigrationSet] = []) throws {
        try self.init(Database(at: DeskStore.path(inHome: home)), desk: desk, parts: parts)
    }

    /// The store of a desk in a database, such as one in memory.
    public init(_ database: Database, desk: String, parts: [MigrationSet] = []) throws {
        try database.migrate(DeskTables.migrations)
        for part in parts { try database.migrate(part) }
        self.database = database
        audit = try AuditLog(database, desk: desk)
    }

    /// Opens the store that a home has, whosever it is: to read, or with `.readWrite` to make requests as well.
    public init(ofHome home: String, access: Database.Access = .readOnly, parts: [MigrationSet] = []) throws {
        // Opened for reading first, since an opening for writing makes the file where it is absent.
        let path = DeskStore.path(inHome: home)
        _ = try Database(at: path, access: .readOnly)
        let migrations = [DeskTables.migrations, AuditLog.migrations] + parts
        do {
            database = try Database(at: path, access: access, migrations: migrations)
        } catch let error as StorageError where error.code == .olderSchema {
            // A run of an earlier version is read like any other, once it has today's tables.
            _ = try Database(at: path, migrations: migrations)
            database = try Database(at: path, access: access, migrations: migrations)
        }
        audit = try AuditLog(reading: database)
    }
}

extension DeskStore {
    /// Asks something of the running desk, or of the next one that runs; on disk when this returns.
    @discardableResult
    public func request(
        _ kind: ControlKind, reason: String, at time: Timestamp, by who: String
    ) throws -> ControlRequest {
        try request(NewRequest(kind, reason: reason, by: who), at: time).request
    }

    /// Asks something of the running desk, or of the next one that runs; on disk when this returns.
    ///
    /// A key that was used before gives the request from then, with the record at which it was obeyed: nothing is
    /// asked twice.
    public func request(
        _ wanted: NewRequest, at time: Timestamp
    ) throws -> (request: ControlRequest, record: Int64?) {
        try database.write { transaction in
            if let key = wanted.key, let known = try DeskTables.control(ofKey: key, transaction) { return known }
            return (try DeskTables.insertControl(wanted, at: time, transaction), nil)
        }
    }

    /// A request and the record at which it was obeyed, nil while it waits; nil where there is none of that number.
    public func control(_ id: Int64) throws -> (request: ControlRequest, record: Int64?)? {
        try database.read { try DeskTables.control(id, $0) }
    }

    /// Whether a request waits; cheap enough to be asked several times a second.
    public func hasPendingControls() throws -> Bool {
        try database.read { try DeskTables.firstPendingControl($0) != nil }
    }

    /// The requests that no run has consumed, in the order of asking.
    public func pendingControls() throws -> [ControlRequest] {
        try database.read { try DeskTables.pendingControls($0) }
    }

    /// The newest sound snapshot of a run; nil where it has none.
    public func newestSnapshot(of run: String) throws -> DeskSnapshot? {
        try database.read { try DeskTables.newestSnapshot(of: run, $0) }
    }

    /// The runs that began last, newest first.
    public func runs(limit: Int) throws -> [DeskRunRecord] {
        try database.read { try DeskTables.newestRuns(limit, $0) }
    }

    /// The run that has not ended, whether its process lives or not.
    public func openRun() throws -> DeskRunRecord? {
        try database.read { try DeskTables.openRun($0) }
    }

    /// Begins a run; throws while another is open, since both would write to one audit log.
    public func begin(run id: String, configuration: [UInt8], at time: Timestamp) throws -> DeskRun {
        let base = try database.write { transaction in
            if let open = try DeskTables.openRun(transaction) {
                throw DeskStoreError(
                    .anotherRunIsOpen, "the run '\(open.id)' has not ended. Resume it, or end it as abandoned.")
            }
            guard try DeskTables.run(id, transaction) == nil else {
                throw DeskStoreError(.runExists, "there is a run '\(id)' already. Take another name.")
            }
            let head = try AuditTables.head(transaction)
            try DeskTables.insertRun(id, configuration, at: time, after: head, transaction)
            return head
        }
        return try DeskRun(id, self, after: base.sequence)
    }

    /// Takes an open run up after its newest sound snapshot, or at its beginning where it has none.
    public func resume(run id: String) throws -> ResumedRun {
        let (record, snapshot, controls) = try database.read { transaction in
            guard let record = try DeskTables.run(id, transaction) else { throw DeskStore.unknown(id) }
            guard record.state == .open else { throw DeskStore.ended(id) }
            let snapshot = try DeskTables.newestSnapshot(of: id, transaction)
            let sequence = snapshot?.sequence ?? record.base
            return (record, snapshot, try DeskTables.controls(consumedBy: id, after: sequence, transaction))
        }
        return ResumedRun(
            run: try DeskRun(id, self, after: snapshot?.sequence ?? record.base), record: record, snapshot: snapshot,
            controls: controls)
    }

    /// Ends an open run.
    public func end(run id: String, as state: DeskRunRecord.State, at time: Timestamp) throws {
        precondition(state != .open, "a run cannot end open")
        try database.write { transaction in
            guard try DeskTables.end(id, as: state, at: time, transaction) else {
                throw try DeskTables.run(id, transaction) == nil ? DeskStore.unknown(id) : DeskStore.ended(id)
            }
        }
    }

    static func ended(_ id: String) -> DeskStoreError {
        DeskStoreError(.runEnded, "the run '\(id)' has ended.")
    }

    private static func unknown(_ id: String) -> DeskStoreError {
        DeskStoreError(.unknownRun, "there is no run '\(id)'.")
    }
}

/// A run taken up after its process died.
public struct ResumedRun: Sendable {
    /// The run, which compares what is made again with what is stored until it has caught up.
    public var run: DeskRun
    /// What the store knows of it.
    public let record: DeskRunRecord
    /// The state to go on from; nil where the run must be made again from its beginning.
    public let snapshot: DeskSnapshot?
    /// The requests that the run consumed after the snapshot: they must be consumed again at the same records.
    public let controls: [ConsumedControl]
}
