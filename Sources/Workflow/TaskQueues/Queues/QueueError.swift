/// Why a queue refused something.
public struct QueueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of refusal.
    public enum Code: Sendable, Hashable {
        /// There is no queue of this name.
        case unknownQueue
        /// The queue holds as many messages as it may; nothing was taken.
        case full
        /// The lease was taken away, or its message is finished; nothing was changed.
        case staleLease
        /// The settings cannot be.
        case invalidSettings
        /// What is stored cannot be understood.
        case corrupt
    }

    /// What the caller can do.
    public enum Recovery: Sendable, Hashable {
        /// The same call may succeed later.
        case retry
        /// This call cannot succeed; others can.
        case reject
        /// Stop until a person has looked.
        case halt
    }

    /// The kind of refusal.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String

    /// An error as found.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What the caller can do.
    public var recovery: Recovery {
        switch code {
        case .full: .retry
        case .unknownQueue, .staleLease, .invalidSettings: .reject
        case .corrupt: .halt
        }
    }

    public var description: String { message }
}

extension QueueError {
    package static func unknown(_ queue: QueueName) -> QueueError {
        QueueError(.unknownQueue, "there is no queue '\(queue)'; make it first")
    }

    package static func full(_ queue: QueueName, capacity: Int, holds count: Int, adding new: Int) -> QueueError {
        QueueError(
            .full,
            """
            the queue '\(queue)' holds \(count) of at most \(capacity) messages and cannot take \(new) more; \
            try again when some are done
            """)
    }

    package static func stale(_ receipt: LeaseReceipt) -> QueueError {
        QueueError(
            .staleLease,
            """
            the lease \(receipt.token) of the message '\(receipt.id)' on '\(receipt.queue)' no longer holds: it was \
            taken away or the message is finished. Drop what was done with it
            """)
    }

    package static func invalid(_ queue: QueueName, _ problems: [String]) -> QueueError {
        QueueError(.invalidSettings, "the queue '\(queue)' cannot be: \(problems.joined(separator: "; "))")
    }

    package static func orderingInUse(_ queue: QueueName, holds count: Int) -> QueueError {
        QueueError(
            .invalidSettings,
            "the ordering of '\(queue)' cannot change while it holds \(count) messages; empty it first")
    }
}
