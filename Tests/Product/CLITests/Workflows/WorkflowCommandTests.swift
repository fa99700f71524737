import Foundation
import ScratchFolders
import Testing

@testable import CLI

/// Definitions, what is kept of runs, and what commands say.
@Suite struct WorkflowCommandTests {
    private static let chain = """
        # Kept with its comment.
        name: chain
        steps:
          - {name: first, type: a}
          - {name: second, type: b, params: {threshold: 0.7}}

        """

    /// A home with the chain kept and run once, in which the second step failed once.
    private func home() throws -> ProgramRun {
        let run = try ProgramRun()
        let file = try run.write("chain.yaml", Self.chain)
        let words = [
            "workflow", "run", file, "--test-mode", "--as", "one", "--input", #"{"fail_attempts":{"second":1}}"#,
        ]
        #expect(try Binary.run(words, home: run.home).code == 0)
        return run
    }

    @Test func `create answers in the known shape, once for a name`() async throws {
        let run = try ProgramRun()
        let file = try run.write("chain.yaml", Self.chain)
        let created = try #require(try await run("workflow", "create", file, "--json").objects.first)
        #expect(created["success"] as? Bool == true)
        #expect(created["workflow_id"] as? String == "chain")
        #expect(created["status"] as? String == "active")
        #expect(created["priority"] as? String == "MEDIUM")
        #expect(created["features"] as? [String] == ["message_queues", "audit_trail"])
        let again = await run("workflow", "create", file)
        #expect(again.code == 1)
        #expect(again.errors.contains("there is a workflow 'chain' already; 'workflow update chain' changes it"))
    }

    @Test func `validate tells every problem with its place and fails`() async throws {
        let run = try ProgramRun()
        let file = try run.write("bad.yaml", "name: x\nsteps:\n  - {name: a, typ: b}\n  - {name: c, depends_on: [d]}\n")
        let outcome = await run("workflow", "validate", file, "--test-mode")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("bad.yaml:3:"))
        #expect(outcome.output.contains("bad.yaml:4:"))
        #expect(outcome.output.contains("2 problems"))
        let strict = await run("workflow", "validate", try run.write("chain.yaml", Self.chain))
        #expect(strict.code == 1)
        #expect(strict.output.contains("'a' is no known type of work"))
        #expect(await run("workflow", "validate", try run.write("chain.yaml", Self.chain), "--test-mode").code == 0)
    }

    @Test func `update makes a version, keeps the comment, and refuses paths that lead nowhere`() async throws {
        let run = try ProgramRun()
        _ = await run("workflow", "create", try run.write("chain.yaml", Self.chain))
        let made = try #require(
            try await run("workflow", "update", "chain", "--set", "steps[1].params.threshold=0.9", "--json").objects
                .first)
        #expect(made["version"] as? Int == 2)
        #expect(made["changed_from"] as? Int == 1)
        #expect((made["affected_runs"] as? [Any])?.isEmpty == true)
        let shown = await run("workflow", "show", "chain")
        #expect(shown.output.contains("# Kept with its comment."))
        #expect(shown.output.contains("0.9"))
        #expect(await run("workflow", "show", "chain", "--version", "1").output.contains("0.7"))
        let wrong = await run("workflow", "update", "chain", "--set", "steps[7].type=c")
        #expect(wrong.code == 1)
        #expect(wrong.errors.contains("there is no item 7"))
        #expect(await run("workflow", "update", "chain", "--set", "nothing").code == 2)
    }

    @Test func `a file that changed becomes a new version, one that did not keeps its own`() throws {
        let run = try home()
        let file = try run.write("chain.yaml", Self.chain.replacing("0.7", with: "0.8"))
        for name in ["two", "three"] {
            let words = ["workflow", "run", file, "--test-mode", "--as", name, "--json"]
            #expect(JSONText.object(try Binary.run(words, home: run.home).last)["version"] as? Int == 2)
        }
    }

    @Test func `an exported history replays, and the first difference is named`() async throws {
        let run = try home()
        let path = run.folder.file("one.json")
        #expect(await run("workflow", "history", "one", "--export", path).code == 0)
        let replayed = await run("workflow", "replay", path)
        #expect(replayed.code == 0)
        #expect(replayed.output.contains("events of one follow again, to 'completed'"))
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let other = text.replacing("type: b", with: "type: c")
        let changed = await run("workflow", "replay", try run.write("changed.json", other))
        #expect(changed.code == 1)
        #expect(changed.errors.contains("event 1 differs"))
        let cut = await run("workflow", "replay", try run.write("cut.json", String(text.prefix(200))))
        #expect(cut.code == 1)
        #expect(cut.errors.contains("is no exported history"))
    }

    @Test func `a replay names the event that today's machine would record in another way`() async throws {
        let run = try home()
        let path = run.folder.file("one.json")
        _ = await run("workflow", "history", "one", "--export", path)
        var file = JSONText.object(try String(contentsOfFile: path, encoding: .utf8))
        var events = try #require(file["events"] as? [[String: Any]])
        let place = try #require(events.firstIndex { $0["event"] as? String == "task_retrying" })
        events[place]["number"] = 3
        file["events"] = events
        let text = String(decoding: try JSONSerialization.data(withJSONObject: file), as: UTF8.self)
        let replayed = await run("workflow", "replay", try run.write("other.json", text))
        #expect(replayed.code == 1)
        #expect(replayed.errors.contains("event \(place + 1) differs: recorded is 'task_retrying second, try 3"))
        #expect(replayed.errors.contains("today follows 'task_retrying second, try 2"))
    }

    @Test func `a fork keeps the results before its step and does the rest again`() throws {
        let run = try home()
        let words = ["workflow", "fork", "one", "--from", "second", "--as", "two", "--json"]
        let outcome = try Binary.run(words, home: run.home)
        #expect(outcome.code == 0)
        let events = outcome.lines.map(JSONText.object)
        let first = events.first { $0["event"] as? String == "task_completed" && $0["step"] as? String == "first" }
        #expect(first?["cached"] as? Bool == true)
        let tries = events.filter { $0["event"] as? String == "task_started" && $0["step"] as? String == "second" }
        #expect(tries.count == 2)
        let refused = try Binary.run(["workflow", "fork", "one", "--from", "third", "--as", "x"], home: run.home)
        #expect(refused.code == 1)
        #expect(refused.errors.contains("has no task 'third'"))
    }

    @Test func `statistics are computed from the journal`() async throws {
        let run = try home()
        let fails = ["workflow", "run", "chain", "--test-mode", "--input", #"{"fail":["second"]}"#]
        #expect(try Binary.run(fails, home: run.home).code == 1)
        let stats = try #require(try await run("workflow", "stats", "chain", "--profit", "1", "--json").objects.first)
        #expect(stats["executions_last_24h"] as? Int == 2)
        #expect(stats["success_rate"] as? Double == 0.5)
        let steps = try #require(stats["steps_performance"] as? [String: [String: Any]])
        #expect(steps["first"]?["success_rate"] as? Double == 1)
        #expect(steps["second"]?["success_rate"] as? Double == 0.5)
        #expect(steps["second"]?["attempts"] as? Int == 3)
        let economics = try #require(stats["economics"] as? [String: Any])
        #expect((economics["cost"] as? [String: Any])?["days_per_year"] as? Int == 365)
        #expect(await run("workflow", "stats", "nothing").code == 1)
    }

    @Test func `status answers for the engine, a workflow and a run`() async throws {
        let run = try home()
        let engine = try #require(try await run("workflow", "status", "--json").objects.first)
        #expect(engine["system_running"] as? Bool == false)
        #expect(engine["startup_time"] is NSNull)
        let counts = try #require(engine["workflow_engine"] as? [String: Int])
        #expect(counts == ["active_executions": 0, "completed_executions": 1, "failed_executions": 0])
        #expect((engine["statistics"] as? [String: Any])?["total_tasks_completed"] as? Int == 2)
        let workflow = try #require(try await run("workflow", "status", "chain", "--json").objects.first)
        #expect((workflow["triggers"] as? [Any])?.isEmpty == true)
        let one = try #require(try await run("workflow", "status", "one", "--json").objects.first)
        let tasks = try #require(one["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["status"] as? String } == ["COMPLETED", "COMPLETED"])
        #expect(await run("workflow", "status", "nothing").code == 1)
    }

    @Test func `a home where nothing was ever kept is looked at without being made`() async throws {
        let run = try ProgramRun()
        for words in [["workflow", "list"], ["workflow", "status"], ["workflow", "stats"], ["queue", "status"]] {
            #expect(await run.all(words).code == 0)
        }
        #expect(!FileManager.default.fileExists(atPath: run.home))
    }

    @Test func `events are filtered by name, and a misspelt name is refused with a hint`() async throws {
        let run = try home()
        let all = try await run("events", "follow", "--since", "1h", "--no-wait", "--json").objects
        #expect(all.first?["event"] as? String == "workflow_started")
        let failed = try await run(
            "events", "follow", "--since", "1h", "--no-wait", "--json", "--kinds", "task_failed,task_retrying"
        ).objects
        #expect(failed.map { $0["event"] as? String } == ["task_failed", "task_retrying"])
        let wrong = await run("events", "follow", "--kinds", "task_faild")
        #expect(wrong.code == 2)
        #expect(wrong.errors.contains("did you mean 'task_failed'?"))
    }
}
