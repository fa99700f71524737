import Foundation
import Testing

@testable import CLI

/// Triggers tried on history, looked ahead and paused.
@Suite struct WorkflowTriggerTests {
    private static let watching = """
        name: watching
        steps:
          - {name: look, type: a}
        triggers:
          - {type: price_change, symbol: ACME, threshold: 0.09, direction: up}
          - {type: schedule, cron: "0 9 * * 1-5", timezone: America/New_York}

        """

    @Test func `a backtest lists every firing with its cause`() async throws {
        let run = try ProgramRun()
        let file = try run.write("watching.yaml", Self.watching)
        let outcome = await run("workflow", "triggers", "backtest", file, "--data", try run.bars(), "--json")
        #expect(outcome.code == 0)
        let objects = try outcome.objects
        let moves = objects.filter { $0["trigger"] as? String == "price_change" }
        // 10.5, 11.5 (+9.5 %), 12.5 (+8.7 %), 13.5 (+17.4 % since 11.5), 14.5 (+7.4 %), 15.5 (+14.8 % since 13.5).
        #expect(moves.map { ($0["time"] as? String)?.prefix(10) } == ["2013-12-31", "2014-01-03", "2014-01-07"])
        #expect(objects.last?["type"] as? String == "summary")
        let none = await run(
            "workflow", "triggers", "backtest", file, "--data", try run.bars(), "--from", "2015-01-01")
        #expect(none.code == 1)
        #expect(none.errors.contains("there is no history in that time"))
    }

    @Test func `next goes by the zone's own clock`() async throws {
        let run = try ProgramRun()
        let words = ["workflow", "triggers", "next", "0 9 * * 1-5", "--zone", "America/New_York", "--count", "2"]
        let outcome = await run.all(words + ["--after", "2026-10-30T20:00:00Z"])
        #expect(outcome.output == "2026-11-02T14:00:00Z\n2026-11-03T14:00:00Z\n")
        let summer = await run.all(words + ["--after", "2026-07-02T20:00:00Z"])
        #expect(summer.output == "2026-07-03T13:00:00Z\n2026-07-06T13:00:00Z\n")
        let wrong = await run("workflow", "triggers", "next", "0 25 * * *")
        #expect(wrong.code == 1)
        #expect(wrong.errors.contains("25"))
    }

    @Test func `a paused trigger says so until it is resumed`() async throws {
        let run = try ProgramRun()
        _ = await run("workflow", "create", try run.write("watching.yaml", Self.watching))
        #expect(await run("workflow", "triggers", "pause", "watching", "--trigger", "schedule").code == 0)
        let paused = try #require(try await run("workflow", "status", "watching", "--json").objects.first)
        let triggers = try #require(paused["triggers"] as? [[String: Any]])
        #expect(triggers.map { $0["paused"] as? Bool } == [false, true])
        #expect(triggers.last?["next_scheduled"] is String)
        #expect(await run("workflow", "triggers", "resume", "watching").output.contains("PAUSED") == false)
        let unknown = await run("workflow", "triggers", "pause", "watching", "--trigger", "nothing")
        #expect(unknown.code == 1)
        #expect(unknown.errors.contains("it has price_change, schedule"))
    }
}
