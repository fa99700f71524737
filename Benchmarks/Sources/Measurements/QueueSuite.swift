import Determinism
import ScratchFolders
import Storage
import TaskQueues
import WorkflowStore

/// Queues on disk: every call is synced before it returns.
enum QueueSuite {
    private static let rounds = 5

    static func run() throws -> [Measurement] {
        let plain = try [(1, 300), (10, 200), (100, 100)].map { batch, calls in
            try leaseAndAcknowledge(
                "queue.lease_ack_per_second.\(batch)", batch: batch, calls: calls, waiting: rounds * batch * calls)
        }
        let backlog = try leaseAndAcknowledge(
            "queue.lease_ack_per_second.backlog100k.100", batch: 100, calls: 50, waiting: 100_000)
        let keyed = try leaseAndAcknowledge(
            "queue.lease_ack_per_second.keys5k.100", batch: 100, calls: 50, waiting: 100_000, keys: 5000)
        return plain + [backlog, keyed, try enqueue(batch: 100, calls: 100)]
    }

    private static func queue(_ folder: ScratchFolder, batch: Int) throws -> SQLiteTaskQueue {
        let queue = try SQLiteTaskQueue(Database(at: folder.file("queue.sqlite")))
        var settings = QueueSettings()
        settings.batchSize = batch
        try queue.createQueue("bench", settings, at: time)
        return queue
    }

    private static let time = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    private static let body = Array(String(repeating: #"{"price":"101.25"}"#, count: 8).utf8)

    private static func messages(_ range: Range<Int>, keys: Int) -> [NewMessage] {
        range.map { number in
            let key = keys > 0 ? "key \(number % keys)" : nil
            return NewMessage(MessageID("message \(number)"), kind: "trade_signal", body: body, key: key)
        }
    }

    private static func leaseAndAcknowledge(
        _ name: String, batch: Int, calls: Int, waiting: Int, keys: Int = 0
    ) throws -> Measurement {
        let folder = try ScratchFolder()
        let queue = try queue(folder, batch: batch)
        try queue.enqueue(messages(0..<waiting, keys: keys), to: "bench", at: time)
        let speeds = try (0..<rounds).map { _ in
            var handed = 0
            let taken = try seconds {
                for _ in 0..<calls {
                    let leases = try queue.lease(from: "bench", holder: "bench", at: time)
                    try queue.acknowledge(leases.map(\.receipt), at: time)
                    handed += leases.count
                }
            }
            return Double(handed) / taken
        }
        return Measurement(name, "messages/s", of: speeds)
    }

    private static func enqueue(batch: Int, calls: Int) throws -> Measurement {
        let folder = try ScratchFolder()
        let queue = try queue(folder, batch: batch)
        var sent = 0
        let speeds = try (0..<rounds).map { _ in
            let batches = (0..<calls).map { messages(sent + $0 * batch..<sent + ($0 + 1) * batch, keys: 100) }
            sent += calls * batch
            let taken = try seconds {
                for batch in batches { try queue.enqueue(batch, to: "bench", at: time) }
            }
            return Double(calls * batch) / taken
        }
        return Measurement("queue.enqueue_per_second.\(batch)", "messages/s", of: speeds)
    }
}
