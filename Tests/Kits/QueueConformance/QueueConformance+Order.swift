import Determinism
import TaskQueues
import Testing
import WorkflowModel

extension QueueConformance {
    static let order = [
        QueueConformance(name: "hands out the most urgent first, then the oldest", check: urgentFirst),
        QueueConformance(name: "hands out one message of a key at a time, in order", check: oneOfAKey),
        QueueConformance(name: "keeps the order of a key across retries", check: orderAcrossRetries),
        QueueConformance(name: "goes on with a key after a dead letter", check: afterDeadLetter),
        QueueConformance(name: "keeps no order where none is asked for", check: unordered),
        QueueConformance(name: "keeps urgency out of the order of a key", check: keyBeforeUrgency),
    ]

    private static func urgentFirst(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("low", priority: .low)
        try scene.send("signal 1", "signal 2")
        try scene.send("risk", priority: .critical)
        try scene.send("order", priority: .high)
        #expect(try scene.takeNames(3) == ["risk", "order", "signal 1"])
        #expect(try scene.takeNames() == ["signal 2", "low"])
    }

    private static func oneOfAKey(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("1/k", "1/m", "2/k", "2/m", "x", "y")
        let leases = try scene.take()
        #expect(leases.map(\.message.id.text) == ["1/k", "1/m", "x", "y"])
        #expect(try scene.status()?.messagesHeldBack == 2)
        try queue.acknowledge([leases[1].receipt], at: QueueScene.time(1))
        try scene.send("3/m", at: 1)
        #expect(try scene.takeNames(at: 1) == ["2/m"])
    }

    private static func orderAcrossRetries(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("1/k", "2/k")
        #expect(try scene.failNext("x", .after(.seconds(10))) == .retry(at: QueueScene.time(10)))
        #expect(try scene.take(at: 9).isEmpty)
        #expect(try scene.status(at: 9)?.messagesDelayed == 1)
        let lease = try #require(try scene.take(at: 10).first)
        #expect(lease.message.id == "1/k" && lease.message.lastError?.code == "x")
        #expect(try scene.takeNames(at: 41) == ["1/k"])
    }

    private static func afterDeadLetter(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("1/k", "2/k")
        #expect(try scene.failNext("x", .never) == .deadLetter(.refused))
        #expect(try scene.takeNames() == ["2/k"])
    }

    private static func unordered(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.ordering = .none }
        try scene.send("1/k", "2/k")
        try scene.send("3/k", priority: .high)
        #expect(try scene.takeNames() == ["3/k", "1/k", "2/k"])
    }

    private static func keyBeforeUrgency(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("1/k", priority: .low)
        try scene.send("2/k", priority: .critical)
        try scene.send("x")
        #expect(try scene.takeNames() == ["x", "1/k"])
    }
}
