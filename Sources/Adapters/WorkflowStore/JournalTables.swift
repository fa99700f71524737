import Determinism
import Storage
import WorkflowEngine
import WorkflowModel

/// The journal's tables and every statement that touches them.
enum JournalTables {
    static let migrations = MigrationSet(
        "journal",
        [
            Migration(
                "runs and their events",
                """
                CREATE TABLE workflow_run(
                    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, workflow TEXT NOT NULL,
                    version INTEGER NOT NULL, header BLOB NOT NULL, started INTEGER NOT NULL,
                    finished INTEGER, finish_number INTEGER, outcome BLOB
                ) STRICT;
                CREATE UNIQUE INDEX workflow_run_finished ON workflow_run(finish_number)
                    WHERE finish_number IS NOT NULL;
                CREATE INDEX workflow_run_open ON workflow_run(number) WHERE finish_number IS NULL;
                CREATE INDEX workflow_run_workflow ON workflow_run(workflow, started);
                CREATE TABLE workflow_event(
                    number INTEGER PRIMARY KEY,
                    run INTEGER NOT NULL REFERENCES workflow_run(number) ON DELETE CASCADE,
                    sequence INTEGER NOT NULL, time INTEGER NOT NULL, kind TEXT NOT NULL,
                    subject TEXT, attempt INTEGER, body BLOB,
                    UNIQUE (run, sequence)
                ) STRICT;
                CREATE TABLE workflow_state(
                    kind TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, name)
                ) STRICT, WITHOUT ROWID;
                """)
        ])

    /// A run by its row: how many events it has and whether it has finished.
    struct Run {
        let number: Int64
        var events: Int
        var isFinished: Bool
    }

    static func run(_ id: RunID, _ transaction: borrowing Transaction) throws -> Run? {
        try transaction.first(
            """
            SELECT number, (SELECT max(sequence) FROM workflow_event WHERE run = workflow_run.number), finish_number
            FROM workflow_run WHERE id = ?
            """, id.text
        ) { row in
            let events = try row.isNull(1) ? 0 : row.integer(1)
            return Run(number: try row.integer(0), events: Int(events), isFinished: try !row.isNull(2))
        }
    }

    static func begin(
        _ id: RunID, _ header: RunHeader, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws -> Run {
        try transaction.run(
            "INSERT INTO workflow_run(id, workflow, version, header, started) VALUES (?, ?, ?, ?, ?)",
            id.text, header.workflow, header.version, try StoredEvent.encode(header), time.nanoseconds)
        return Run(number: transaction.lastInsertedRow, events: 0, isFinished: false)
    }

    static func insert(
        _ event: StoredEvent, run: Int64, sequence: Int, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO workflow_event(run, sequence, time, kind, subject, attempt, body) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            run, sequence, event.time, event.kind.rawValue, event.subject, event.attempt, event.body)
    }

    static func finish(
        run: Int64, at time: Timestamp, _ outcome: [UInt8], _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            UPDATE workflow_run SET finished = ?, outcome = ?,
                finish_number = (SELECT coalesce(max(finish_number), 0) + 1 FROM workflow_run
                                 WHERE finish_number IS NOT NULL)
            WHERE number = ?
            """, time.nanoseconds, outcome, run)
    }

    static func events(of run: Int64, _ transaction: borrowing Transaction) throws -> [StoredEvent] {
        try transaction.all(
            "SELECT time, kind, subject, attempt, body FROM workflow_event WHERE run = ? ORDER BY sequence", run
        ) { try event($0, from: 0) }
    }

    /// Events of all runs after a number, in the order in which they were kept.
    static func events(
        after number: Int64, limit: Int, _ transaction: borrowing Transaction
    ) throws -> [(number: Int64, run: RunID, event: StoredEvent)] {
        try transaction.all(
            """
            SELECT e.number, r.id, e.time, e.kind, e.subject, e.attempt, e.body
            FROM workflow_event e JOIN workflow_run r ON r.number = e.run
            WHERE e.number > ? ORDER BY e.number LIMIT ?
            """, number, limit
        ) { (try $0.integer(0), RunID(try $0.text(1)), try event($0, from: 2)) }
    }

    static func lastEvent(_ transaction: borrowing Transaction) throws -> Int64 {
        try transaction.first("SELECT coalesce(max(number), 0) FROM workflow_event") { try $0.integer(0) } ?? 0
    }

    private static func event(_ row: borrowing Row, from column: Int) throws -> StoredEvent {
        StoredEvent(
            time: try row.integer(column), kind: try kind(try row.text(column + 1)),
            subject: try row.isNull(column + 2) ? nil : row.text(column + 2),
            attempt: try row.isNull(column + 3) ? nil : row.integer(column + 3),
            body: try row.isNull(column + 4) ? nil : row.bytes(column + 4))
    }

    // MARK: - State

    static func put(_ value: [UInt8], under key: StateKey, _ transaction: borrowing Transaction) throws {
        try transaction.run(
            "INSERT OR REPLACE INTO workflow_state(kind, name, value) VALUES (?, ?, ?)", key.kind, key.name, value)
    }

    static func forget(_ key: StateKey, _ transaction: borrowing Transaction) throws {
        try transaction.run("DELETE FROM workflow_state WHERE kind = ? AND name = ?", key.kind, key.name)
    }

    static func value(of key: StateKey, _ transaction: borrowing Transaction) throws -> [UInt8]? {
        try transaction.first(
            "SELECT value FROM workflow_state WHERE kind = ? AND name = ?", key.kind, key.name
        ) { try $0.bytes(0) }
    }

    static func values(of kind: String, _ transaction: borrowing Transaction) throws -> [(String, [UInt8])] {
        try transaction.all("SELECT name, value FROM workflow_state WHERE kind = ?", kind) {
            (try $0.text(0), try $0.bytes(1))
        }
    }

    // MARK: - Summaries

    static func summary(of run: RunID, _ transaction: borrowing Transaction) throws -> RunSummary? {
        try transaction.first("\(summaries) WHERE id = ?", run.text, body: summary)
    }

    static func openRuns(_ transaction: borrowing Transaction) throws -> [RunSummary] {
        try transaction.all("\(summaries) WHERE finish_number IS NULL ORDER BY number", body: summary)
    }

    static func finishedRuns(limit: Int, _ transaction: borrowing Transaction) throws -> [RunSummary] {
        try transaction.all(
            "\(summaries) WHERE finish_number IS NOT NULL ORDER BY finish_number DESC LIMIT ?", max(0, limit),
            body: summary)
    }

    /// Numbers are given in the order in which runs begin.
    static func runs(
        begunBefore run: RunID?, of workflow: String?, _ which: RunKind, limit: Int,
        _ transaction: borrowing Transaction
    ) throws -> [RunSummary] {
        let kind =
            switch which {
            case .open: "finish_number IS NULL"
            case .finished: "finish_number IS NOT NULL"
            case .all: "1"
            }
        return try transaction.all(
            """
            \(summaries) WHERE \(kind) AND (?1 IS NULL OR workflow = ?1)
                AND (?2 IS NULL OR number < (SELECT number FROM workflow_run WHERE id = ?2))
            ORDER BY number DESC LIMIT ?3
            """, workflow, run?.text, max(0, limit), body: summary)
    }

    static func prune(keepingNewest count: Int, _ transaction: borrowing Transaction) throws -> Int {
        try transaction.run(
            """
            DELETE FROM workflow_run WHERE number IN (
                SELECT number FROM workflow_run WHERE finish_number IS NOT NULL
                ORDER BY finish_number DESC LIMIT -1 OFFSET ?)
            """, max(0, count))
    }

    private static let summaries = "SELECT id, header, started, finished, outcome FROM workflow_run"

    private static func summary(_ row: borrowing Row) throws -> RunSummary {
        RunSummary(
            run: RunID(try row.text(0)), header: try StoredEvent.decode(RunHeader.self, row.bytes(1)),
            started: Timestamp(nanoseconds: try row.integer(2)),
            finished: try row.isNull(3) ? nil : Timestamp(nanoseconds: row.integer(3)),
            outcome: try row.isNull(4) ? nil : StoredEvent.decode(RunOutcome.self, row.bytes(4)))
    }

    private static func kind(_ text: String) throws -> StoredEvent.Kind {
        guard let kind = StoredEvent.Kind(rawValue: text) else {
            throw JournalError(.corrupt, "the journal holds an event of the unknown kind '\(text)'")
        }
        return kind
    }
}
