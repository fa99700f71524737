import CSQLite

/// A prepared statement; used only under the lock of the `Database` whose connection made it.
final class Statement {
    let sql: String
    private let handle: OpaquePointer
    private unowned let connection: Connection

    init(_ handle: OpaquePointer, sql: String, connection: Connection) {
        self.handle = handle
        self.sql = sql
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    /// Moves to the next row; false where there is none.
    func step() throws(StorageError) -> Bool {
        let result = sqlite3_step(handle)
        switch result {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw connection.error(result, during: sql)
        }
    }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    func checkCount(_ given: Int) throws(StorageError) {
        let wanted = Int(sqlite3_bind_parameter_count(handle))
        guard given == wanted else {
            throw StorageError(.misuse, "\(connection.path): '\(sql)' takes \(wanted) values, not \(given)")
        }
    }

    func bind(_ value: DatabaseValue, at position: Int32) throws(StorageError) {
        let result =
            switch value {
            case .null: sqlite3_bind_null(handle, position)
            case .integer(let number): sqlite3_bind_int64(handle, position, number)
            case .real(let number): sqlite3_bind_double(handle, position, number)
            case .text(let text): bind(text, at: position)
            case .blob(let bytes): bind(bytes, at: position)
            }
        guard result == SQLITE_OK else { throw connection.error(result, during: sql) }
    }

    private func bind(_ text: String, at position: Int32) -> Int32 {
        // An empty string may have no address, which SQLite would take for NULL.
        guard !text.isEmpty else { return sqlite3_bind_text(handle, position, "", 0, copyNow) }
        var text = text
        return text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(handle, position, $0.baseAddress, Int32($0.count), copyNow)
            }
        }
    }

    private func bind(_ bytes: [UInt8], at position: Int32) -> Int32 {
        guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, position, 0) }
        return bytes.withUnsafeBytes {
            sqlite3_bind_blob64(handle, position, $0.baseAddress, UInt64($0.count), copyNow)
        }
    }

    func value(_ column: Int) throws(StorageError) -> DatabaseValue {
        let index = Int32(column)
        guard column >= 0, index < sqlite3_column_count(handle) else {
            throw StorageError(.misuse, "\(connection.path): '\(sql)' has no column \(column)")
        }
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
        case SQLITE_TEXT: return .text(text(index))
        case SQLITE_BLOB: return .blob(bytes(index))
        default: return .null
        }
    }

    private func text(_ index: Int32) -> String {
        guard let start = sqlite3_column_text(handle, index) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, index))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private func bytes(_ index: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, index) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index))))
    }

    func wrongType(_ column: Int, wanted: String) -> StorageError {
        let message = "column \(column) of '\(sql.prefix(120))' does not hold \(wanted)"
        return StorageError(.corrupt, "\(connection.path): \(message). Restore the file from a backup.")
    }
}

/// SQLITE_TRANSIENT, a macro that Swift cannot import: SQLite copies the bytes before it returns.
private let copyNow = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
