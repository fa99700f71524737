/// One row of an answer, valid only inside the closure that is given it.
public struct Row: ~Copyable {
    private let statement: Statement

    // Inlined, it crashes the cross-module optimiser of Swift 6.3.1 ("cannot initialize a nonCopyable type with a
    // guaranteed value", SILValue.h:375).
    @inline(never)
    init(_ statement: Statement) {
        self.statement = statement
    }

    /// The value in a column, counted from 0, of whatever type it is.
    public func value(_ column: Int) throws(StorageError) -> DatabaseValue {
        try statement.value(column)
    }

    /// True where the column holds NULL.
    public func isNull(_ column: Int) throws(StorageError) -> Bool {
        try value(column) == .null
    }

    /// A whole number; an error where the column holds anything else.
    public func integer(_ column: Int) throws(StorageError) -> Int64 {
        guard case .integer(let number) = try value(column) else { throw wrongType(column, "a whole number") }
        return number
    }

    /// A number; an error where the column holds anything else.
    public func real(_ column: Int) throws(StorageError) -> Double {
        guard case .real(let number) = try value(column) else { throw wrongType(column, "a number") }
        return number
    }

    /// A text; bytes that are no UTF-8 become the replacement character.
    public func text(_ column: Int) throws(StorageError) -> String {
        guard case .text(let text) = try value(column) else { throw wrongType(column, "a text") }
        return text
    }

    /// Bytes; an error where the column holds anything else.
    public func bytes(_ column: Int) throws(StorageError) -> [UInt8] {
        guard case .blob(let bytes) = try value(column) else { throw wrongType(column, "bytes") }
        return bytes
    }

    private func wrongType(_ column: Int, _ wanted: String) -> StorageError {
        statement.wrongType(column, wanted: wanted)
    }
}
