public import Determinism

/// Named queues of messages that are handed out for a while, until somebody says that they are done.
///
/// What a call has returned from is kept; a call that throws has changed nothing. A message is handed out at least once
/// and never again after it was acknowledged. Calls may come from several threads and take turns.
public protocol TaskQueue: Sendable {
    /// Makes a queue, or changes the settings of one that there is.
    ///
    /// Queues of its family that are missing are made with `QueueSettings.records`. Throws `.invalidSettings` with
    /// every problem, and where the ordering would change under waiting messages.
    func createQueue(_ name: QueueName, _ settings: QueueSettings, at time: Timestamp) throws

    /// Every queue, in the order in which they were made.
    func queues() throws -> [QueueName]

    /// How a queue treats its messages.
    func settings(of queue: QueueName) throws -> QueueSettings

    /// Hands out messages that are due, most urgent first, then oldest.
    ///
    /// At most `count`, `batchSize` where it is nil, and never more than `batchSize`. First messages whose lease has
    /// ended and messages that are too old are dealt with, as `sweep` does.
    func lease(from queue: QueueName, upTo count: Int?, holder: String, at time: Timestamp) throws -> [Lease]

    /// Does all the changes, in order, or throws and does none; tells what each did.
    func apply(_ changes: [QueueChange], at time: Timestamp) throws -> [QueueEffect]

    /// Takes back messages whose lease has ended and removes those that are too old, on every queue.
    @discardableResult
    func sweep(at time: Timestamp) throws -> SweepReport

    /// The oldest messages of a queue, without handing them out.
    func peek(_ queue: QueueName, limit: Int, at time: Timestamp) throws -> [QueuedMessage]

    /// How queues stand, all of them where none is named, each with so many of its messages.
    func status(of queues: [QueueName]?, including messages: Int?, at time: Timestamp) throws -> QueueReport
}

/// What a sweep did.
public struct SweepReport: Sendable, Hashable {
    /// Leases that had ended.
    public package(set) var timedOut = 0
    /// Messages that were too old.
    public package(set) var expired = 0
    /// Messages moved to dead-letter queues, for either reason.
    public package(set) var deadLettered = 0

    package init() {}

    /// Adds what a queue counted in the meantime.
    package mutating func add(from before: QueueTotals, to after: QueueTotals) {
        timedOut += after.timedOut - before.timedOut
        expired += after.expired - before.expired
        deadLettered += after.deadLettered - before.deadLettered
    }
}
