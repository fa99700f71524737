import Determinism
import Storage
import TaskQueues

/// A queue by its row.
struct StoredQueue {
    let number: Int64
    let name: QueueName
    /// The settings as JSON.
    let settingsText: String
    let created: Timestamp
    var counters = QueueCounters()
    /// What the row says of the counters.
    private(set) var saved = QueueCounters()
    /// The settings read from `settingsText`.
    var settings = QueueSettings()

    init(_ row: borrowing Row) throws {
        number = try row.integer(0)
        settingsText = try row.text(1)
        created = Timestamp(nanoseconds: try row.integer(2))
        name = QueueName(try row.text(19))
        counters.nextNumber = try row.integer(3)
        counters.nextToken = try row.integer(4)
        counters.messages = Int(try row.integer(5))
        counters.inFlight = Int(try row.integer(6))
        counters.pace = Timestamp(nanoseconds: try row.integer(7))
        counters.totals = try QueueTotals(row, from: 8)
        saved = counters
    }

    var ordersKeys: Bool { settings.ordering == .firstInFirstOut }
}

extension QueueTotals {
    fileprivate init(_ row: borrowing Row, from column: Int) throws {
        self.init()
        accepted = Int(try row.integer(column))
        duplicates = Int(try row.integer(column + 1))
        moved = Int(try row.integer(column + 2))
        delivered = Int(try row.integer(column + 3))
        acknowledged = Int(try row.integer(column + 4))
        failed = Int(try row.integer(column + 5))
        timedOut = Int(try row.integer(column + 6))
        deadLettered = Int(try row.integer(column + 7))
        expired = Int(try row.integer(column + 8))
        redriven = Int(try row.integer(column + 9))
        discarded = Int(try row.integer(column + 10))
    }
}
