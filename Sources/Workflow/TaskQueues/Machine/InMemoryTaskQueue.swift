public import Determinism
import Synchronization

/// Queues that end with the process: for simulation, for tests, and for what need not be kept.
public final class InMemoryTaskQueue: TaskQueue {
    private let machine: Mutex<QueueMachine>

    /// Queues as a machine holds them; none where it is new.
    public init(_ machine: QueueMachine = QueueMachine()) {
        self.machine = Mutex(machine)
    }

    /// What the queues hold at present: a checkpoint.
    public var snapshot: QueueMachine { machine.withLock { $0 } }

    public func createQueue(_ name: QueueName, _ settings: QueueSettings, at time: Timestamp) throws {
        try machine.withLock { try $0.createQueue(name, settings, at: time) }
    }

    public func queues() throws -> [QueueName] { machine.withLock { $0.names } }

    public func settings(of queue: QueueName) throws -> QueueSettings {
        try machine.withLock { try $0.settings(of: queue) }
    }

    public func lease(from queue: QueueName, upTo count: Int?, holder: String, at time: Timestamp) throws -> [Lease] {
        try machine.withLock { try $0.lease(from: queue, upTo: count, holder: holder, at: time) }
    }

    public func apply(_ changes: [QueueChange], at time: Timestamp) throws -> [QueueEffect] {
        try machine.withLock { try $0.apply(changes, at: time) }
    }

    /// Does the changes that their holders may still make, all or none; a holder who has lost the message is passed over.
    public func applyHeld(_ changes: [QueueChange], at time: Timestamp) throws {
        try machine.withLock { machine in
            var changed = machine
            for change in changes {
                do { _ = try changed.apply([change], at: time) } catch let error as QueueError
                    where error.code == .staleLease
                {}
            }
            machine = changed
        }
    }

    @discardableResult
    public func sweep(at time: Timestamp) throws -> SweepReport {
        try machine.withLock { try $0.sweep(at: time) }
    }

    public func peek(_ queue: QueueName, limit: Int, at time: Timestamp) throws -> [QueuedMessage] {
        try machine.withLock { try $0.peek(queue, limit: limit, at: time) }
    }

    public func status(of queues: [QueueName]?, including messages: Int?, at time: Timestamp) throws -> QueueReport {
        try machine.withLock { try $0.status(of: queues, including: messages, at: time) }
    }
}
