import CSQLite
import Synchronization

/// A SQLite file of Bellwether's, or one in memory, behind one connection.
///
/// A file is opened in WAL mode with `synchronous=FULL`: what `write` has returned from is on disk, and other processes
/// read while it writes. Calls from several threads take turns; calling `read` or `write` inside either traps.
public final class Database: Sendable {
    /// What an opening may do.
    public enum Access: Sendable, Hashable {
        /// Reads and writes; makes the file where it is absent.
        case readWrite
        /// Reads only; the file must exist and have every table already.
        case readOnly
    }

    /// Where the file is; `:memory:` for a database in memory.
    public let path: String
    private let connection: Mutex<Connection>

    /// Opens a file, or makes it, and brings its tables up to date.
    ///
    /// A file of another program or of a newer Bellwether is refused and left as it is. `patience` is how long a call
    /// waits for another process's write to end before it throws `.locked`.
    public convenience init(
        at path: String, access: Access = .readWrite, migrations: [MigrationSet] = [], patience: Duration = .seconds(5)
    ) throws {
        let flags = access == .readWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        let connection = try Connection(path: path, flags: flags)
        connection.setBusyTimeout(patience)
        try self.init(connection, access: access, migrations: migrations)
    }

    /// A database that lives in memory and ends with its last reference.
    public convenience init(inMemory migrations: [MigrationSet]) throws {
        let connection = try Connection(path: ":memory:", flags: SQLITE_OPEN_READWRITE)
        try self.init(connection, access: .readWrite, migrations: migrations)
    }

    private init(_ connection: Connection, access: Access, migrations: [MigrationSet]) throws {
        path = connection.path
        self.connection = Mutex(connection)
        switch access {
        case .readWrite:
            try prepareForWriting()
            for set in migrations { try migrate(set) }
        case .readOnly:
            try checkBelongings()
            for set in migrations { try read { try set.checkApplied($0, path: path) } }
        }
    }

    /// Adds what a set of migrations brings and the file lacks.
    public func migrate(_ set: MigrationSet) throws {
        try write { try set.apply($0, path: path) }
    }

    /// Runs `body` in one transaction that is on disk when this returns, and undone wholly when anything throws.
    public func write<Result>(_ body: (borrowing Transaction) throws -> Result) throws -> Result {
        try transaction(beginning: "BEGIN IMMEDIATE", mayWrite: true, body)
    }

    /// Runs `body` over one unchanging view of the data.
    public func read<Result>(_ body: (borrowing Transaction) throws -> Result) throws -> Result {
        try transaction(beginning: "BEGIN", mayWrite: false, body)
    }

    /// Runs settings, which SQLite takes only outside a transaction.
    func configure(_ sql: String) throws {
        try withConnection { try $0.runScript(sql) }
    }

    private func transaction<Result>(
        beginning: String, mayWrite: Bool, _ body: (borrowing Transaction) throws -> Result
    ) throws -> Result {
        try withConnection { connection in
            try connection.runCached(beginning)
            do {
                let result = try body(Transaction(connection, mayWrite: mayWrite))
                try connection.runCached("COMMIT")
                return result
            } catch {
                // SQLite itself has already rolled back after some errors, such as a full disk.
                if !connection.isIdle { try? connection.runCached("ROLLBACK") }
                throw error
            }
        }
    }

    private func withConnection<Result>(_ body: (Connection) throws -> Result) rethrows -> Result {
        try connection.withLock { connection in
            // Called at once, on this thread, under the lock of `self.connection`; never kept.
            nonisolated(unsafe) let body = body
            return try body(connection)
        }
    }
}
