public import Determinism
public import Storage
public import TaskQueues

/// Queues in a SQLite database: what a call has returned from is on disk.
///
/// Several processes may share the file.
public struct SQLiteTaskQueue: TaskQueue {
    private let database: Database
    private let settings = SettingsCache()

    /// The queues of a database, which gets the queues' tables where it lacks them.
    public init(_ database: Database) throws {
        try database.migrate(QueueTables.migrations)
        self.database = database
    }

    /// Queues that are only looked at; the database may be read-only and must have the tables.
    public init(reading database: Database) {
        self.database = database
    }

    /// The tables the queues need, for whoever opens the database.
    public static var migrations: MigrationSet { QueueTables.migrations }

    public func createQueue(_ name: QueueName, _ settings: QueueSettings, at time: Timestamp) throws {
        let problems = settings.problems(for: name)
        guard problems.isEmpty else { throw QueueError.invalid(name, problems) }
        try database.write { transaction in
            if let stored = try QueueTables.queue(name, transaction) {
                try change(stored, to: settings, transaction)
            } else {
                try QueueTables.insert(name, settings: SettingsCache.text(settings), at: time, transaction)
            }
            for member in settings.family where try QueueTables.queue(member, transaction) == nil {
                try QueueTables.insert(member, settings: SettingsCache.text(.records), at: time, transaction)
            }
        }
    }

    public func queues() throws -> [QueueName] {
        try database.read { try QueueTables.names($0) }
    }

    public func settings(of queue: QueueName) throws -> QueueSettings {
        try database.read { transaction in
            guard let stored = try QueueTables.queue(queue, transaction) else { throw QueueError.unknown(queue) }
            return try settings.settings(stored)
        }
    }

    public func lease(from queue: QueueName, upTo count: Int?, holder: String, at time: Timestamp) throws -> [Lease] {
        try database.write { try lease(from: queue, upTo: count, holder: holder, at: time, in: $0) }
    }

    public func apply(_ changes: [QueueChange], at time: Timestamp) throws -> [QueueEffect] {
        try database.write { try apply(changes, at: time, in: $0) }
    }

    /// Does all the changes within a transaction of the queues' database, so that they hold together with what else it
    /// changes.
    ///
    /// When this throws, the transaction must be left to fail: the changes before the one refused are in it.
    @discardableResult
    public func apply(
        _ changes: [QueueChange], at time: Timestamp, in transaction: borrowing Transaction
    ) throws -> [QueueEffect] {
        var session = QueueSession(at: time, settings)
        let effects = try session.apply(changes, transaction)
        try session.save(transaction)
        return effects
    }

    /// Hands out messages within a transaction of the queues' database.
    public func lease(
        from queue: QueueName, upTo count: Int?, holder: String, at time: Timestamp,
        in transaction: borrowing Transaction
    ) throws -> [Lease] {
        var session = QueueSession(at: time, settings)
        let leases = try session.lease(from: queue, upTo: count, holder: holder, transaction)
        try session.save(transaction)
        return leases
    }

    @discardableResult
    public func sweep(at time: Timestamp) throws -> SweepReport {
        try database.write { transaction in
            var session = QueueSession(at: time, settings)
            var report = SweepReport()
            for name in try QueueTables.names(transaction) {
                let before = try session.queue(name, transaction).counters.totals
                try session.settle(name, transaction)
                let queue = try session.queue(name, transaction)
                let limit = queue.settings.retentionLimit(at: time)
                try QueueTables.forget(queue.number, namesUpTo: limit, at: time, transaction)
                report.add(from: before, to: queue.counters.totals)
            }
            try session.save(transaction)
            return report
        }
    }

    public func peek(_ queue: QueueName, limit: Int, at time: Timestamp) throws -> [QueuedMessage] {
        try database.read { transaction in
            guard let stored = try QueueTables.queue(queue, transaction) else { throw QueueError.unknown(queue) }
            return try messages(of: stored, limit: limit, at: time, transaction)
        }
    }

    public func status(of queues: [QueueName]?, including messages: Int?, at time: Timestamp) throws -> QueueReport {
        try database.read { transaction in
            let names = try queues ?? QueueTables.names(transaction)
            return QueueReport(
                queues: try names.map { try status(of: $0, including: messages, at: time, transaction) })
        }
    }

    private func status(
        of name: QueueName, including limit: Int?, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws -> QueueStatus {
        guard let queue = try QueueTables.queue(name, transaction) else { throw QueueError.unknown(name) }
        let deadLetterQueue = try settings.settings(queue).deadLetterQueue
        var census = try QueueTables.census(of: queue, deadLetterQueue: deadLetterQueue, at: time, transaction)
        if let limit { census.messages = try messages(of: queue, limit: limit, at: time, transaction) }
        return census.status(of: name, queue.counters, created: queue.created, at: time)
    }

    private func messages(
        of queue: StoredQueue, limit: Int, at time: Timestamp, _ transaction: borrowing Transaction
    ) throws -> [QueuedMessage] {
        try QueueTables.messages(on: queue, after: 0, limit: max(0, limit), transaction).map { $0.queued(at: time) }
    }

    private func change(
        _ queue: StoredQueue, to new: QueueSettings, _ transaction: borrowing Transaction
    ) throws {
        guard try queue.counters.messages == 0 || settings.settings(queue).ordering == new.ordering else {
            throw QueueError.orderingInUse(queue.name, holds: queue.counters.messages)
        }
        try QueueTables.set(settings: SettingsCache.text(new), of: queue.number, transaction)
    }
}
