import Determinism
import Storage
import TaskQueues
import WorkflowModel

/// A message by its row.
struct StoredMessage {
    /// What `place` says.
    enum Place: Int64 {
        case heldBack = 0
        case ready = 1
        case delayed = 2
        case leased = 3
    }

    var message: Message
    let place: Place
    let lease: (holder: String, expires: Timestamp)?

    init(_ row: borrowing Row, queue: QueueName) throws {
        guard let place = Place(rawValue: try row.integer(17)),
            let priority = Priority(rawValue: Int(try row.integer(5)))
        else { throw QueueError(.corrupt, "the queue '\(queue)' holds a message with an unknown place or priority") }
        self.place = place
        let content = NewMessage(
            MessageID(try row.text(1)), kind: try row.text(2), body: try row.bytes(3),
            key: try row.isNull(4) ? nil : row.text(4), priority: priority)
        message = Message(
            stored: content, queue: queue, number: try row.integer(0),
            enqueued: Timestamp(nanoseconds: try row.integer(6)),
            notBefore: Timestamp(nanoseconds: try row.integer(7)), attempts: Int(try row.integer(8)),
            lastError: try StoredMessage.error(row), redrives: Int(try row.integer(11)),
            origin: try StoredMessage.origin(row, on: queue), isReported: try row.integer(12) != 0)
        lease =
            place == .leased
            ? (try row.text(19), Timestamp(nanoseconds: try row.integer(20))) : nil
    }

    private static func error(_ row: borrowing Row) throws -> MessageError? {
        guard try !row.isNull(9) else { return nil }
        return MessageError(try row.text(9), detail: try row.isNull(10) ? nil : row.text(10))
    }

    private static func origin(_ row: borrowing Row, on queue: QueueName) throws -> MessageOrigin? {
        guard try !row.isNull(13) else { return nil }
        guard let reason = MessageOrigin.Reason(rawValue: try row.text(14)) else {
            throw QueueError(.corrupt, "the queue '\(queue)' holds a message that came for an unknown reason")
        }
        return MessageOrigin(
            queue: QueueName(try row.text(13)), reason: reason, attempts: Int(try row.integer(15)),
            enqueued: Timestamp(nanoseconds: try row.integer(16)))
    }

    /// The message as it lies on the queue at a moment.
    func queued(at time: Timestamp) -> QueuedMessage {
        if let lease { return QueuedMessage(message, .inFlight(holder: lease.holder, expires: lease.expires)) }
        if place == .heldBack { return QueuedMessage(message, .heldBack) }
        return QueuedMessage(message, message.notBefore > time ? .delayed : .available)
    }
}
