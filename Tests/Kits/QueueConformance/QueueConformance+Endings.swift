import Determinism
import TaskQueues
import Testing

extension QueueConformance {
    static let endings = [
        QueueConformance(name: "waits longer after each failure", check: backsOff),
        QueueConformance(name: "gives a message up after its last retry", check: exhausts),
        QueueConformance(name: "gives a message up when its leases keep ending", check: timesOut),
        QueueConformance(name: "tries without end where there is no dead-letter queue", check: neverGivesUp),
        QueueConformance(name: "records what is done and what failed on the family's queues", check: family),
        QueueConformance(name: "gives up what is too old, unless somebody has it", check: expires),
        QueueConformance(name: "counts what is too old where there is no dead-letter queue", check: expiresCounted),
        QueueConformance(name: "removes by hand what nobody has", check: purges),
    ]

    private static func backsOff(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { settings in
            settings.maxRetries = 9
            settings.retryBaseDelay = .seconds(2)
            settings.retryMaxDelay = .seconds(7)
        }
        try scene.send("a")
        var now = 0.0
        for delay in [2.0, 4, 7, 7] {
            #expect(try scene.failNext("x", .backoff, at: now) == .retry(at: QueueScene.time(now + delay)))
            now += delay
        }
    }

    private static func exhausts(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("a")
        for second in 0..<3 { try scene.failNext("rate_limit", at: Double(second)) }
        #expect(try scene.failNext("rate_limit", at: 3) == .deadLetter(.exhausted))
        #expect(try scene.names(at: 3).isEmpty)
        let letter = try #require(try queue.deadLetters(at: QueueScene.time(3)).first)
        #expect(letter.id == "a" && letter.body == Array("a".utf8) && letter.lastError?.code == "rate_limit")
        #expect(
            letter.origin
                == MessageOrigin(queue: "work", reason: .exhausted, attempts: 4, enqueued: QueueScene.time(0)))
        #expect(letter.enqueued == QueueScene.time(3) && letter.attempts == 0)
        #expect(try scene.status(at: 3)?.deadLetters == 1)
    }

    private static func timesOut(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.maxRetries = 1 }
        try scene.send("a/k", "b/k")
        #expect(try scene.takeNames() == ["a/k"])
        #expect(try scene.takeNames(at: 30) == ["a/k"])
        let report = try queue.sweep(at: QueueScene.time(60))
        #expect(report.timedOut == 1 && report.deadLettered == 1 && report.expired == 0)
        #expect(try queue.deadLetters(at: QueueScene.time(60)).first?.lastError?.code == "visibility_timeout")
        #expect(try scene.takeNames(at: 60) == ["b/k"])
    }

    private static func neverGivesUp(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { settings in
            settings.deadLetterQueue = nil
            settings.maxRetries = 0
        }
        try scene.send("a")
        for second in 0..<5 {
            #expect(try scene.failNext("x", at: Double(second)) == .retry(at: QueueScene.time(Double(second))))
        }
        #expect(try scene.failNext("x", .never, at: 5) == .retry(at: QueueScene.time(37)))
        #expect(try queue.queues() == ["work"])
    }

    private static func family(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { settings in
            settings.successQueue = "done"
            settings.errorQueue = "errors"
            settings.deadLetterQueue = "dead"
            settings.maxRetries = 1
        }
        try scene.send("good", "bad/k", "next/k")
        let leases = try scene.take()
        try queue.acknowledge([leases[0].receipt], at: QueueScene.time(1))
        try queue.fail(leases[1].receipt, Failure("x", detail: "why", retry: .after(.zero)), at: QueueScene.time(1))
        try scene.failNext("y", at: 2)
        #expect(try scene.names(at: 2) == ["next/k"])
        #expect(try scene.names(on: "done") == ["good"])
        #expect(try scene.names(on: "errors") == ["bad/k", "bad/k"])
        #expect(try scene.names(on: "dead") == ["bad/k"])
        let errors = try queue.peek("errors", limit: 9, at: QueueScene.time(2)).map(\.message)
        #expect(errors.map(\.lastError) == [MessageError("x", detail: "why"), MessageError("y")])
        #expect(errors.map(\.origin?.attempts) == [1, 2])
        #expect(errors.map(\.origin?.reason) == [.failed, .failed])
        let done = try queue.peek("done", limit: 9, at: QueueScene.time(2)).map(\.message)
        #expect(done.first?.origin?.reason == .completed && done.first?.body == Array("good".utf8))
        #expect(try queue.lease(from: "done", holder: "w", at: QueueScene.time(2)).count == 1)
    }

    private static func expires(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { settings in
            settings.messageRetention = .seconds(60)
            settings.visibilityTimeout = .seconds(300)
        }
        try scene.send("held")
        #expect(try scene.takeNames() == ["held"])
        try scene.send("old/k", at: 1)
        try scene.send("new/k", at: 10)
        let report = try queue.sweep(at: QueueScene.time(61))
        #expect(report.expired == 1 && report.deadLettered == 1)
        #expect(try scene.names(at: 61) == ["held", "new/k"])
        #expect(try queue.deadLetters(at: QueueScene.time(61)).map(\.origin?.reason) == [.expired])
        #expect(try scene.takeNames(at: 62) == ["new/k"])
        #expect(try scene.status(at: 62)?.totals.expired == 1)
    }

    private static func expiresCounted(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { settings in
            settings.messageRetention = .seconds(60)
            settings.deadLetterQueue = nil
        }
        try scene.send("a", "b")
        #expect(try scene.take(at: 60).isEmpty)
        let totals = try scene.status(at: 60)?.totals
        #expect(totals?.expired == 2 && totals?.deadLettered == 0)
    }

    private static func purges(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        try scene.send("held/k", "1/k", "2/k", "3/m", "4/m")
        #expect(try scene.takeNames(1) == ["held/k"])
        #expect(try queue.purge("work", .numbers([4, 1, 99]), at: QueueScene.time(1)) == 1)
        #expect(try scene.takeNames(at: 1) == ["4/m"])
        #expect(try queue.purge("work", at: QueueScene.time(1)) == 2)
        #expect(try scene.names(at: 1) == ["held/k", "4/m"])
        #expect(try scene.status(at: 1)?.totals.discarded == 3)
    }
}
