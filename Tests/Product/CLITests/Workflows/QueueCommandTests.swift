import Foundation
import Testing

@testable import CLI

/// Message queues from the command line.
@Suite struct QueueCommandTests {
    private func home(_ settings: String = "capacity: 2") async throws -> ProgramRun {
        let run = try ProgramRun()
        let file = try run.write("queue.yaml", "name: trading-signals\nmax_retries: 3\n\(settings)\n")
        #expect(await run("queue", "create", file).code == 0)
        return run
    }

    @Test func `status has the known shape and counts what happened`() async throws {
        let run = try await home()
        for id in ["a", "b", "a"] {
            #expect(await run("queue", "send", "trading-signals", "{}", "--type", "trade_signal", "--id", id).code == 0)
        }
        let status = try #require(try await run("queue", "status", "--messages", "--json").objects.first)
        #expect(status["total_messages"] as? Int == 2)
        #expect(status["processing_rate"] as? Double == 0)
        let queues = try #require(status["queues"] as? [[String: Any]])
        let signals = try #require(queues.first { $0["name"] as? String == "trading-signals" })
        #expect(signals["messages_available"] as? Int == 2)
        #expect(signals["messages_in_flight"] as? Int == 0)
        #expect(signals["oldest_message_age"] is Double)
        #expect((signals["totals"] as? [String: Int])?["duplicates"] == 1)
        #expect((signals["messages"] as? [[String: Any]])?.map { $0["id"] as? String } == ["a", "b"])
    }

    @Test func `a full queue refuses and a message is never dropped`() async throws {
        let run = try await home()
        for id in ["a", "b"] { _ = await run("queue", "send", "trading-signals", "{}", "--id", id) }
        let refused = await run("queue", "send", "trading-signals", "{}", "--id", "c")
        #expect(refused.code == 1)
        #expect(refused.errors.contains("holds 2 of at most 2 messages"))
        #expect(try await run("queue", "peek", "trading-signals", "--json").objects.count == 2)
    }

    @Test func `purge removes nothing before it is told yes`() async throws {
        let run = try await home()
        _ = await run("queue", "send", "trading-signals", "{}")
        let asked = await run("queue", "purge", "trading-signals")
        #expect(asked.code == 2)
        #expect(asked.errors.contains("1 message of 'trading-signals' would be removed for good; give --yes"))
        #expect(try await run("queue", "peek", "trading-signals", "--json").objects.count == 1)
        #expect(await run("queue", "purge", "trading-signals", "--yes").code == 0)
        #expect(try await run("queue", "peek", "trading-signals", "--json").objects.isEmpty)
    }

    @Test func `settings that are wrong are refused with their name`() async throws {
        let run = try ProgramRun()
        let misspelt = await run("queue", "create", try run.write("a.yaml", "name: q\nmax_retrys: 3\n"))
        #expect(misspelt.code == 1)
        #expect(misspelt.errors.contains("'max_retrys' is not known here"))
        let nameless = await run("queue", "create", try run.write("b.yaml", "max_retries: 3\n"))
        #expect(nameless.errors.contains("'name' is missing"))
        let wrong = await run("queue", "create", try run.write("c.yaml", "name: q\nbatch_size: many\n"))
        #expect(wrong.code == 1)
        #expect(wrong.errors.contains("batch_size"))
        #expect(await run("queue", "peek", "q").code == 1)
    }
}
