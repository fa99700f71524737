import Determinism
import TaskQueues
import Testing

extension QueueConformance {
    static let leasing = [
        QueueConformance(name: "hands a message to one holder at a time", check: oneHolder),
        QueueConformance(name: "hands out no more than the batch size", check: batches),
        QueueConformance(name: "hands a message out again when its lease has ended", check: redelivers),
        QueueConformance(name: "keeps a message for who extends the lease", check: extends),
        QueueConformance(name: "refuses whoever lost the lease, and changes nothing", check: fences),
        QueueConformance(name: "takes a late acknowledgement while nobody else has the message", check: lateButHeld),
        QueueConformance(name: "takes a message back that was not begun", check: releases),
        QueueConformance(name: "hands out no more than may be in flight", check: limitsFlight),
        QueueConformance(name: "hands out no faster than the rate limit", check: limitsRate),
        QueueConformance(name: "does all the changes or none", check: allOrNone),
    ]

    private static func oneHolder(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a")
        #expect(try scene.takeNames() == ["a"])
        #expect(try scene.take(at: 29.9).isEmpty)
        #expect(try scene.status()?.messagesInFlight == 1)
    }

    private static func batches(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.batchSize = 2 }
        try scene.send("a", "b", "c", "d")
        #expect(try scene.takeNames() == ["a", "b"])
        #expect(try scene.takeNames(0).isEmpty)
        #expect(try scene.takeNames(-1).isEmpty)
        #expect(try scene.takeNames(1) == ["c"])
        #expect(try scene.takeNames(100) == ["d"])
    }

    private static func redelivers(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a")
        let first = try #require(try scene.take().first)
        let second = try #require(try scene.take(at: 30).first)
        #expect(second.message.attempts == 2)
        #expect(second.message.lastError?.code == MessageError.visibilityTimeout)
        #expect(second.token > first.token)
        #expect(try scene.status(at: 30)?.totals.timedOut == 1)
        try queue.acknowledge([second.receipt], at: QueueScene.time(31))
        #expect(try queue.sweep(at: QueueScene.time(100)) == SweepReport())
        #expect(try scene.take(at: 100).isEmpty)
    }

    private static func extends(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a")
        let lease = try #require(try scene.take().first)
        #expect(try queue.extend(lease.receipt, at: QueueScene.time(20)) == QueueScene.time(50))
        #expect(try scene.take(at: 49).isEmpty)
        #expect(try queue.extend(lease.receipt, by: .seconds(100), at: QueueScene.time(49)) == QueueScene.time(149))
        #expect(try scene.take(at: 148).isEmpty)
        #expect(try scene.takeNames(at: 149) == ["a"])
    }

    private static func fences(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a")
        let stale = try #require(try scene.take().first).receipt
        let holder = try #require(try scene.take(at: 30).first).receipt
        let before = try queue.peek("work", limit: 9, at: QueueScene.time(31))
        for change in [
            QueueChange.acknowledge(stale), .fail(stale, Failure("x")), .extend(stale), .release(stale),
        ] {
            let error = #expect(throws: QueueError.self) { try queue.apply([change], at: QueueScene.time(31)) }
            #expect(error?.code == .staleLease)
        }
        #expect(try queue.peek("work", limit: 9, at: QueueScene.time(31)) == before)
        try queue.acknowledge([holder], at: QueueScene.time(32))
        #expect(throws: QueueError.self) { try queue.acknowledge([holder], at: QueueScene.time(32)) }
        #expect(try scene.status(at: 32)?.totals.acknowledged == 1)
    }

    private static func lateButHeld(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a")
        let lease = try #require(try scene.take().first)
        try queue.acknowledge([lease.receipt], at: QueueScene.time(500))
        #expect(try scene.take(at: 501).isEmpty)
    }

    private static func releases(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a/k", "b/k")
        let lease = try #require(try scene.take().first)
        try queue.release([lease.receipt], at: QueueScene.time(1))
        let again = try #require(try scene.take(at: 1).first)
        #expect(again.message.id == "a/k" && again.message.attempts == 1 && again.message.lastError == nil)
        #expect(try scene.status(at: 1)?.totals.delivered == 1)
    }

    private static func limitsFlight(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.maxInFlight = 2 }
        try scene.send("a", "b", "c")
        let leases = try scene.take()
        #expect(leases.count == 2)
        #expect(try scene.take().isEmpty)
        try queue.acknowledge([leases[0].receipt], at: QueueScene.time(1))
        #expect(try scene.takeNames(at: 1) == ["c"])
        #expect(try scene.takeNames(at: 30) == ["b"])
    }

    private static func limitsRate(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.rateLimit = RateLimit(2, per: .seconds(10)) }
        try scene.send("a", "b", "c", "d", "e")
        #expect(try scene.takeNames() == ["a", "b"])
        #expect(try scene.take(at: 4.9).isEmpty)
        #expect(try scene.takeNames(at: 5) == ["c"])
        #expect(try scene.takeNames(at: 15) == ["d", "e"])
    }

    private static func allOrNone(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a", "b", "c")
        let leases = try scene.take(2).map(\.receipt)
        let before = try queue.status(of: nil, including: 9, at: QueueScene.time(1))
        let wrong = LeaseReceipt(queue: "work", number: 3, id: "c", token: leases[0].token)
        let new = QueueChange.enqueue([NewMessage("d", kind: "test")], to: "work")
        for last in [QueueChange.acknowledge(wrong), .acknowledge(leases[0]), .enqueue([], to: "no")] {
            #expect(throws: QueueError.self) {
                try queue.apply(
                    [new, .acknowledge(leases[0]), .acknowledge(leases[1]), last], at: QueueScene.time(1))
            }
            #expect(try queue.status(of: nil, including: 9, at: QueueScene.time(1)) == before)
        }
        let effects = try queue.apply([new, .acknowledge(leases[0]), .extend(leases[1])], at: QueueScene.time(1))
        #expect(effects == [.enqueued([.accepted]), .acknowledged, .extended(until: QueueScene.time(31))])
        #expect(try scene.names(at: 1) == ["b", "c", "d"])
    }
}
