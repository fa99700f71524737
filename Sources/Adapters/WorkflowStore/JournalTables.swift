import Determinism
import Storage
import WorkflowEngine

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
                    version INTEGER NOT NULL, fingerprint INTEGER NOT NULL, started INTEGER NOT NULL,
                    finished INTEGER, finish_number INTEGER, outcome BLOB
                ) STRICT;
                CREATE UNIQUE INDEX workflow_run_finished ON workflow_run(finish_number)
                    WHERE finish_number IS NOT NULL;
                CREATE INDEX workflow_run_open ON workflow_run(number) WHERE finish_number IS NULL;
                CREATE TABLE workflow_event(
                    run INTEGER NOT NULL REFERENCES workflow_run(number) ON DELETE CASCADE,
                    sequence INTEGER NOT NULL, time INTEGER NOT NULL, kind TEXT NOT NULL,
                    node TEXT, attempt INTEGER, may_retry INTEGER, body BLOB,
                    PRIMARY KEY (run, sequence)
                ) STRICT, WITHOUT ROWID;
                """)
        ])

    /// A run by its row: how many events it has and whether it has finished.
    struct Run {
        let number: Int64
        let events: Int
        let isFinished: Bool
    }

    static func run(_ id: RunID, _ transaction: borrowing Transaction) throws -> Run? {
        try transaction.first(
            """
            SELECT number, (SELECT max(sequence) FROM workflow_event WHERE run = number), finish_number
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
            "INSERT INTO workflow_run(id, workflow, version, fingerprint, started) VALUES (?, ?, ?, ?, ?)",
            id.text, header.workflow, header.version, Int64(bitPattern: header.fingerprint), time.nanoseconds)
        return Run(number: transaction.lastInsertedRow, events: 0, isFinished: false)
    }

    static func insert(
        _ event: StoredEvent, run: Int64, sequence: Int, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO workflow_event(run, sequence, time, kind, node, attempt, may_retry, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            run, sequence, event.time, event.kind.rawValue, event.node, event.attempt, event.mayRetry, event.body)
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
            """
            SELECT time, kind, node, attempt, may_retry, body FROM workflow_event WHERE run = ? ORDER BY sequence
            """, run
        ) { row in
            StoredEvent(
                time: try row.integer(0), kind: try kind(try row.text(1)),
                node: try row.isNull(2) ? nil : row.text(2), attempt: try row.isNull(3) ? nil : row.integer(3),
                mayRetry: try row.isNull(4) ? nil : row.integer(4), body: try row.isNull(5) ? nil : row.bytes(5))
        }
    }

    static func openRuns(_ transaction: borrowing Transaction) throws -> [RunSummary] {
        try transaction.all("\(summaries) WHERE finish_number IS NULL ORDER BY number", body: summary)
    }

    static func finishedRuns(limit: Int, _ transaction: borrowing Transaction) throws -> [RunSummary] {
        try transaction.all(
            "\(summaries) WHERE finish_number IS NOT NULL ORDER BY finish_number DESC LIMIT ?", max(0, limit),
            body: summary)
    }

    static func prune(keepingNewest count: Int, _ transaction: borrowing Transaction) throws -> Int {
        try transaction.run(
            """
            DELETE FROM workflow_run WHERE number IN (
                SELECT number FROM workflow_run WHERE finish_number IS NOT NULL
                ORDER BY finish_number DESC LIMIT -1 OFFSET ?)
            """, max(0, count))
    }

    private static let summaries = """
        SELECT id, workflow, version, fingerprint, started, finished, outcome FROM workflow_run
        """

    private static func summary(_ row: borrowing Row) throws -> RunSummary {
        let header = RunHeader(
            workflow: try row.text(1), version: Int(try row.integer(2)),
            fingerprint: UInt64(bitPattern: try row.integer(3)))
        return RunSummary(
            run: RunID(try row.text(0)), header: header, started: Timestamp(nanoseconds: try row.integer(4)),
            finished: try row.isNull(5) ? nil : Timestamp(nanoseconds: row.integer(5)),
            outcome: try row.isNull(6) ? nil : StoredEvent.decode(RunOutcome.self, row.bytes(6)))
    }

    private static func kind(_ text: String) throws -> StoredEvent.Kind {
        guard let kind = StoredEvent.Kind(rawValue: text) else {
            throw JournalError(.corrupt, "the journal holds an event of the unknown kind '\(text)'")
        }
        return kind
    }
}
