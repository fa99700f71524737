/// What `Database.read` and `Database.write` lend to their closure: statements that see and change one state.
///
/// It cannot be copied or kept, so no statement runs outside the transaction.
public struct Transaction: ~Copyable {
    private let connection: Connection
    private let mayWrite: Bool

    // Inlined, it crashes the cross-module optimiser of Swift 6.3.1 ("cannot initialize a nonCopyable type with a
    // guaranteed value", SILValue.h:375).
    @inline(never)
    init(_ connection: Connection, mayWrite: Bool) {
        self.connection = connection
        self.mayWrite = mayWrite
    }

    /// Runs a statement that gives no rows; its result is the number of rows it changed.
    @discardableResult
    public func run<each Value: DatabaseBindable>(
        _ sql: String, _ values: repeat each Value
    ) throws(StorageError) -> Int {
        let statement = try bound(sql, repeat each values)
        defer { connection.giveBack(statement) }
        while try statement.step() {}
        return connection.changes
    }

    /// Hands each row of the answer to `body`, in order.
    public func forEach<each Value: DatabaseBindable>(
        _ sql: String, _ values: repeat each Value, body: (borrowing Row) throws -> Void
    ) throws {
        let statement = try bound(sql, repeat each values)
        defer { connection.giveBack(statement) }
        while try statement.step() { try body(Row(statement)) }
    }

    /// Every row of the answer, each as `body` reads it.
    public func all<each Value: DatabaseBindable, Element>(
        _ sql: String, _ values: repeat each Value, body: (borrowing Row) throws -> Element
    ) throws -> [Element] {
        let statement = try bound(sql, repeat each values)
        defer { connection.giveBack(statement) }
        var elements: [Element] = []
        while try statement.step() { elements.append(try body(Row(statement))) }
        return elements
    }

    /// The first row as `body` reads it; nil where there is none.
    public func first<each Value: DatabaseBindable, Element>(
        _ sql: String, _ values: repeat each Value, body: (borrowing Row) throws -> Element
    ) throws -> Element? {
        let statement = try bound(sql, repeat each values)
        defer { connection.giveBack(statement) }
        return try statement.step() ? try body(Row(statement)) : nil
    }

    /// The row id that the last insertion made.
    public var lastInsertedRow: Int64 { connection.lastInsertedRow }

    /// Runs a text of several statements, such as a migration.
    func runScript(_ sql: String) throws(StorageError) {
        try connection.runScript(sql)
    }

    private func bound<each Value: DatabaseBindable>(
        _ sql: String, _ values: repeat each Value
    ) throws(StorageError) -> Statement {
        let statement = try connection.statement(sql)
        guard mayWrite || statement.isReadOnly else {
            connection.giveBack(statement)
            throw StorageError(.misuse, "\(connection.path): '\(sql)' writes inside a read; use write")
        }
        do {
            var position: Int32 = 0
            for value in repeat each values {
                position += 1
                try statement.bind(value.databaseValue, at: position)
            }
            try statement.checkCount(Int(position))
        } catch {
            connection.giveBack(statement)
            throw error
        }
        return statement
    }
}
