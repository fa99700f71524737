import Determinism
import Storage
import TaskQueues

/// The statements that read messages.
extension QueueTables {
    static let isDeadLetter = "origin_reason IN ('exhausted', 'refused', 'expired')"

    private static let messages = """
        SELECT number, id, kind, body, ordering_key, priority, enqueued, not_before, attempts, error, error_detail, \
        redrives, reported, origin_queue, origin_reason, origin_attempts, origin_enqueued, place, token, holder, \
        expires FROM queue_message
        """

    static func held(
        _ receipt: LeaseReceipt, on queue: StoredQueue, _ transaction: borrowing Transaction
    ) throws -> StoredMessage? {
        try transaction.first(
            "\(messages) WHERE queue = ? AND number = ? AND +place = 3 AND token = ?", queue.number, receipt.number,
            receipt.token
        ) { try StoredMessage($0, queue: queue.name) }
    }

    /// The messages to hand out next.
    static func ready(
        on queue: StoredQueue, limit: Int, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws -> [StoredMessage] {
        try transaction.all(
            """
            \(messages) WHERE queue = ? AND place = 1 AND not_before <= ? ORDER BY priority DESC, number LIMIT ?
            """, queue.number, time.nanoseconds, limit
        ) { try StoredMessage($0, queue: queue.name) }
    }

    /// The messages whose lease has ended.
    static func ended(
        on queue: StoredQueue, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws -> [StoredMessage] {
        try transaction.all(
            "\(messages) WHERE queue = ? AND place = 3 AND expires <= ? ORDER BY expires, number", queue.number,
            time.nanoseconds
        ) { try StoredMessage($0, queue: queue.name) }
    }

    /// Messages after a number, oldest first.
    static func messages(
        on queue: StoredQueue, after number: Int64, limit: Int, _ transaction: borrowing Transaction
    ) throws -> [StoredMessage] {
        try transaction.all(
            "\(messages) WHERE queue = ? AND number > ? ORDER BY number LIMIT ?", queue.number, number, limit
        ) { try StoredMessage($0, queue: queue.name) }
    }

    /// Dead letters that nobody has, oldest first: of certain numbers, or all.
    static func deadLetters(
        on queue: StoredQueue, numbers: String?, _ transaction: borrowing Transaction
    ) throws -> [StoredMessage] {
        let sql = "\(messages) WHERE queue = ? AND +place <> 3 AND \(isDeadLetter)"
        guard let numbers else {
            return try transaction.all("\(sql) ORDER BY number", queue.number) {
                try StoredMessage($0, queue: queue.name)
            }
        }
        return try transaction.all(
            "\(sql) AND number IN (SELECT value FROM json_each(?)) ORDER BY number", queue.number, numbers
        ) { try StoredMessage($0, queue: queue.name) }
    }

    /// Dead letters that nobody has and no operator was called for, oldest first.
    static func unreported(
        on queue: StoredQueue, limit: Int, _ transaction: borrowing Transaction
    ) throws -> [StoredMessage] {
        try transaction.all(
            """
            \(messages) WHERE queue = ? AND +place <> 3 AND reported = 0 AND \(isDeadLetter) ORDER BY number LIMIT ?
            """, queue.number, limit
        ) { try StoredMessage($0, queue: queue.name) }
    }
}
