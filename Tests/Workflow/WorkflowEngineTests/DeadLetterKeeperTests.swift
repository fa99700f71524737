import Determinism
import TaskQueues
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Dead letter keeper") struct DeadLetterKeeperTests {
    @Test func `a rate limit is tried again, a wrong symbol is removed, and an operator is called for the rest`()
        async throws
    {
        let (time, queue, events) = (ManualTime(), InMemoryTaskQueue(), EventStreams())
        try queue.createQueue("orders", QueueSettings(), at: time.now)
        for code in ["rate_limit", "invalid_symbol", "riddle"] {
            try queue.enqueue([NewMessage(MessageID(code), kind: "order")], to: "orders", at: time.now)
            let lease = try #require(try queue.lease(from: "orders", holder: "test", at: time.now).first)
            try queue.fail(lease.receipt, Failure(code, retry: .never), at: time.now)
        }
        let alerts = events.subscribe(to: [.systemAlert])
        let keeper = DeadLetterKeeper(queues: queue, events: events, time: time)
        let handled = try keeper.round()
        #expect(handled.count == 3)
        #expect(try keeper.round().isEmpty)
        alerts.end()
        var told: [String?] = []
        for await alert in alerts.events { told.append(alert.subject) }
        #expect(told == ["riddle"])
        time.advance(by: .seconds(60))
        #expect(try queue.lease(from: "orders", holder: "test", at: time.now).map(\.message.id) == ["rate_limit"])
        #expect(try queue.peek(.deadLetters, limit: 9, at: time.now).map(\.message.id) == ["riddle"])
    }
}
