import Determinism
import Storage
import TaskQueues
import WorkflowModel

/// The queues' tables and every statement that touches them.
enum QueueTables {
    static let migrations = MigrationSet(
        "queues",
        [
            Migration(
                "queues and their messages",
                """
                CREATE TABLE queue(
                    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL,
                    created INTEGER NOT NULL, next_number INTEGER NOT NULL, next_token INTEGER NOT NULL,
                    messages INTEGER NOT NULL, in_flight INTEGER NOT NULL, pace INTEGER NOT NULL,
                    accepted INTEGER NOT NULL, duplicates INTEGER NOT NULL, moved INTEGER NOT NULL,
                    delivered INTEGER NOT NULL, acknowledged INTEGER NOT NULL, failed INTEGER NOT NULL,
                    timed_out INTEGER NOT NULL, dead_lettered INTEGER NOT NULL, expired INTEGER NOT NULL,
                    redriven INTEGER NOT NULL, discarded INTEGER NOT NULL
                ) STRICT;
                -- place: 0 behind another of its key, 1 to be handed out, 2 when its time comes, 3 handed out.
                CREATE TABLE queue_message(
                    queue INTEGER NOT NULL REFERENCES queue(number), number INTEGER NOT NULL,
                    place INTEGER NOT NULL, priority INTEGER NOT NULL, ordering_key TEXT,
                    enqueued INTEGER NOT NULL, not_before INTEGER NOT NULL, attempts INTEGER NOT NULL,
                    redrives INTEGER NOT NULL, reported INTEGER NOT NULL, token INTEGER, holder TEXT, expires INTEGER,
                    error TEXT, error_detail TEXT, origin_queue TEXT, origin_reason TEXT, origin_attempts INTEGER,
                    origin_enqueued INTEGER, id TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
                    PRIMARY KEY (queue, number)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX queue_message_ready ON queue_message(queue, priority DESC, number) WHERE place = 1;
                CREATE INDEX queue_message_delayed ON queue_message(queue, not_before) WHERE place = 2;
                CREATE INDEX queue_message_leased ON queue_message(queue, expires) WHERE place = 3;
                CREATE INDEX queue_message_key ON queue_message(queue, ordering_key, number)
                    WHERE ordering_key IS NOT NULL;
                CREATE INDEX queue_message_origin ON queue_message(queue, origin_queue, origin_reason)
                    WHERE origin_queue IS NOT NULL;
                CREATE TABLE queue_seen(
                    queue INTEGER NOT NULL REFERENCES queue(number), id TEXT NOT NULL, time INTEGER NOT NULL,
                    PRIMARY KEY (queue, id)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX queue_seen_time ON queue_seen(queue, time);
                CREATE TABLE queue_done(
                    queue INTEGER NOT NULL REFERENCES queue(number), piece INTEGER NOT NULL,
                    acknowledged INTEGER NOT NULL, PRIMARY KEY (queue, piece)
                ) STRICT, WITHOUT ROWID;
                """)
        ])

    // MARK: - Queues

    private static let queueColumns = """
        number, settings, created, next_number, next_token, messages, in_flight, pace, accepted, duplicates, moved, \
        delivered, acknowledged, failed, timed_out, dead_lettered, expired, redriven, discarded, name
        """

    static func names(_ transaction: borrowing Transaction) throws -> [QueueName] {
        try transaction.all("SELECT name FROM queue ORDER BY number") { QueueName(try $0.text(0)) }
    }

    static func queue(_ name: QueueName, _ transaction: borrowing Transaction) throws -> StoredQueue? {
        try transaction.first("SELECT \(queueColumns) FROM queue WHERE name = ?", name.text) { try StoredQueue($0) }
    }

    static func insert(
        _ name: QueueName, settings: String, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO queue(name, settings, created, next_number, next_token, messages, in_flight, pace, accepted,
                duplicates, moved, delivered, acknowledged, failed, timed_out, dead_lettered, expired, redriven,
                discarded)
            VALUES (?, ?, ?, 1, 1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            """, name.text, settings, time.nanoseconds, Int64.min)
    }

    static func set(settings: String, of queue: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run("UPDATE queue SET settings = ? WHERE number = ?", settings, queue)
    }

    static func save(_ counters: QueueCounters, of queue: Int64, _ transaction: borrowing Transaction) throws {
        let totals = counters.totals
        try transaction.run(
            """
            UPDATE queue SET next_number = ?, next_token = ?, messages = ?, in_flight = ?, pace = ?, accepted = ?,
                duplicates = ?, moved = ?, delivered = ?, acknowledged = ?, failed = ?, timed_out = ?,
                dead_lettered = ?, expired = ?, redriven = ?, discarded = ?
            WHERE number = ?
            """,
            counters.nextNumber, counters.nextToken, counters.messages, counters.inFlight, counters.pace.nanoseconds,
            totals.accepted, totals.duplicates, totals.moved, totals.delivered, totals.acknowledged, totals.failed,
            totals.timedOut, totals.deadLettered, totals.expired, totals.redriven, totals.discarded, queue)
    }

    // MARK: - Arrival and departure

    /// Notes that a name was taken; false where it had been after `limit`, or ever where there is none.
    static func note(
        _ id: MessageID, on queue: Int64, at time: Timestamp, after limit: Timestamp?,
        _ transaction: borrowing Transaction
    ) throws -> Bool {
        try transaction.run(
            """
            INSERT INTO queue_seen(queue, id, time) VALUES (?1, ?2, ?3)
            ON CONFLICT (queue, id) DO UPDATE SET time = excluded.time WHERE time <= ?4
            """, queue, id.text, time.nanoseconds, limit?.nanoseconds) > 0
    }

    static func insert(
        _ message: Message, on queue: StoredQueue, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO queue_message(queue, number, priority, ordering_key, enqueued, not_before, attempts, redrives,
                reported, error, error_detail, origin_queue, origin_reason, origin_attempts, origin_enqueued, id, kind,
                body, place)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, 0, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                CASE WHEN ?17 AND EXISTS (SELECT 1 FROM queue_message WHERE queue = ?1 AND ordering_key = ?4) THEN 0
                     WHEN ?6 > ?18 THEN 2 ELSE 1 END)
            """,
            queue.number, message.number, message.priority.rawValue, message.key, message.enqueued.nanoseconds,
            message.notBefore.nanoseconds, message.redrives, message.lastError?.code, message.lastError?.detail,
            message.origin?.queue.text, message.origin?.reason.rawValue, message.origin?.attempts,
            message.origin?.enqueued.nanoseconds, message.id.text, message.kind, message.body,
            queue.ordersKeys && message.key != nil ? 1 : 0, time.nanoseconds)
    }

    /// Removes messages held under a token and tells which they were, each with its key.
    static func remove(
        held numbers: String, token: Int64, from queue: Int64, _ transaction: borrowing Transaction
    ) throws -> [(number: Int64, key: String?)] {
        try transaction.all(
            """
            DELETE FROM queue_message
            WHERE queue = ? AND number IN (SELECT value FROM json_each(?)) AND +place = 3 AND token = ?
            RETURNING number, ordering_key
            """, queue, numbers, token
        ) { (try $0.integer(0), try $0.isNull(1) ? nil : $0.text(1)) }
    }

    static func remove(_ number: Int64, from queue: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run("DELETE FROM queue_message WHERE queue = ? AND number = ?", queue, number)
    }

    /// Removes messages that nobody has, all where no numbers are given, and tells the key of each.
    static func discard(
        _ numbers: String?, from queue: Int64, _ transaction: borrowing Transaction
    ) throws -> [String?] {
        guard let numbers else {
            let sql = "DELETE FROM queue_message WHERE queue = ? AND place <> 3"
            return [String?](repeating: nil, count: try transaction.run(sql, queue))
        }
        return try transaction.all(
            """
            DELETE FROM queue_message
            WHERE queue = ? AND number IN (SELECT value FROM json_each(?)) AND +place <> 3 RETURNING ordering_key
            """, queue, numbers
        ) { try $0.isNull(0) ? nil : $0.text(0) }
    }

    /// Lets the first message of each key be handed out.
    static func promote(
        _ keys: String, on queue: Int64, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            UPDATE queue_message SET place = CASE WHEN not_before > ?3 THEN 2 ELSE 1 END
            WHERE queue = ?1 AND +place = 0 AND number IN (
                SELECT (SELECT min(number) FROM queue_message WHERE queue = ?1 AND ordering_key = value)
                FROM json_each(?2))
            """, queue, keys, time.nanoseconds)
    }

    // MARK: - Leases

    /// Makes delayed messages ready whose time has come.
    static func wake(_ queue: Int64, at time: Timestamp, _ transaction: borrowing Transaction) throws {
        try transaction.run(
            "UPDATE queue_message SET place = 1 WHERE queue = ? AND place = 2 AND not_before <= ?",
            queue, time.nanoseconds)
    }

    static func hold(
        _ numbers: String, on queue: Int64, as lease: (token: Int64, holder: String, expires: Timestamp),
        _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            UPDATE queue_message SET place = 3, token = ?, holder = ?, expires = ?, attempts = attempts + 1
            WHERE queue = ? AND number IN (SELECT value FROM json_each(?))
            """, lease.token, lease.holder, lease.expires.nanoseconds, queue, numbers)
    }

    static func extend(_ message: Message, on queue: Int64, to end: Timestamp, _ transaction: borrowing Transaction)
        throws
    {
        try transaction.run(
            "UPDATE queue_message SET expires = ? WHERE queue = ? AND number = ?", end.nanoseconds, queue,
            message.number)
    }

    /// Takes a message back from its holder.
    static func giveBack(
        _ message: Message, on queue: Int64, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            UPDATE queue_message SET place = CASE WHEN ?1 > ?2 THEN 2 ELSE 1 END, not_before = ?1, attempts = ?3,
                error = ?4, error_detail = ?5, token = NULL, holder = NULL, expires = NULL
            WHERE queue = ?6 AND number = ?7
            """, message.notBefore.nanoseconds, time.nanoseconds, message.attempts, message.lastError?.code,
            message.lastError?.detail, queue, message.number)
    }

    static func report(_ message: Message, on queue: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(
            "UPDATE queue_message SET reported = 1 WHERE queue = ? AND number = ?", queue, message.number)
    }

    // MARK: - Counting

    static func countDone(
        _ count: Int, on queue: Int64, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO queue_done(queue, piece, acknowledged) VALUES (?, ?, ?)
            ON CONFLICT (queue, piece) DO UPDATE SET acknowledged = acknowledged + excluded.acknowledged
            """, queue, ProcessingWindow.piece(of: time), count)
    }

    static func forget(
        _ queue: Int64, namesUpTo limit: Timestamp?, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        if let limit {
            try transaction.run(
                "DELETE FROM queue_seen WHERE queue = ? AND time <= ?", queue, limit.nanoseconds)
        }
        try transaction.run(
            "DELETE FROM queue_done WHERE queue = ? AND piece < ?", queue,
            ProcessingWindow.range(at: time).lowerBound)
    }

    static func census(
        of queue: StoredQueue, deadLetterQueue: QueueName?, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws -> QueueCensus {
        var census = QueueCensus()
        // The planner would read the whole queue: it does not know how few of its messages a partial index holds.
        let ready = "queue_message INDEXED BY queue_message_ready WHERE queue = ? AND place = 1"
        let delayed = "queue_message INDEXED BY queue_message_delayed WHERE queue = ? AND place = 2 AND not_before"
        let due = try count(transaction, "\(delayed) <= ?", queue.number, time.nanoseconds)
        census.available = try count(transaction, ready, queue.number) + due
        census.delayed = try count(transaction, "\(delayed) > ?", queue.number, time.nanoseconds)
        census.heldBack = queue.counters.messages - queue.counters.inFlight - census.available - census.delayed
        census.oldest = try oldest(queue.number, transaction)
        let range = ProcessingWindow.range(at: time)
        let done = "SELECT coalesce(sum(acknowledged), 0) FROM queue_done WHERE queue = ? AND piece BETWEEN ? AND ?"
        census.acknowledged = try number(
            transaction, done, queue.number, range.lowerBound, range.upperBound)
        let letters = "queue = (SELECT number FROM queue WHERE name = ?) AND origin_queue = ? AND \(isDeadLetter)"
        census.deadLetters = try count(
            transaction, "queue_message WHERE \(letters)", deadLetterQueue?.text, queue.name.text)
        return census
    }

    private static func count<each Value: DatabaseBindable>(
        _ transaction: borrowing Transaction, _ rows: String, _ values: repeat each Value
    ) throws -> Int {
        try number(transaction, "SELECT count(*) FROM \(rows)", repeat each values)
    }

    private static func number<each Value: DatabaseBindable>(
        _ transaction: borrowing Transaction, _ sql: String, _ values: repeat each Value
    ) throws -> Int {
        Int(try transaction.first(sql, repeat each values) { try $0.integer(0) } ?? 0)
    }

    static func oldest(_ queue: Int64, _ transaction: borrowing Transaction) throws -> Timestamp? {
        try transaction.first("SELECT enqueued FROM queue_message WHERE queue = ? ORDER BY number LIMIT 1", queue) {
            Timestamp(nanoseconds: try $0.integer(0))
        }
    }
}
