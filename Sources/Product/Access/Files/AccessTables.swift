import DeskCommands
import Determinism
import Storage
import WorkflowModel

/// The tables of who may call, and every statement that touches them; secrets are here only as hashes.
enum AccessTables {
    static let migrations = MigrationSet(
        "access",
        [
            Migration(
                "keys, login links and browser sessions",
                """
                CREATE TABLE access_key(
                    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, tier TEXT, secret BLOB NOT NULL,
                    created INTEGER NOT NULL, expires INTEGER, last_used INTEGER, revoked INTEGER
                ) STRICT;
                CREATE UNIQUE INDEX access_key_name ON access_key(name) WHERE revoked IS NULL;
                CREATE TABLE login_link(
                    secret BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, expires INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE browser_session(
                    secret BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
                    created INTEGER NOT NULL, last_seen INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER
                ) STRICT;
                CREATE TABLE revocation(
                    only INTEGER PRIMARY KEY CHECK (only = 1), count INTEGER NOT NULL
                ) STRICT;
                INSERT INTO revocation(only, count) VALUES (1, 0);
                """)
        ])

    /// A word that was written by this program, as what it stands for.
    static func read<Word: RawRepresentable>(
        _ word: String, as type: Word.Type, _ place: String
    ) throws -> Word where Word.RawValue == String {
        guard let value = Word(rawValue: word) else {
            throw AccessError(.damaged, "'\(word)' is no \(Word.self) in \(place). Restore the file from a backup.")
        }
        return value
    }

    static func digest(_ bytes: [UInt8], _ place: String) throws -> Digest {
        guard let digest = Digest(bytes: bytes) else {
            throw AccessError(.damaged, "a hash in \(place) is not 32 bytes long. Restore the file from a backup.")
        }
        return digest
    }

    static func time(_ row: borrowing Row, _ column: Int) throws -> Timestamp {
        Timestamp(nanoseconds: try row.integer(column))
    }

    static func optionalTime(_ row: borrowing Row, _ column: Int) throws -> Timestamp? {
        try row.isNull(column) ? nil : time(row, column)
    }

    static func optionalText(_ row: borrowing Row, _ column: Int) throws -> String? {
        try row.isNull(column) ? nil : row.text(column)
    }
}

// MARK: - Keys

extension AccessTables {
    static func insert(_ key: StoredKey, _ transaction: borrowing Transaction) throws {
        let wish = key.description.wish
        try transaction.run(
            "INSERT INTO access_key(id, name, role, tier, secret, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
            key.description.id, wish.name, wish.role.rawValue, wish.tier?.rawValue, key.secret.bytes,
            key.description.created.nanoseconds, wish.expires?.nanoseconds)
    }

    static func isNameTaken(_ name: String, _ transaction: borrowing Transaction) throws -> Bool {
        try transaction.first("SELECT 1 FROM access_key WHERE name = ? AND revoked IS NULL", name) {
            try $0.integer(0)
        } != nil
    }

    static func key(_ id: String, _ transaction: borrowing Transaction) throws -> StoredKey? {
        try transaction.first("\(keyColumns) WHERE id = ?", id, body: key)
    }

    static func keys(_ transaction: borrowing Transaction) throws -> [StoredKey] {
        try transaction.all("\(keyColumns) ORDER BY created DESC, id LIMIT 1000", body: key)
    }

    static func noteUse(of id: String, at time: Timestamp, _ transaction: borrowing Transaction) throws {
        try transaction.run("UPDATE access_key SET last_used = ? WHERE id = ?", time.nanoseconds, id)
    }

    static func revokeKey(_ id: String, at time: Timestamp, _ transaction: borrowing Transaction) throws -> Bool {
        try transaction.run(
            "UPDATE access_key SET revoked = ? WHERE id = ? AND revoked IS NULL", time.nanoseconds, id) > 0
    }

    private static let keyColumns =
        "SELECT id, name, role, tier, secret, created, expires, last_used, revoked FROM access_key"

    private static func key(_ row: borrowing Row) throws -> StoredKey {
        let id = try row.text(0)
        let wish = KeyWish(
            try row.text(1), try read(try row.text(2), as: Role.self, "the key \(id)"),
            tier: try optionalText(row, 3).map { try read($0, as: Tier.self, "the key \(id)") },
            expires: try optionalTime(row, 6))
        let description = KeyDescription(
            id: id, wish: wish, created: try time(row, 5), lastUsed: try optionalTime(row, 7),
            revoked: try optionalTime(row, 8))
        return StoredKey(description: description, secret: try digest(try row.bytes(4), "the key \(id)"))
    }
}

// MARK: - Links and sessions

extension AccessTables {
    static func insertLink(
        _ secret: Digest, _ person: Person, expires: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            "INSERT INTO login_link(secret, name, role, expires) VALUES (?, ?, ?, ?)", secret.bytes, person.name,
            person.role.rawValue, expires.nanoseconds)
    }

    /// Takes a link away and tells whose it was; nil where there is none, or its time is over.
    static func takeLink(
        _ secret: Digest, at now: Timestamp, _ transaction: borrowing Transaction
    ) throws -> Person? {
        let person = try transaction.first(
            "SELECT name, role FROM login_link WHERE secret = ? AND expires > ?", secret.bytes, now.nanoseconds
        ) { Person(try $0.text(0), try read(try $0.text(1), as: Role.self, "a login link")) }
        try transaction.run("DELETE FROM login_link WHERE secret = ? OR expires <= ?", secret.bytes, now.nanoseconds)
        return person
    }

    static func insert(_ session: StoredSession, _ transaction: borrowing Transaction) throws {
        let told = session.description
        try transaction.run(
            """
            INSERT INTO browser_session(secret, id, name, role, created, last_seen, expires)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            session.secret.bytes, told.id, told.name, told.role.rawValue, told.created.nanoseconds,
            told.lastSeen.nanoseconds, told.expires.nanoseconds)
    }

    static func session(_ secret: Digest, _ transaction: borrowing Transaction) throws -> StoredSession? {
        try transaction.first("\(sessionColumns) WHERE secret = ? AND revoked IS NULL", secret.bytes, body: session)
    }

    static func sessions(_ transaction: borrowing Transaction) throws -> [StoredSession] {
        try transaction.all(
            "\(sessionColumns) WHERE revoked IS NULL ORDER BY created DESC, id LIMIT 1000", body: session)
    }

    static func noteUse(
        ofSession secret: Digest, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run("UPDATE browser_session SET last_seen = ? WHERE secret = ?", time.nanoseconds, secret.bytes)
    }

    static func revokeSession(_ id: String, at time: Timestamp, _ transaction: borrowing Transaction) throws -> Bool {
        try transaction.run(
            "UPDATE browser_session SET revoked = ? WHERE id = ? AND revoked IS NULL", time.nanoseconds, id) > 0
    }

    /// Forgets sessions that ended before a moment.
    static func forgetSessions(endedBefore time: Timestamp, _ transaction: borrowing Transaction) throws {
        try transaction.run("DELETE FROM browser_session WHERE expires <= ?", time.nanoseconds)
    }

    private static let sessionColumns =
        "SELECT secret, id, name, role, created, last_seen, expires FROM browser_session"

    private static func session(_ row: borrowing Row) throws -> StoredSession {
        let id = try row.text(1)
        let description = SessionDescription(
            id: id, name: try row.text(2), role: try read(try row.text(3), as: Role.self, "the session \(id)"),
            created: try time(row, 4), lastSeen: try time(row, 5), expires: try time(row, 6))
        return StoredSession(description: description, secret: try digest(try row.bytes(0), "the session \(id)"))
    }

    /// How often keys or sessions were revoked: what tells other processes to read again.
    static func revocations(_ transaction: borrowing Transaction) throws -> Int64 {
        try transaction.first("SELECT count FROM revocation") { try $0.integer(0) } ?? 0
    }

    static func countRevocation(_ transaction: borrowing Transaction) throws {
        try transaction.run("UPDATE revocation SET count = count + 1")
    }
}
