import Determinism
import Dispatch
import Synchronization
import TaskQueues
import Testing

extension QueueConformance {
    static let status = [
        QueueConformance(name: "says how its queues stand", check: saysStatus),
        QueueConformance(name: "computes the rate from what was acknowledged", check: computesRate),
        QueueConformance(name: "gives every message to one of many threads", check: sharesThreads),
    ]

    private static func saysStatus(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        #expect(try scene.status(at: 5)?.oldestMessageAge == nil)
        try scene.send("1/k", "2/k", "x", "y", at: 10)
        try scene.failNext("z", .after(.seconds(100)), at: 20)
        #expect(try scene.takeNames(1, at: 21) == ["x"])
        let status = try #require(try scene.status(at: 30))
        #expect(status.messagesAvailable == 1 && status.messagesInFlight == 1)
        #expect(status.messagesDelayed == 1 && status.messagesHeldBack == 1)
        #expect(status.oldestMessageAge == .seconds(20) && status.totalMessages == 4 && status.messages == nil)
        #expect(try scene.status(at: 120)?.messagesAvailable == 2)
        let report = try queue.status(of: nil, including: 2, at: QueueScene.time(30))
        #expect(report.queues.map(\.name) == ["work", .deadLetters])
        #expect(report.totalMessages == 4)
        let messages = try #require(report.queues.first?.messages)
        #expect(messages.map(\.message.id.text) == ["1/k", "2/k"])
        #expect(messages.map(\.state) == [.delayed, .heldBack])
    }

    private static func computesRate(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue) { $0.batchSize = 100 }
        let messages = (0..<60).map { NewMessage(MessageID("\($0)"), kind: "test") }
        try queue.enqueue(messages, to: "work", at: QueueScene.time(0))
        try queue.acknowledge(scene.take(30).map(\.receipt), at: QueueScene.time(10))
        #expect(try scene.status(at: 20)?.processingRate == 30)
        #expect(try scene.status(at: 120)?.processingRate == 15)
        try queue.acknowledge(scene.take(30, at: 121).map(\.receipt), at: QueueScene.time(121))
        #expect(try scene.status(at: 240)?.processingRate == 15)
        try queue.sweep(at: QueueScene.time(310))
        let late = try #require(try scene.status(at: 350)?.processingRate)
        #expect(late >= 6 && late <= 6.3)
        #expect(try scene.status(at: 1000)?.processingRate == 0)
    }

    private static func sharesThreads(_ queue: any TaskQueue) throws {
        let scene = try QueueScene(queue)
        let messages = (0..<200).map { NewMessage(MessageID("\($0)"), kind: "test", key: "\($0 % 7)") }
        try queue.enqueue(messages, to: "work", at: QueueScene.time(0))
        let seen = Mutex<[String]>([])
        let name = scene.name
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            #expect(throws: Never.self) {
                while try queue.status(of: [name], including: nil, at: QueueScene.time(0)).totalMessages > 0 {
                    let leases = try queue.lease(from: name, holder: "\(thread)", at: QueueScene.time(0))
                    seen.withLock { $0 += leases.map(\.message.id.text) }
                    try queue.acknowledge(leases.map(\.receipt), at: QueueScene.time(0))
                }
            }
        }
        #expect(seen.withLock { $0.count } == 200)
        #expect(seen.withLock { Set($0).count } == 200)
    }
}
