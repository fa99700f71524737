import Foundation
import QueueConformance
import TaskQueues
import Testing

@Suite struct QueueStatusTests {
    private func written(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test func `the status of the documents' two queues adds up`() throws {
        let queue = InMemoryTaskQueue()
        let signals = try QueueScene(queue, "trading-signals") { $0.deadLetterQueue = nil }
        let alerts = try QueueScene(queue, "risk-alerts") { $0.deadLetterQueue = nil }
        for number in 0..<15 { try signals.send("signal \(number)") }
        try alerts.send("alert", at: 40)
        #expect(try signals.take(3, at: 40).count == 3)
        #expect(try alerts.take(at: 40).count == 1)
        let report = try queue.status(of: nil, including: nil, at: QueueScene.time(45))
        #expect(report.totalMessages == 16)
        #expect(report.queues.map(\.messagesAvailable) == [12, 0])
        #expect(report.queues.map(\.messagesInFlight) == [3, 1])
        #expect(report.queues.map(\.oldestMessageAge) == [.seconds(45), .seconds(5)])
        let text = try written(report)
        for part in [
            #""messages_available":12"#, #""messages_in_flight":3"#, #""oldest_message_age":45"#,
            #""total_messages":16"#, #""processing_rate":0"#, #""name":"risk-alerts""#,
        ] { #expect(text.contains(part)) }
        #expect(!text.contains(#""messages":"#))
    }

    @Test func `a message is shown with its error and its body`() throws {
        let queue = InMemoryTaskQueue()
        let scene = try QueueScene(queue)
        try queue.enqueue(
            [NewMessage("a", kind: "trade_signal", body: Array(#"{"x":1}"#.utf8), key: "AAPL")], to: "work",
            at: QueueScene.time(0))
        try scene.failNext("rate_limit", .never)
        try queue.enqueue([NewMessage("b", kind: "k", body: [255])], to: "work", at: QueueScene.time(0))
        #expect(try scene.take().count == 1)
        let text = try written(try queue.status(of: nil, including: 10, at: QueueScene.time(0)))
        for part in [
            #""type":"trade_signal""#, #""error":"rate_limit""#, #""body":"{\"x\":1}""#, #""ordering_key":"AAPL""#,
            #""reason":"refused""#, #""body_base64":"/w==""#, #""state":"in_flight""#, #""holder":"worker""#,
            #""dead_letters":1"#,
        ] { #expect(text.contains(part), "\(part)") }
    }
}
