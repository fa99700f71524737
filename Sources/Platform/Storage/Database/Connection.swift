import CSQLite

/// One SQLite connection with its prepared statements.
///
/// `@unchecked Sendable` because the only reference to it lives in the `Mutex` of the `Database` that owns it, and it
/// is used only while that lock is held.
final class Connection: @unchecked Sendable {
    let path: String
    private let handle: OpaquePointer
    private var idle: [String: Statement] = [:]
    private static let mostIdleStatements = 128

    init(path: String, flags: Int32) throws(StorageError) {
        var handle: OpaquePointer?
        let result = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard result == SQLITE_OK, let handle else {
            let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(handle)
            throw .sqlite(result, words, path: path, during: "opening")
        }
        self.path = path
        self.handle = handle
        sqlite3_extended_result_codes(handle, 1)
    }

    deinit {
        idle.removeAll()
        sqlite3_close_v2(handle)
    }

    /// False between `BEGIN` and the end of a transaction.
    var isIdle: Bool { sqlite3_get_autocommit(handle) != 0 }

    var changes: Int { Int(sqlite3_changes64(handle)) }

    var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Runs one statement without values through the cache of prepared statements.
    func runCached(_ sql: String) throws(StorageError) {
        let statement = try statement(sql)
        defer { giveBack(statement) }
        _ = try statement.step()
    }

    func setBusyTimeout(_ duration: Duration) {
        sqlite3_busy_timeout(handle, Int32(clamping: duration.components.seconds * 1000))
    }

    /// Runs a text of one or more statements that take no values and whose rows do not matter.
    func runScript(_ sql: String) throws(StorageError) {
        let result = sqlite3_exec(handle, sql, nil, nil, nil)
        guard result == SQLITE_OK else { throw error(result, during: sql) }
    }

    /// Takes a statement out of the cache, or prepares it.
    func statement(_ sql: String) throws(StorageError) -> Statement {
        if let statement = idle.removeValue(forKey: sql) { return statement }
        var prepared: OpaquePointer?
        let result = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard result == SQLITE_OK, let prepared else { throw error(result, during: sql) }
        return Statement(prepared, sql: sql, connection: self)
    }

    /// Puts a statement back, ready for its next use.
    func giveBack(_ statement: Statement) {
        statement.reset()
        if idle.count >= Connection.mostIdleStatements { idle.removeAll() }
        idle[statement.sql] = statement
    }

    func error(_ result: Int32, during sql: String) -> StorageError {
        .sqlite(result, String(cString: sqlite3_errmsg(handle)), path: path, during: "'\(sql.prefix(120))'")
    }
}
