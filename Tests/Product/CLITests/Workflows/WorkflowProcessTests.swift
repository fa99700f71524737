import Foundation
import Testing

@testable import CLI

/// Several processes on one home: one serves, others ask, some are killed.
@Suite(.serialized) struct WorkflowProcessTests {
    private static let slow = """
        name: slow
        steps:
          - {name: first, type: a, compensate: b}
          - {name: rest, type: wait, params: {duration: 2s}}
          - {name: last, type: c}

        """
    private static let asking = """
        name: asking
        steps:
          - {name: propose, type: a}
          - {name: confirm, type: approval, params: {prompt: "Send it?"}}
          - {name: send, type: b}

        """

    /// Reads lines until one holds a text.
    private func wait(for text: String, from process: Binary) throws {
        while let line = try process.line() {
            if line.contains(text) { return }
        }
        Issue.record("the process ended before it said '\(text)'")
    }

    @Test func `a run is gone on with by the process that watched when the one that served is killed`() throws {
        let run = try ProgramRun()
        let file = try run.write("slow.yaml", Self.slow)
        let words = ["workflow", "run", file, "--test-mode", "--json", "--as"]
        let first = try Binary(words + ["one"], home: run.home)
        try wait(for: #""step":"rest""#, from: first)
        let second = try Binary(words + ["two"], home: run.home)
        try wait(for: #""event":"workflow_started""#, from: second)
        first.signal(SIGKILL)
        _ = try first.outcome()
        let outcome = try second.outcome()
        #expect(outcome.code == 0)
        #expect(JSONText.object(outcome.last)["status"] as? String == "completed")
        // The run of the killed process was open and went on as well; it ends at the latest with whoever serves next.
        let resumed = try Binary.run(["workflow", "status", "one", "--json"], home: run.home)
        if JSONText.object(resumed.last)["status"] as? String != "completed" {
            let again = try Binary.run(words + ["one"], home: run.home)
            #expect(again.code == 0)
        }
        let history = try Binary.run(["workflow", "history", "one", "--json"], home: run.home)
        let events = try #require(JSONText.object(history.last)["events"] as? [[String: Any]])
        let completions = events.filter { $0["event"] as? String == "task_completed" }.compactMap {
            $0["step"] as? String
        }
        #expect(completions == ["first", "rest", "last"])
    }

    @Test func `an interrupted run stays open, says so, and is gone on with under its name`() throws {
        let run = try ProgramRun()
        let file = try run.write("slow.yaml", Self.slow)
        let words = ["workflow", "run", file, "--test-mode", "--as", "one"]
        let first = try Binary(words, home: run.home)
        try wait(for: "rest", from: first)
        first.signal(SIGINT)
        let stopped = try first.outcome()
        #expect(stopped.code == 130)
        #expect(stopped.errors.contains("the run one stays open"))
        #expect(try Binary.run(words, home: run.home).code == 0)
        let again = try Binary.run(words, home: run.home)
        #expect(again.code == 1)
        #expect(again.errors.contains("the run 'one' has ended"))
    }

    @Test func `a serving process takes runs, answers and cancellations that others leave`() throws {
        let run = try ProgramRun()
        let file = try run.write("asking.yaml", Self.asking)
        let serving = try Binary(["workflow", "serve"], home: run.home)
        try wait(for: "serving", from: serving)
        for name in ["yes", "no", "never"] {
            let left = try Binary.run(
                ["workflow", "run", file, "--test-mode", "--detach", "--as", name], home: run.home)
            #expect(left.code == 0)
            try wait(for: "confirm", from: serving)
        }
        let yes = try Binary.run(["workflow", "approve", "yes", "confirm", "--note", "go"], home: run.home)
        #expect(yes.code == 0)
        try wait(for: "workflow_completed", from: serving)
        #expect(try Binary.run(["workflow", "approve", "no", "confirm", "--reject"], home: run.home).code == 0)
        try wait(for: "workflow_failed", from: serving)
        let cancelled = try Binary.run(["workflow", "cancel", "never", "--reason", "late"], home: run.home)
        #expect(cancelled.code == 0)
        let refused = try Binary.run(["workflow", "approve", "never", "confirm"], home: run.home)
        #expect(refused.code == 1)
        #expect(refused.errors.contains("the run 'never' has ended: cancelled"))
        serving.signal(SIGINT)
        #expect(try serving.outcome().code == 0)
        let status = JSONText.object(try Binary.run(["workflow", "status", "no", "--json"], home: run.home).last)
        let errors = try #require(status["errors"] as? [[String: Any]])
        #expect((errors.first?["error"] as? String)?.contains("rejected by tester") == true)
    }

    @Test func `what was left while nobody served is taken up by whoever serves next`() throws {
        let run = try ProgramRun()
        let file = try run.write("asking.yaml", Self.asking)
        let left = try Binary.run(
            ["workflow", "run", file, "--test-mode", "--detach", "--as", "one", "--json"], home: run.home)
        #expect(JSONText.object(left.last)["served"] as? Bool == false)
        let serving = try Binary(["workflow", "serve", "--json"], home: run.home)
        try wait(for: #""step":"confirm""#, from: serving)
        serving.signal(SIGINT)
        #expect(try serving.outcome().code == 0)
    }

    @Test func `events are followed while another process makes them`() throws {
        let run = try ProgramRun()
        let file = try run.write("slow.yaml", Self.slow)
        let working = try Binary(["workflow", "run", file, "--test-mode", "--as", "one", "--follow"], home: run.home)
        try wait(for: "rest", from: working)
        let following = try Binary(
            ["events", "follow", "--run", "one", "--kinds", "workflow_completed", "--json"], home: run.home)
        let line = try following.line()
        #expect(JSONText.object(line ?? "")["event"] as? String == "workflow_completed")
        following.signal(SIGINT)
        _ = try following.outcome()
        #expect(try working.outcome().code == 0)
    }

    @Test func `a serving process pauses triggers when another asks for it`() throws {
        let run = try ProgramRun()
        let text = "name: timed\nsteps: [{name: look, type: a}]\ntriggers: [{type: schedule, cron: \"0 9 1 1 *\"}]\n"
        let file = try run.write("timed.yaml", text)
        #expect(try Binary.run(["workflow", "create", file], home: run.home).code == 0)
        let serving = try Binary(["workflow", "serve", "--test-mode"], home: run.home)
        try wait(for: "serving", from: serving)
        let paused = try Binary.run(["workflow", "triggers", "pause", "timed", "--json"], home: run.home)
        #expect(paused.code == 0)
        #expect(paused.last.contains(#""paused":true"#))
        let none = try Binary.run(["workflow", "triggers", "pause", "timed", "--trigger", "webhook"], home: run.home)
        #expect(none.code == 1)
        #expect(none.errors.contains("it has schedule"))
        serving.signal(SIGINT)
        _ = try serving.outcome()
        let status = try Binary.run(["workflow", "status", "timed", "--json"], home: run.home)
        #expect(status.last.contains(#""paused":true"#))
    }
}
