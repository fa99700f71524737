import Determinism
import Storage

/// The desk's own tables and every statement that touches them.
enum DeskTables {
    static let migrations = MigrationSet(
        "desk",
        [
            Migration(
                "runs, snapshots and requests",
                """
                CREATE TABLE desk_run(
                    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
                    configuration BLOB NOT NULL, started INTEGER NOT NULL, ended INTEGER, base INTEGER NOT NULL,
                    head_sequence INTEGER NOT NULL, head_hash BLOB NOT NULL
                ) STRICT;
                CREATE UNIQUE INDEX desk_run_open ON desk_run(state) WHERE state = 'open';
                CREATE TABLE snapshot(
                    run TEXT NOT NULL, sequence INTEGER NOT NULL, bytes BLOB NOT NULL, digest BLOB NOT NULL,
                    PRIMARY KEY (run, sequence)
                ) STRICT;
                CREATE TABLE control(
                    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, reason TEXT NOT NULL,
                    time INTEGER NOT NULL, who TEXT NOT NULL, run TEXT, sequence INTEGER
                ) STRICT;
                CREATE INDEX control_pending ON control(id) WHERE sequence IS NULL;
                CREATE INDEX control_consumed ON control(run, sequence) WHERE sequence IS NOT NULL;
                """),
            Migration(
                "requests with a body and a key",
                """
                ALTER TABLE control ADD COLUMN body BLOB;
                ALTER TABLE control ADD COLUMN key TEXT;
                CREATE UNIQUE INDEX control_key ON control(key) WHERE key IS NOT NULL;
                """),
        ])

    // MARK: Runs

    static func insertRun(
        _ id: String, _ configuration: [UInt8], at time: Timestamp, after head: AuditHead,
        _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO desk_run(id, state, configuration, started, base, head_sequence, head_hash)
            VALUES (?, 'open', ?, ?, ?, ?, ?)
            """, id, configuration, time.nanoseconds, head.sequence, head.sequence, head.hash.bytes)
    }

    static func run(_ id: String, _ transaction: borrowing Transaction) throws -> DeskRunRecord? {
        try transaction.first("\(runs) WHERE id = ?", id, body: run)
    }

    static func openRun(_ transaction: borrowing Transaction) throws -> DeskRunRecord? {
        try transaction.first("\(runs) WHERE state = 'open'", body: run)
    }

    static func newestRuns(_ limit: Int, _ transaction: borrowing Transaction) throws -> [DeskRunRecord] {
        try transaction.all("\(runs) ORDER BY number DESC LIMIT ?", max(0, limit), body: run)
    }

    /// False where the run is not open.
    static func setHead(_ head: AuditHead, of run: String, _ transaction: borrowing Transaction) throws -> Bool {
        try transaction.run(
            "UPDATE desk_run SET head_sequence = ?, head_hash = ? WHERE id = ? AND state = 'open'",
            head.sequence, head.hash.bytes, run) == 1
    }

    /// False where the run is not open.
    static func end(
        _ run: String, as state: DeskRunRecord.State, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws -> Bool {
        try transaction.run(
            "UPDATE desk_run SET state = ?, ended = ? WHERE id = ? AND state = 'open'",
            state.rawValue, time.nanoseconds, run) == 1
    }

    private static let runs = """
        SELECT id, state, configuration, started, ended, base, head_sequence, head_hash FROM desk_run
        """

    private static func run(_ row: borrowing Row) throws -> DeskRunRecord {
        let id = try row.text(0)
        guard let state = DeskRunRecord.State(rawValue: try row.text(1)), let hash = Digest(bytes: try row.bytes(7))
        else { throw DeskStoreError(.corrupt, "the run '\(id)' is stored malformed. Restore the file from a backup.") }
        return DeskRunRecord(
            id: id, state: state, configuration: try row.bytes(2), started: Timestamp(nanoseconds: try row.integer(3)),
            ended: try row.isNull(4) ? nil : Timestamp(nanoseconds: row.integer(4)), base: try row.integer(5),
            head: AuditHead(sequence: try row.integer(6), hash: hash))
    }

    // MARK: Snapshots

    static func snapshotDigest(
        of run: String, at sequence: Int64, _ transaction: borrowing Transaction
    ) throws -> [UInt8]? {
        try transaction.first("SELECT digest FROM snapshot WHERE run = ? AND sequence = ?", run, sequence) {
            try $0.bytes(0)
        }
    }

    /// Keeps a snapshot and the one before it, and forgets the run's others.
    static func keep(_ snapshot: DeskSnapshot, of run: String, _ transaction: borrowing Transaction) throws {
        try transaction.run(
            "INSERT OR REPLACE INTO snapshot(run, sequence, bytes, digest) VALUES (?, ?, ?, ?)",
            run, snapshot.sequence, snapshot.bytes, Digest.of(snapshot.bytes).bytes)
        try transaction.run(
            """
            DELETE FROM snapshot WHERE run = ?1 AND sequence NOT IN (
                SELECT sequence FROM snapshot WHERE run = ?1 ORDER BY sequence DESC LIMIT 2)
            """, run)
    }

    /// The newest snapshot whose bytes are what was stored.
    static func newestSnapshot(of run: String, _ transaction: borrowing Transaction) throws -> DeskSnapshot? {
        let sound = try transaction.all(
            "SELECT sequence, bytes, digest FROM snapshot WHERE run = ? ORDER BY sequence DESC", run
        ) { row -> DeskSnapshot? in
            let bytes = try row.bytes(1)
            guard Digest.of(bytes).bytes == (try row.bytes(2)) else { return nil }
            return DeskSnapshot(sequence: try row.integer(0), bytes: bytes)
        }
        return sound.lazy.compactMap { $0 }.first
    }

    // MARK: Requests

    static func insertControl(
        _ new: NewRequest, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws -> ControlRequest {
        try transaction.run(
            "INSERT INTO control(kind, reason, time, who, body, key) VALUES (?, ?, ?, ?, ?, ?)",
            new.kind.rawValue, new.reason, time.nanoseconds, new.who, new.body, new.key)
        return ControlRequest(
            id: transaction.lastInsertedRow, kind: new.kind, reason: new.reason, time: time, who: new.who,
            body: new.body, key: new.key)
    }

    static func control(
        _ id: Int64, _ transaction: borrowing Transaction
    ) throws -> (request: ControlRequest, record: Int64?)? {
        try transaction.first("\(controls) WHERE id = ?", id) { (try control($0), try record($0)) }
    }

    static func control(
        ofKey key: String, _ transaction: borrowing Transaction
    ) throws -> (request: ControlRequest, record: Int64?)? {
        try transaction.first("\(controls) WHERE key = ?", key) { (try control($0), try record($0)) }
    }

    static func pendingControls(_ transaction: borrowing Transaction) throws -> [ControlRequest] {
        try transaction.all("\(controls) WHERE sequence IS NULL ORDER BY id", body: control)
    }

    static func firstPendingControl(_ transaction: borrowing Transaction) throws -> Int64? {
        try transaction.first("SELECT id FROM control WHERE sequence IS NULL ORDER BY id LIMIT 1") {
            try $0.integer(0)
        }
    }

    /// Who consumed a request at which record; nil while nobody has.
    static func consumer(
        of control: Int64, _ transaction: borrowing Transaction
    ) throws -> (run: String, sequence: Int64)? {
        try transaction.first("SELECT run, sequence FROM control WHERE id = ? AND sequence IS NOT NULL", control) {
            (try $0.text(0), try $0.integer(1))
        }
    }

    static func consume(
        _ control: Int64, by run: String, at sequence: Int64, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run("UPDATE control SET run = ?, sequence = ? WHERE id = ?", run, sequence, control)
    }

    static func controls(
        consumedBy run: String, after sequence: Int64, _ transaction: borrowing Transaction
    ) throws -> [ConsumedControl] {
        try transaction.all("\(controls) WHERE run = ? AND sequence > ? ORDER BY id", run, sequence) {
            ConsumedControl(request: try control($0), sequence: try $0.integer(7))
        }
    }

    private static let controls = "SELECT id, kind, reason, time, who, body, key, sequence FROM control"

    private static func record(_ row: borrowing Row) throws -> Int64? {
        try row.isNull(7) ? nil : row.integer(7)
    }

    private static func control(_ row: borrowing Row) throws -> ControlRequest {
        let id = try row.integer(0)
        guard let kind = ControlKind(rawValue: try row.text(1)) else {
            throw DeskStoreError(.corrupt, "the request \(id) is of an unknown kind. Restore the file from a backup.")
        }
        return ControlRequest(
            id: id, kind: kind, reason: try row.text(2), time: Timestamp(nanoseconds: try row.integer(3)),
            who: try row.text(4), body: try row.isNull(5) ? nil : row.bytes(5),
            key: try row.isNull(6) ? nil : row.text(6))
    }
}
