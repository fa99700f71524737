import DeskCommands
import Determinism
import Storage
import WorkflowModel

/// The tables of what was called, and every statement that touches them.
enum LedgerTables {
    static let migrations = MigrationSet(
        "calls",
        [
            Migration(
                "calls with a key, calls that wait for a person, and the record",
                """
                CREATE TABLE keyed_call(
                    scope TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, call TEXT NOT NULL,
                    began INTEGER NOT NULL, answer BLOB, waiting INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (scope, key)
                ) STRICT;
                CREATE INDEX keyed_call_age ON keyed_call(began);
                CREATE TABLE confirmation(
                    id TEXT PRIMARY KEY, command TEXT NOT NULL, arguments BLOB NOT NULL, caller TEXT NOT NULL,
                    role TEXT NOT NULL, face TEXT NOT NULL, tier TEXT, reason TEXT NOT NULL,
                    created INTEGER NOT NULL, expires INTEGER NOT NULL, call TEXT NOT NULL,
                    scope TEXT, key TEXT, settlement TEXT
                ) STRICT;
                CREATE TABLE access_entry(
                    sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, caller TEXT NOT NULL, face TEXT NOT NULL,
                    command TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL, arguments TEXT,
                    digest BLOB NOT NULL, trace TEXT NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL
                ) STRICT;
                CREATE TABLE access_head(
                    only INTEGER PRIMARY KEY CHECK (only = 1), sequence INTEGER NOT NULL, hash BLOB NOT NULL
                ) STRICT;
                """)
        ])
}

// MARK: - Calls with a key

extension LedgerTables {
    static func keyedCall(_ key: CallKey, _ transaction: borrowing Transaction) throws -> StoredCall? {
        try transaction.first(
            "SELECT request, call, answer, waiting, began FROM keyed_call WHERE scope = ? AND key = ?", key.scope,
            key.key
        ) { row in
            let answer = try row.isNull(2) ? nil : Value(json: try row.bytes(2))
            let isWaiting = try row.integer(3) != 0
            return StoredCall(
                request: try AccessTables.digest(try row.bytes(0), "a call with a key"), callID: try row.text(1),
                began: try AccessTables.time(row, 4), answer: answer.map { CommandAnswer($0, isWaiting: isWaiting) })
        }
    }

    static func insertKeyedCall(
        _ key: CallKey, _ request: Digest, _ callID: String, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            INSERT OR REPLACE INTO keyed_call(scope, key, request, call, began) VALUES (?, ?, ?, ?, ?)
            """, key.scope, key.key, request.bytes, callID, time.nanoseconds)
    }

    static func keep(_ answer: CommandAnswer, for key: CallKey, _ transaction: borrowing Transaction) throws {
        try transaction.run(
            "UPDATE keyed_call SET answer = ?, waiting = ? WHERE scope = ? AND key = ?", try answer.value.json(),
            answer.isWaiting ? 1 : 0, key.scope, key.key)
    }

    /// Forgets calls that began before a moment, and the oldest beyond a number.
    static func forgetCalls(before time: Timestamp, keeping count: Int, _ transaction: borrowing Transaction) throws {
        try transaction.run("DELETE FROM keyed_call WHERE began < ?", time.nanoseconds)
        try transaction.run(
            """
            DELETE FROM keyed_call WHERE rowid IN
            (SELECT rowid FROM keyed_call ORDER BY began DESC LIMIT -1 OFFSET ?)
            """, count)
    }
}

// MARK: - Confirmations

extension LedgerTables {
    static func insert(_ waiting: PendingConfirmation, _ transaction: borrowing Transaction) throws {
        let caller = waiting.caller
        try transaction.run(
            """
            INSERT INTO confirmation(id, command, arguments, caller, role, face, tier, reason, created, expires, call,
            scope, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            waiting.id, waiting.command, try Value.object(waiting.arguments).json(), caller.name, caller.role.rawValue,
            caller.face.rawValue, caller.tier?.rawValue, waiting.reason, waiting.created.nanoseconds,
            waiting.expires.nanoseconds, waiting.callID, waiting.key?.scope, waiting.key?.key)
    }

    static func confirmation(_ id: String, _ transaction: borrowing Transaction) throws -> PendingConfirmation? {
        try transaction.first("\(confirmationColumns) WHERE id = ?", id, body: confirmation)
    }

    static func confirmations(
        at now: Timestamp, _ transaction: borrowing Transaction
    ) throws -> [PendingConfirmation] {
        try transaction.all(
            "\(confirmationColumns) WHERE settlement IS NULL AND expires > ? ORDER BY created, id", now.nanoseconds,
            body: confirmation)
    }

    /// How many calls wait, and how many of them are a caller's.
    static func waiting(
        of caller: String, at now: Timestamp, _ transaction: borrowing Transaction
    ) throws -> (all: Int64, own: Int64) {
        let counts = try transaction.first(
            """
            SELECT count(*), coalesce(sum(caller = ?), 0) FROM confirmation WHERE settlement IS NULL AND expires > ?
            """, caller, now.nanoseconds
        ) { (all: try $0.integer(0), own: try $0.integer(1)) }
        return counts ?? (0, 0)
    }

    /// True where it was waiting until now.
    static func settle(
        _ id: String, as settlement: PendingConfirmation.Settlement, at now: Timestamp,
        _ transaction: borrowing Transaction
    ) throws -> Bool {
        try transaction.run(
            "UPDATE confirmation SET settlement = ? WHERE id = ? AND settlement IS NULL AND expires > ?",
            settlement.rawValue, id, now.nanoseconds) > 0
    }

    static func forgetConfirmations(before time: Timestamp, _ transaction: borrowing Transaction) throws {
        try transaction.run("DELETE FROM confirmation WHERE expires < ?", time.nanoseconds)
    }

    private static let confirmationColumns = """
        SELECT id, command, arguments, caller, role, face, tier, reason, created, expires, call, scope, key, settlement
        FROM confirmation
        """

    private static func confirmation(_ row: borrowing Row) throws -> PendingConfirmation {
        let id = try row.text(0)
        let place = "the confirmation \(id)"
        let caller = Caller(
            try row.text(3), try AccessTables.read(try row.text(4), as: Role.self, place),
            through: try AccessTables.read(try row.text(5), as: Caller.Face.self, place),
            tier: try AccessTables.optionalText(row, 6).map { try AccessTables.read($0, as: Tier.self, place) })
        let scope = try AccessTables.optionalText(row, 11)
        let key = try AccessTables.optionalText(row, 12)
        return PendingConfirmation(
            id: id, command: try row.text(1), arguments: try Value(json: try row.bytes(2)).fields ?? [:],
            caller: caller, reason: try row.text(7), created: try AccessTables.time(row, 8),
            expires: try AccessTables.time(row, 9),
            callID: try row.text(10), key: scope.flatMap { scope in key.map { CallKey(scope: scope, key: $0) } },
            settlement: try AccessTables.optionalText(row, 13).map {
                try AccessTables.read($0, as: PendingConfirmation.Settlement.self, place)
            })
    }
}

// MARK: - The record

extension LedgerTables {
    static func head(_ transaction: borrowing Transaction) throws -> AccessHead? {
        try transaction.first("SELECT sequence, hash FROM access_head") {
            AccessHead(
                sequence: try $0.integer(0),
                hash: try AccessTables.digest(try $0.bytes(1), "the head of the record of access"))
        }
    }

    static func append(_ chained: ChainedAccessEntry, _ transaction: borrowing Transaction) throws {
        let entry = chained.entry
        try transaction.run(
            """
            INSERT INTO access_entry(sequence, time, caller, face, command, outcome, code, arguments, digest, trace,
            previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            chained.sequence, entry.time.nanoseconds, entry.caller, entry.face.rawValue, entry.command,
            entry.outcome.rawValue, entry.code, entry.arguments, entry.digest.bytes, entry.trace,
            chained.previous.bytes, chained.hash.bytes)
        try transaction.run(
            """
            INSERT INTO access_head(only, sequence, hash) VALUES (1, ?, ?)
            ON CONFLICT(only) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
            """, chained.sequence, chained.hash.bytes)
    }

    static func entries(_ query: AccessQuery, _ transaction: borrowing Transaction) throws -> [ChainedAccessEntry] {
        try transaction.all(
            """
            \(entryColumns) WHERE (?1 IS NULL OR sequence < ?1) AND (?2 IS NULL OR caller = ?2)
            AND (?3 IS NULL OR outcome = ?3) ORDER BY sequence DESC LIMIT ?4
            """, query.before, query.caller, query.outcome?.rawValue, query.limit, body: entry)
    }

    static func entries(
        from first: Int64, limit: Int, _ transaction: borrowing Transaction
    ) throws -> [ChainedAccessEntry] {
        try transaction.all(
            "\(entryColumns) WHERE sequence >= ? ORDER BY sequence LIMIT ?", first, limit, body: entry)
    }

    private static let entryColumns = """
        SELECT sequence, time, caller, face, command, outcome, code, arguments, digest, trace, previous, hash
        FROM access_entry
        """

    private static func entry(_ row: borrowing Row) throws -> ChainedAccessEntry {
        let sequence = try row.integer(0)
        let place = "entry \(sequence) of the record of access"
        let entry = AccessEntry(
            time: try AccessTables.time(row, 1), caller: try row.text(2),
            face: try AccessTables.read(try row.text(3), as: Caller.Face.self, place), command: try row.text(4),
            outcome: try AccessTables.read(try row.text(5), as: AccessEntry.Outcome.self, place), code: try row.text(6),
            arguments: try AccessTables.optionalText(row, 7), digest: try AccessTables.digest(try row.bytes(8), place),
            trace: try row.text(9))
        return ChainedAccessEntry(
            sequence: sequence, entry: entry, previous: try AccessTables.digest(try row.bytes(10), place),
            hash: try AccessTables.digest(try row.bytes(11), place))
    }
}
