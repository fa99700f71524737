import Foundation
import Testing

@testable import CLI

/// The shipped examples, run by the built program in test mode.
@Suite struct WorkflowExamplesTests {
    private static let folder: String = {
        let source = URL(fileURLWithPath: #filePath)
        let root = source.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return root.appendingPathComponent("examples/workflows").path
    }()

    /// Runs an example in test mode and gives the exit code and the last object.
    private static func run(_ name: String, _ more: [String] = [], home: String) throws -> (Int32, [String: Any]) {
        let words = ["workflow", "run", "\(folder)/\(name).yaml", "--test-mode", "--json"] + more
        let outcome = try Binary.run(words, home: home)
        #expect(outcome.errors.isEmpty)
        return (outcome.code, JSONText.object(outcome.last))
    }

    private static let expected: [(name: String, tasks: [String: Int])] = [
        ("alpaca-trading-workflow", ["total": 4, "completed": 4]),
        ("analyzer-workflow", ["total": 2, "completed": 2]),
        ("event-driven-trader", ["total": 7, "completed": 4, "skipped": 3]),
        ("executor-workflow", ["total": 1, "completed": 1]),
        ("protected-trader", ["total": 3, "completed": 3]),
        ("scanner-workflow", ["total": 1, "completed": 1]),
        ("standard-trading-day", ["total": 3, "completed": 3]),
        ("trading-saga", ["total": 4, "completed": 4]),
        ("master-trader", ["total": 3, "completed": 3]),
    ]

    @Test func `every example runs to its end in test mode, with simulated results only`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".yaml") }
        #expect(Set(files) == Set(Self.expected.map { "\($0.name).yaml" }))
        let run = try ProgramRun()
        // The last one runs three of the others as its steps.
        for (name, tasks) in Self.expected {
            let (code, summary) = try Self.run(name, home: run.home)
            #expect(code == 0, "\(name)")
            #expect(summary["type"] as? String == "summary")
            #expect(summary["status"] as? String == "completed", "\(name)")
            #expect(summary["task_summary"] as? [String: Int] == tasks, "\(name)")
            #expect(summary["test_mode"] as? Bool == true)
            #expect((summary["errors"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func `a workflow made of others fails where one of them is not known`() throws {
        let run = try ProgramRun()
        let (code, summary) = try Self.run("master-trader", home: run.home)
        #expect(code == 1)
        let errors = try #require(summary["errors"] as? [[String: Any]])
        #expect((errors.first?["error"] as? String)?.contains("there is no workflow 'scanner-workflow'") == true)
        #expect((summary["task_summary"] as? [String: Int])?["completed"] == nil)
    }

    @Test func `a saga whose last step fails undoes the others in reverse and exits with 1`() throws {
        let run = try ProgramRun()
        let (code, summary) = try Self.run(
            "trading-saga", ["--as", "saga", "--input", #"{"fail":["send_notification"]}"#], home: run.home)
        #expect(code == 1)
        #expect(summary["status"] as? String == "failed")
        #expect(summary["compensated"] as? [String] == ["update_portfolio", "place_order", "reserve_funds"])
        let history = try Binary.run(["workflow", "history", "saga", "--json"], home: run.home)
        let events = try #require(JSONText.object(history.last)["events"] as? [[String: Any]])
        let undone = events.filter { $0["event"] as? String == "task_completed" }.compactMap { $0["step"] as? String }
            .filter { $0.hasPrefix("undo:") }
        #expect(undone == ["undo:update_portfolio", "undo:place_order", "undo:reserve_funds"])
    }

    @Test func `a saga whose work of undoing fails names what a person must look at`() throws {
        let run = try ProgramRun()
        let (code, summary) = try Self.run(
            "trading-saga", ["--input", #"{"fail":["update_portfolio","undo:place_order"]}"#], home: run.home)
        #expect(code == 1)
        #expect(summary["compensated"] as? [String] == ["reserve_funds"])
        let left = try #require(summary["uncompensated"] as? [[String: Any]])
        #expect(left.map { $0["step"] as? String } == ["place_order"])
    }

    @Test func `a quiet market takes the other way than an urgent one`() throws {
        let run = try ProgramRun()
        let (code, summary) = try Self.run(
            "event-driven-trader", ["--input", #"{"volatility":14}"#], home: run.home)
        #expect(code == 0)
        let outputs = try #require(summary["agent_outputs"] as? [String: Any])
        #expect(outputs["normal_handler/analyze"] != nil)
        #expect(outputs["urgent_handler/alert_user"] == nil)
    }

    @Test func `without test mode work that nobody does is refused before anything is run`() throws {
        let run = try ProgramRun()
        let outcome = try Binary.run(
            ["workflow", "run", "\(Self.folder)/alpaca-trading-workflow.yaml"], home: run.home)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("news_analysis, signal_generation, technical_analysis, trade_execution"))
        #expect(try Binary.run(["workflow", "status", "--json"], home: run.home).last.contains(#""open_runs":[]"#))
    }
}
