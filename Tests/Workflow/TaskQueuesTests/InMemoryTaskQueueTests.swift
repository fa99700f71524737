import Determinism
import QueueConformance
import TaskQueues
import Testing

@Suite struct InMemoryTaskQueueTests {
    @Test(arguments: QueueConformance.cases) func `is a task queue`(conformance: QueueConformance) throws {
        try conformance.check(InMemoryTaskQueue())
    }

    @Test func `a snapshot goes on like the queue it was taken of`() throws {
        let first = InMemoryTaskQueue()
        let scene = try QueueScene(first)
        try scene.send("a/k", "b/k", "c")
        let lease = try #require(try scene.take(1).first)
        let second = InMemoryTaskQueue(first.snapshot)
        for queue in [first, second] {
            try queue.acknowledge([lease.receipt], at: QueueScene.time(1))
            let names = try queue.lease(from: "work", holder: "w", at: QueueScene.time(1)).map(\.message.id.text)
            #expect(names == ["b/k", "c"])
        }
    }

    @Test func `times at the end of what can be counted are no trap`() throws {
        let queue = InMemoryTaskQueue()
        let scene = try QueueScene(queue) { $0.rateLimit = RateLimit(1, per: .seconds(1)) }
        for nanoseconds in [Int64.min, 0, .max] {
            let time = Timestamp(nanoseconds: nanoseconds)
            try queue.enqueue([NewMessage(MessageID("\(nanoseconds)"), kind: "test")], to: "work", at: time)
            for lease in try queue.lease(from: scene.name, holder: "w", at: time) {
                try queue.extend(lease.receipt, by: .seconds(Int64.max), at: time)
                try queue.fail(lease.receipt, Failure("x", retry: .after(.seconds(Int64.max))), at: time)
            }
            _ = try queue.status(of: nil, including: 1, at: time)
            try queue.sweep(at: time)
        }
    }
}
