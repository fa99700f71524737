extension Database {
    /// `BLWR` in ASCII: SQLite's `application_id` of every file of Bellwether's.
    static let applicationID: Int64 = 0x424C_5752
    /// The layout of the table of migrations itself.
    static let formatVersion: Int64 = 1

    /// Makes sure that the file is ours, claims it where it is new, and sets how it is written.
    func prepareForWriting() throws {
        try checkBelongings()
        try configure(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
            PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;
            """)
        try write { transaction in
            // Another process may have claimed the file since the check.
            guard try belongings(transaction) == .new else { return }
            try transaction.runScript(
                """
                PRAGMA application_id = \(Database.applicationID);
                PRAGMA user_version = \(Database.formatVersion);
                """)
            try transaction.runScript(MigrationSet.table)
        }
    }

    /// Throws where the file is another program's or a newer Bellwether's.
    func checkBelongings() throws {
        _ = try read { try belongings($0) }
    }

    private enum Belongings {
        case new
        case ours
    }

    private func belongings(_ transaction: borrowing Transaction) throws -> Belongings {
        let owner = try transaction.first("PRAGMA application_id") { try $0.integer(0) } ?? 0
        let version = try transaction.first("PRAGMA user_version") { try $0.integer(0) } ?? 0
        let tables = try transaction.first("SELECT count(*) FROM sqlite_schema") { try $0.integer(0) } ?? 0
        if owner == 0 && version == 0 && tables == 0 { return .new }
        guard owner == Database.applicationID else {
            throw StorageError(
                .notOurs, "\(path) is a database of another program. Name another file, or move this one away.")
        }
        guard version <= Database.formatVersion else {
            throw StorageError(.newerSchema, "\(path) was written by a newer Bellwether. Use that one, or update this.")
        }
        return .ours
    }
}
