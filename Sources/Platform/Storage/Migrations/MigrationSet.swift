/// A change to the tables, as SQL. Once released it is never altered; a later change is a later migration.
public struct Migration: Sendable, Hashable {
    /// What it brings, in a few words.
    public let name: String
    /// One or more statements.
    public let sql: String

    /// A change to the tables.
    public init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }

    var digest: Digest { Digest.of("\(name)\n\(sql)".utf8) }
}

/// The migrations of one part of the store, applied in order.
///
/// Several parts share a file, each counting its own; a part that is not opened leaves its tables alone.
public struct MigrationSet: Sendable, Hashable {
    /// The part's name, unique in a file.
    public let name: String
    /// Every migration ever released, oldest first.
    public let migrations: [Migration]

    /// The migrations of a part.
    public init(_ name: String, _ migrations: [Migration]) {
        self.name = name
        self.migrations = migrations
    }

    static let table = """
        CREATE TABLE migration(
            part TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, digest BLOB NOT NULL,
            PRIMARY KEY (part, position)
        ) STRICT, WITHOUT ROWID
        """

    func apply(_ transaction: borrowing Transaction, path: String) throws {
        let applied = try checkedCount(transaction, path: path)
        for (position, migration) in migrations.enumerated().dropFirst(applied) {
            try transaction.runScript(migration.sql)
            try transaction.run(
                "INSERT INTO migration(part, position, name, digest) VALUES (?, ?, ?, ?)",
                name, position, migration.name, migration.digest.bytes)
        }
    }

    func checkApplied(_ transaction: borrowing Transaction, path: String) throws {
        guard try checkedCount(transaction, path: path) == migrations.count else {
            throw StorageError(
                .olderSchema, "\(path) lacks tables of '\(name)'. Start the desk once so that it adds them.")
        }
    }

    /// How many migrations the file has, after comparing each with ours.
    private func checkedCount(_ transaction: borrowing Transaction, path: String) throws -> Int {
        let rows = "SELECT name, digest FROM migration WHERE part = ? ORDER BY position"
        let applied = try transaction.all(rows, name) { (name: try $0.text(0), digest: try $0.bytes(1)) }
        guard applied.count <= migrations.count else {
            throw StorageError(
                .newerSchema,
                """
                \(path): '\(name)' is at version \(applied.count), this Bellwether knows \(migrations.count). \
                Use the newer Bellwether that wrote it.
                """)
        }
        for (there, here) in zip(applied, migrations)
        where there.name != here.name || there.digest != here.digest.bytes {
            throw StorageError(
                .changedMigration,
                "\(path): '\(name)' was made by the migration '\(there.name)', which is not the '\(here.name)' known here."
            )
        }
        return applied.count
    }
}
