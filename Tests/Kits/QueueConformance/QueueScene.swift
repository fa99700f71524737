public import Determinism
public import TaskQueues
public import WorkflowModel

/// A queue under test with short ways to speak to it; times are seconds after a fixed start.
public struct QueueScene {
    /// What is under test.
    public let queue: any TaskQueue
    /// The queue that is spoken to.
    public let name: QueueName

    /// Makes the queue with settings.
    public init(
        _ queue: any TaskQueue, _ name: QueueName = "work", _ change: (inout QueueSettings) -> Void = { _ in }
    ) throws {
        var settings = QueueSettings()
        change(&settings)
        self.queue = queue
        self.name = name
        try queue.createQueue(name, settings, at: QueueScene.time(0))
    }

    /// A moment so many seconds after the start.
    public static func time(_ seconds: Double) -> Timestamp {
        Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(seconds * 1e9))
    }

    /// Puts messages on the queue, each named and with its name as body; `a/k` has the key `k`.
    @discardableResult
    public func send(_ names: String..., priority: Priority = .medium, at seconds: Double = 0) throws
        -> [EnqueueResult]
    {
        let messages = names.map { name in
            let parts = name.split(separator: "/").map(String.init)
            return NewMessage(
                MessageID(name), kind: "test", body: Array(name.utf8), key: parts.count > 1 ? parts[1] : nil,
                priority: priority)
        }
        return try queue.enqueue(messages, to: name, at: QueueScene.time(seconds))
    }

    /// Leases messages.
    public func take(_ count: Int? = nil, at seconds: Double = 0) throws -> [Lease] {
        try queue.lease(from: name, upTo: count, holder: "worker", at: QueueScene.time(seconds))
    }

    /// Leases messages and gives their names.
    public func takeNames(_ count: Int? = nil, at seconds: Double = 0) throws -> [String] {
        try take(count, at: seconds).map(\.message.id.text)
    }

    /// Leases one message and says that it failed.
    @discardableResult
    public func failNext(
        _ code: String = "broken", _ retry: Failure.Retry = .after(.zero), at seconds: Double = 0
    ) throws -> FailureDecision? {
        guard let lease = try take(1, at: seconds).first else { return nil }
        return try queue.fail(lease.receipt, Failure(code, retry: retry), at: QueueScene.time(seconds))
    }

    /// How the queue, or another, stands.
    public func status(_ name: QueueName? = nil, at seconds: Double = 0) throws -> QueueStatus? {
        try queue.status(of: [name ?? self.name], including: nil, at: QueueScene.time(seconds)).queues.first
    }

    /// The names of the messages on the queue, or on another.
    public func names(on name: QueueName? = nil, at seconds: Double = 0) throws -> [String] {
        try queue.peek(name ?? self.name, limit: 1000, at: QueueScene.time(seconds)).map(\.message.id.text)
    }
}
