import Determinism
import Foundation
import Storage
import TaskQueues

/// What is done to queues within one transaction; `save` writes what was counted.
struct QueueSession {
    let time: Timestamp
    let settings: SettingsCache
    private var queues: [QueueName: StoredQueue] = [:]

    init(at time: Timestamp, _ settings: SettingsCache) {
        self.time = time
        self.settings = settings
    }

    /// A queue as it stands in this session.
    mutating func queue(_ name: QueueName, _ transaction: borrowing Transaction) throws -> StoredQueue {
        if let known = queues[name] { return known }
        guard var stored = try QueueTables.queue(name, transaction) else { throw QueueError.unknown(name) }
        stored.settings = try settings.settings(stored)
        queues[name] = stored
        return stored
    }

    /// Changes what a queue has counted; the queue must have been asked for before.
    mutating func count(_ name: QueueName, _ change: (inout QueueCounters) -> Void) {
        if var stored = queues[name] {
            change(&stored.counters)
            queues[name] = stored
        }
    }

    /// Writes what was counted.
    func save(_ transaction: borrowing Transaction) throws {
        for queue in queues.values where queue.counters != queue.saved {
            try QueueTables.save(queue.counters, of: queue.number, transaction)
        }
    }

    /// The next number of a queue.
    mutating func takeNumber(_ name: QueueName) -> Int64 {
        var number: Int64 = 0
        count(name) { number = $0.takeNumber() }
        return number
    }

    /// Counts so many messages handed out and gives their fencing token.
    mutating func takeToken(for count: Int, _ queue: StoredQueue) -> Int64 {
        var token: Int64 = 0
        let time = time
        self.count(queue.name) { token = $0.takeToken(for: count, queue.settings, at: time) }
        return token
    }

    /// Puts a message on a queue.
    mutating func add(_ message: Message, _ transaction: borrowing Transaction) throws {
        let queue = try queue(message.queue, transaction)
        try QueueTables.insert(message, on: queue, at: time, transaction)
        count(message.queue) { $0.messages += 1 }
    }

    /// Puts a message on another queue of the family, whatever its capacity.
    mutating func move(
        _ message: Message, to target: QueueName, because reason: MessageOrigin.Reason,
        _ transaction: borrowing Transaction
    ) throws {
        _ = try queue(target, transaction)
        let number = takeNumber(target)
        try add(message.moved(to: target, as: number, because: reason, at: time), transaction)
        count(target) { $0.totals.moved += 1 }
    }

    /// Removes a message and lets the next one of its key be handed out.
    mutating func remove(_ stored: StoredMessage, _ transaction: borrowing Transaction) throws {
        let queue = try queue(stored.message.queue, transaction)
        try QueueTables.remove(stored.message.number, from: queue.number, transaction)
        count(queue.name) { counters in
            counters.messages -= 1
            if stored.place == .leased { counters.inFlight -= 1 }
        }
        try promote([stored.message.key], on: queue, transaction)
    }

    /// Lets the first message of each key be handed out, where the queue keeps the order of keys.
    func promote(_ keys: [String?], on queue: StoredQueue, _ transaction: borrowing Transaction) throws {
        let keys = keys.compactMap { $0 }
        guard queue.ordersKeys, !keys.isEmpty else { return }
        let list = String(decoding: try JSONEncoder().encode(keys), as: UTF8.self)
        try QueueTables.promote(list, on: queue.number, at: time, transaction)
    }

    /// Numbers as SQLite reads a list.
    static func list(_ numbers: [Int64]) -> String {
        "[\(numbers.map(String.init).joined(separator: ","))]"
    }
}
