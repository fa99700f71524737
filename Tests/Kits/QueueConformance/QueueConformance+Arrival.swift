import Determinism
import TaskQueues
import Testing
import WorkflowModel

extension QueueConformance {
    static let arrival = [
        QueueConformance(name: "gives back a message as it was sent", check: givesBack),
        QueueConformance(name: "takes a message of the same name once", check: removesDuplicates),
        QueueConformance(name: "takes a name again when it was forgotten", check: forgetsNames),
        QueueConformance(name: "takes a name twice where duplicates are allowed", check: allowsDuplicates),
        QueueConformance(name: "refuses a batch that does not fit, and takes none of it", check: refusesWhenFull),
        QueueConformance(name: "refuses queues it does not know", check: refusesUnknown),
        QueueConformance(name: "refuses settings that cannot be, with every problem", check: refusesSettings),
        QueueConformance(name: "keeps the settings it was given, and their change", check: keepsSettings),
    ]

    private static func givesBack(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        let sent = NewMessage(
            "id \u{1F600}'", kind: "trade_signal", body: [0, 255, 10], key: "A\"B", priority: .critical,
            notBefore: QueueScene.time(5))
        try queue.enqueue([sent], to: "work", at: QueueScene.time(1))
        #expect(try scene.take(at: 4.9).isEmpty)
        let lease = try #require(try scene.take(at: 5).first)
        let message = lease.message
        #expect(message.id == sent.id && message.kind == sent.kind && message.body == sent.body)
        #expect(message.key == sent.key && message.priority == .critical && message.queue == "work")
        #expect(message.enqueued == QueueScene.time(1) && message.notBefore == QueueScene.time(5))
        #expect(message.attempts == 1 && message.lastError == nil && message.origin == nil)
        #expect(lease.holder == "worker" && lease.expires == QueueScene.time(35))
        #expect(try queue.peek("work", limit: 9, at: QueueScene.time(6)).map(\.message) == [message])
    }

    private static func removesDuplicates(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        #expect(try scene.send("a", "b", "a") == [.accepted, .accepted, .duplicate])
        try queue.acknowledge(scene.take().map(\.receipt), at: QueueScene.time(1))
        #expect(try scene.send("b", "c", at: 2) == [.duplicate, .accepted])
        #expect(try scene.takeNames(at: 2) == ["c"])
        #expect(try scene.status(at: 2)?.totals.duplicates == 2)
    }

    private static func forgetsNames(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.messageRetention = .seconds(100) }
        try scene.send("a")
        try queue.acknowledge(scene.take().map(\.receipt), at: QueueScene.time(1))
        #expect(try scene.send("a", at: 99) == [.duplicate])
        try queue.sweep(at: QueueScene.time(99))
        #expect(try scene.send("a", at: 99.5) == [.duplicate])
        #expect(try scene.send("a", at: 100) == [.accepted])
    }

    private static func allowsDuplicates(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.deduplication = false }
        #expect(try scene.send("a", "a") == [.accepted, .accepted])
        let leases = try scene.take()
        #expect(leases.count == 2)
        try queue.acknowledge([leases[1].receipt], at: QueueScene.time(0))
        #expect(try queue.peek("work", limit: 9, at: QueueScene.time(0)).map(\.message.number) == [1])
    }

    private static func refusesWhenFull(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.capacity = 3 }
        try scene.send("a", "b")
        let error = #expect(throws: QueueError.self) { try scene.send("c", "d") }
        #expect(error?.code == .full)
        #expect(error?.recovery == .retry)
        #expect(try scene.names() == ["a", "b"])
        #expect(try scene.send("a", "c", "b") == [.duplicate, .accepted, .duplicate])
        try queue.acknowledge(scene.take(1).map(\.receipt), at: QueueScene.time(0))
        #expect(try scene.send("d") == [.accepted])
        #expect(try scene.names() == ["b", "c", "d"])
    }

    private static func refusesUnknown(_ queue: any TaskQueue) throws {
        let time = QueueScene.time(0)
        #expect(try queue.queues().isEmpty)
        let calls: [() throws -> Void] = [
            { _ = try queue.settings(of: "no") }, { _ = try queue.enqueue([], to: "no", at: time) },
            { _ = try queue.lease(from: "no", holder: "w", at: time) },
            { _ = try queue.peek("no", limit: 1, at: time) },
            { _ = try queue.status(of: ["no"], including: nil, at: time) },
            { try queue.acknowledge([LeaseReceipt(queue: "no", number: 1, id: "a", token: 1)], at: time) },
            { _ = try queue.redrive(from: "no", at: time) }, { _ = try queue.purge("no", at: time) },
            { _ = try queue.handleDeadLetters(on: "no", at: time) },
        ]
        for (place, call) in calls.enumerated() {
            let error = #expect(throws: QueueError.self, "call \(place)") { try call() }
            #expect(error?.code == .unknownQueue)
        }
    }

    private static func refusesSettings(_ queue: any TaskQueue) throws {
        let error = #expect(throws: QueueError.self) {
            _ = try QueueScene(queue) { settings in
                settings.batchSize = 0
                settings.visibilityTimeout = .zero
                settings.successQueue = "work"
            }
        }
        #expect(error?.code == .invalidSettings)
        for part in ["batch_size", "visibility_timeout", "its own success"] {
            #expect(error?.message.contains(part) == true)
        }
        #expect(try queue.queues().isEmpty)
    }

    private static func keepsSettings(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { settings in
            settings.rateLimit = RateLimit(5, per: .milliseconds(1500))
            settings.errorQueue = "errors"
        }
        var settings = try queue.settings(of: "work")
        #expect(settings.rateLimit == RateLimit(5, per: .milliseconds(1500)))
        #expect(try queue.queues() == ["work", "errors", .deadLetters])
        #expect(try queue.settings(of: "errors") == .records)
        try scene.send("a")
        settings.ordering = .none
        #expect(throws: QueueError.self) { try queue.createQueue("work", settings, at: QueueScene.time(1)) }
        settings.ordering = .firstInFirstOut
        settings.maxRetries = 0
        try queue.createQueue("work", settings, at: QueueScene.time(1))
        #expect(try queue.settings(of: "work") == settings)
        #expect(try scene.names() == ["a"])
    }
}
