import Determinism
import TaskQueues
import Testing

extension QueueConformance {
    static let deadLetters = [
        QueueConformance(name: "sends dead letters back with all their attempts before them", check: redrives),
        QueueConformance(name: "handles dead letters by the standard rules", check: standardRules),
        QueueConformance(
            name: "calls an operator when a rule has sent a letter back often enough", check: boundedRules),
    ]

    private static func redrives(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { settings in
            settings.messageRetention = .seconds(60)
            settings.capacity = 2
        }
        try scene.send("a/k", "b")
        try scene.failNext("x", .never)
        try scene.failNext("y", .never)
        try scene.send("c/k", "d", at: 50)
        #expect(try queue.redrive(.numbers([1, 7]), delay: .seconds(5), at: QueueScene.time(100)) == 1)
        #expect(try scene.names(at: 100) == ["c/k", "d", "a/k"])
        #expect(try queue.redrive(from: "work", at: QueueScene.time(100)) == 0)
        #expect(try queue.redrive(at: QueueScene.time(101)) == 1)
        let leases = try scene.take(at: 105)
        #expect(leases.map(\.message.id.text) == ["c/k", "d", "b"])
        #expect(leases.last?.message.attempts == 1 && leases.last?.message.redrives == 1)
        #expect(leases.last?.message.lastError?.code == "y" && leases.last?.message.origin == nil)
        try queue.acknowledge([leases[0].receipt], at: QueueScene.time(105))
        #expect(try scene.takeNames(at: 105) == ["a/k"])
        #expect(try scene.status(.deadLetters)?.totals.redriven == 2)
    }

    private static func standardRules(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("limited", "wrong", "other")
        for code in ["rate_limit", "invalid_symbol", "exploded"] { try scene.failNext(code, .never) }
        let time = QueueScene.time(10)
        #expect(try queue.handleDeadLetters(limit: 0, at: time).isEmpty)
        let handled = try queue.handleDeadLetters(at: time)
        #expect(handled.map(\.message.id.text) == ["limited", "wrong", "other"])
        #expect(handled.map(\.decision) == [.retry(after: .seconds(60)), .delete, .alert(.rule)])
        #expect(try queue.handleDeadLetters(at: time).isEmpty)
        let left = try queue.deadLetters(at: time)
        #expect(left.map(\.id.text) == ["other"] && left.first?.isReported == true)
        #expect(try scene.take(at: 69.9).isEmpty)
        #expect(try scene.takeNames(at: 70) == ["limited"])
        #expect(try scene.status(at: 70)?.deadLetters == 1)
    }

    private static func boundedRules(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a")
        var decisions: [DeadLetterDecision] = []
        for round in 0..<5 {
            let now = Double(round) * 100
            try scene.failNext("rate_limit", .never, at: now)
            decisions += try queue.handleDeadLetters(at: QueueScene.time(now)).map(\.decision)
        }
        let retry = DeadLetterDecision.retry(after: .seconds(60))
        #expect(decisions == [retry, retry, retry, .alert(.redrivesUsedUp)])
        #expect(try queue.redrive(at: QueueScene.time(500)) == 1)
        #expect(try scene.takeNames(at: 500) == ["a"])
    }
}
