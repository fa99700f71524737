import Foundation
import TaskQueues
import Testing
import WorkflowModel

@Suite struct QueueSettingsTests {
    private func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    @Test func `the high-frequency trading queue is read as it is written`() throws {
        let queue = try decode(
            QueueDefinition.self,
            """
            {"name": "hft-queue", "max_retries": 3, "visibility_timeout": 30, "message_retention": 86400,
             "batch_size": 10, "ordering": "FIFO", "deduplication": true}
            """)
        #expect(queue.name == "hft-queue")
        #expect(queue.settings == QueueSettings())
        #expect(queue.settings.problems(for: queue.name).isEmpty)
    }

    @Test func `settings survive being written and read`() throws {
        var settings = QueueSettings()
        settings.messageRetention = nil
        settings.deadLetterQueue = nil
        settings.ordering = .none
        settings.capacity = 7
        settings.maxInFlight = 2
        settings.rateLimit = RateLimit(3, per: .milliseconds(250))
        settings.retryBaseDelay = .zero
        settings.successQueue = "done"
        for settings in [settings, QueueSettings(), .records] {
            let definition = QueueDefinition("q", settings)
            let text = String(decoding: try JSONEncoder().encode(definition), as: UTF8.self)
            #expect(try decode(QueueDefinition.self, text) == definition)
        }
    }

    @Test func `null means none and absent means the default`() throws {
        let settings = try decode(QueueSettings.self, #"{"message_retention": null, "dead_letter_queue": null}"#)
        #expect(settings.messageRetention == nil && settings.deadLetterQueue == nil)
        #expect(try decode(QueueSettings.self, "{}") == QueueSettings())
    }

    @Test func `the dead-letter queue keeps what it is given unless told otherwise`() throws {
        let queue = try decode(QueueDefinition.self, #"{"name": "dead-letter-queue", "batch_size": 5}"#)
        #expect(queue.settings.messageRetention == nil && queue.settings.batchSize == 5)
        #expect(queue.settings.problems(for: queue.name).isEmpty)
    }

    @Test(arguments: [
        #"{"max_retrys": 3}"#, #"{"visibility_timeout": "30"}"#, #"{"ordering": "LIFO"}"#,
        #"{"visibility_timeout": 1e300}"#, #"{"rate_limit": {"messages": 1}}"#, #"{"batch_size": 1.5}"#,
        #"{"rate_limit": {"messages": 1, "seconds": 1, "minutes": 1}}"#,
    ]) func `what cannot be read is refused`(text: String) {
        #expect(throws: DecodingError.self) { try decode(QueueSettings.self, text) }
    }

    @Test func `every problem is named`() {
        var settings = QueueSettings()
        settings.maxRetries = -1
        settings.batchSize = 0
        settings.capacity = 0
        settings.maxInFlight = 0
        settings.rateLimit = RateLimit(0, per: .seconds(-1))
        settings.visibilityTimeout = .seconds(Int64.max)
        settings.messageRetention = .zero
        settings.retryBaseDelay = .seconds(-1)
        settings.errorQueue = ""
        settings.deadLetterQueue = "q"
        #expect(settings.problems(for: "q").count == 11)
    }

    @Test func `waits double up to the longest`() {
        let settings = QueueSettings()
        let waits = (1...8).map { settings.retryDelay(afterAttempt: $0) }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        #expect(settings.retryDelay(afterAttempt: .max) == .seconds(60))
        #expect(settings.retryDelay(afterAttempt: .min) == .seconds(1))
    }

    @Test func `a priority is a name or a number from 0 to 10`() throws {
        let priorities = try decode([Priority].self, #"["CRITICAL", "low", 0, 2, 3, 5, 6, 8, 9, 10]"#)
        #expect(
            priorities == [.critical, .low, .low, .low, .medium, .medium, .high, .high, .critical, .critical])
        #expect(priorities.max() == .critical && Priority.high > .medium)
        for text in ["[11]", "[-1]", #"["urgent"]"#, "[1.5]"] {
            #expect(throws: DecodingError.self) { try decode([Priority].self, text) }
        }
    }
}
