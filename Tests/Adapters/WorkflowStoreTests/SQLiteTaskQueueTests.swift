import Determinism
import Foundation
import QueueConformance
import ScratchFolders
import Storage
import TaskQueues
import Testing
import WorkflowStore

@Suite struct SQLiteTaskQueueTests {
    private static let seeds: UInt64 = ProcessInfo.processInfo.environment["BELLWETHER_HEAVY"] == nil ? 40 : 500

    @Test(arguments: QueueConformance.cases) func `is a task queue`(conformance: QueueConformance) throws {
        try conformance.check(SQLiteTaskQueue(Database(inMemory: [])))
    }

    @Test(arguments: 0..<seeds) func `agrees with the queue in memory whatever is done`(seed: UInt64) throws {
        var agreement = try QueueAgreement(
            InMemoryTaskQueue(), SQLiteTaskQueue(Database(inMemory: [])), seed: seed)
        try agreement.run(steps: 150)
    }

    @Test func `the random work meets everything that can become of a message`() throws {
        var totals: [QueueTotals] = []
        for seed in 100..<110 {
            var agreement = try QueueAgreement(InMemoryTaskQueue(), InMemoryTaskQueue(), seed: UInt64(seed))
            totals += try agreement.run(steps: 150)
        }
        let counts: [(QueueTotals) -> Int] = [
            \.accepted, \.duplicates, \.moved, \.delivered, \.acknowledged, \.failed, \.timedOut, \.deadLettered,
            \.expired, \.redriven, \.discarded,
        ]
        for (place, count) in counts.enumerated() {
            #expect(totals.reduce(0) { $0 + count($1) } > 10, "count \(place)")
        }
    }

    @Test func `two processes share a file without handing anything out twice`() throws {
        let folder = try ScratchFolder()
        let queues = try (0..<2).map { _ in try SQLiteTaskQueue(Database(at: folder.file("desk.sqlite"))) }
        let scenes = try queues.map { try QueueScene($0) }
        try scenes[0].send("1/k", "2/k", "a", "b")
        #expect(try scenes[0].takeNames(2) == ["1/k", "a"])
        #expect(try scenes[1].takeNames() == ["b"])
        let stale = try scenes[0].take(at: 30)
        #expect(try scenes[1].takeNames(at: 60) == ["1/k", "a", "b"])
        #expect(throws: QueueError.self) { try queues[0].acknowledge(stale.map(\.receipt), at: QueueScene.time(61)) }
        let reader = SQLiteTaskQueue(
            reading: try Database(
                at: folder.file("desk.sqlite"), access: .readOnly, migrations: [SQLiteTaskQueue.migrations]))
        #expect(try reader.peek("work", limit: 9, at: QueueScene.time(61)).count == 4)
        #expect(try reader.settings(of: "work") == QueueSettings())
    }

    @Test func `a change is kept together with what else its transaction changes, or not at all`() throws {
        let database = try Database(inMemory: [])
        let queue = try SQLiteTaskQueue(database)
        let scene = try QueueScene(queue)
        try database.write { _ = try $0.run("CREATE TABLE note(text TEXT)") }
        let change = QueueChange.enqueue([NewMessage("a", kind: "test")], to: "work")
        struct Refusal: Error {}
        #expect(throws: Refusal.self) {
            try database.write { transaction in
                try queue.apply([change], at: QueueScene.time(0), in: transaction)
                throw Refusal()
            }
        }
        #expect(throws: QueueError.self) {
            try database.write { transaction in
                try transaction.run("INSERT INTO note VALUES ('x')")
                let nowhere = QueueChange.enqueue([], to: "nowhere")
                try queue.apply([change, nowhere], at: QueueScene.time(0), in: transaction)
            }
        }
        #expect(try scene.names().isEmpty)
        try database.write { transaction in
            try transaction.run("INSERT INTO note VALUES ('y')")
            try queue.apply([change], at: QueueScene.time(0), in: transaction)
            let leases = try queue.lease(
                from: "work", upTo: 1, holder: "w", at: QueueScene.time(0), in: transaction)
            #expect(leases.map(\.message.id) == ["a"])
        }
        #expect(try database.read { try $0.all("SELECT text FROM note") { try $0.text(0) } } == ["y"])
        #expect(try scene.status()?.messagesInFlight == 1)
    }

    @Test func `what cannot be understood is reported`() throws {
        let database = try Database(inMemory: [])
        let queue = try SQLiteTaskQueue(database)
        try QueueScene(queue).send("a")
        for damage in ["UPDATE queue_message SET place = 9", "UPDATE queue SET settings = '{'"] {
            try database.write { _ = try $0.run(damage) }
            let error = #expect(throws: QueueError.self) {
                _ = try SQLiteTaskQueue(database).status(of: nil, including: 1, at: QueueScene.time(0))
            }
            #expect(error?.code == .corrupt)
        }
    }

    @Test func `handing out reads no more than it hands out, however many wait`() throws {
        let database = try Database(inMemory: [])
        let queue = try SQLiteTaskQueue(database)
        _ = try QueueScene(queue)
        let plans = try database.read { transaction in
            try transaction.all(
                """
                EXPLAIN QUERY PLAN SELECT body FROM queue_message
                WHERE queue = 1 AND place = 1 AND not_before <= 5 ORDER BY priority DESC, number LIMIT 10
                """
            ) { try $0.text(3) }
        }
        #expect(plans.count == 1)
        #expect(plans.first?.contains("USING INDEX queue_message_ready") == true)
    }
}
