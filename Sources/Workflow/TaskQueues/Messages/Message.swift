public import Determinism
public import WorkflowModel

/// A message as a queue holds it.
public struct Message: Sendable, Hashable {
    /// The queue it is on.
    public let queue: QueueName
    /// Its place in the queue's order of arrival, counted from 1 and never given twice.
    public let number: Int64
    /// The sender's name for it.
    public let id: MessageID
    /// What it is, such as `trade_signal`.
    public let kind: String
    /// What it holds.
    public let body: [UInt8]
    /// What it shares with the messages it must keep its order with; nil where there are none.
    public let key: String?
    /// How urgent it is.
    public let priority: Priority
    /// When it came to this queue.
    public let enqueued: Timestamp
    /// The moment before which nobody gets it.
    public package(set) var notBefore: Timestamp
    /// How often it has been handed out on this queue since it came.
    public package(set) var attempts: Int
    /// Why its last attempt failed; nil where none has.
    public package(set) var lastError: MessageError?
    /// How often it has been sent back from a dead-letter queue.
    public let redrives: Int
    /// Where it was before it was moved here; nil where it was sent here.
    public let origin: MessageOrigin?
    /// True once the dead-letter rules have asked for an operator because of it.
    public package(set) var isReported: Bool
}

/// Why an attempt at a message failed.
public struct MessageError: Sendable, Hashable, Codable {
    /// What the dead-letter rules know it by, such as `rate_limit`.
    public let code: String
    /// More, for people; nil where there is no more.
    public let detail: String?

    /// Why an attempt failed.
    public init(_ code: String, detail: String? = nil) {
        self.code = code
        self.detail = detail
    }

    /// The code of an attempt that was neither acknowledged nor failed in time.
    public static let visibilityTimeout = "visibility_timeout"
}

/// Where a message was before a queue moved it to another one of its family.
public struct MessageOrigin: Sendable, Hashable, Codable {
    /// Why it was moved.
    public enum Reason: String, Sendable, Hashable, Codable {
        /// It was acknowledged: a record on a success queue.
        case completed
        /// An attempt failed: a record on an error queue.
        case failed
        /// Its attempts are used up: a dead letter.
        case exhausted
        /// Whoever had it said that no further attempt can succeed: a dead letter.
        case refused
        /// Nobody finished it within the time that messages are kept: a dead letter.
        case expired
    }

    /// The queue it was on.
    public let queue: QueueName
    /// Why it was moved.
    public let reason: Reason
    /// How often it had been handed out there.
    public let attempts: Int
    /// When it had come there.
    public let enqueued: Timestamp

    /// Where a message was.
    package init(queue: QueueName, reason: Reason, attempts: Int, enqueued: Timestamp) {
        self.queue = queue
        self.reason = reason
        self.attempts = attempts
        self.enqueued = enqueued
    }

    /// True for a message that was given up rather than recorded.
    public var isDeadLetter: Bool {
        switch reason {
        case .exhausted, .refused, .expired: true
        case .completed, .failed: false
        }
    }
}
