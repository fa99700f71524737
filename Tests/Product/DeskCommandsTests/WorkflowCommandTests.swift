import Determinism
import TaskQueues
import Testing
import TradingDesk
import WorkflowEngine
import WorkflowModel

@testable import DeskCommands

/// Workflows, runs, triggers and queues through their commands.
@Suite struct WorkflowCommandTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    @Test func `what needs a person is computed from what is there`() async throws {
        let items = try await bench.call("status")["needs_person"]?.list ?? []
        let kinds = items.compactMap { $0["kind"]?.text }
        #expect(kinds.contains("approval") && kinds.contains("dead_letters") && kinds.contains("failed_run"))
        let approval = items.first { $0["kind"] == "approval" }
        #expect(approval?["id"] == "asking-open" && approval?["step"] == "confirm")
        #expect(approval?["text"]?.text?.contains("Buy it?") == true)
        #expect(items.first { $0["kind"] == "failed_run" }?["text"]?.text?.contains("it does not work") == true)
    }

    @Test func `what is remembered of ended runs is what their histories say`() async throws {
        let services = bench.services()
        for number in 0..<200 {
            try bench.workflows.run("chain", as: "more-\(number)", after: 700 + number)
            guard number % 40 == 0 else { continue }
            let told = try services.workflows.systemReport(at: bench.time.now).value
            let read = try SystemReport(
                bench.workflows.journal, bench.workflows.library, isRunning: false, at: bench.time.now
            ).value
            #expect(told == read)
        }
        let told = try services.workflows.systemReport(at: bench.time.now).value
        #expect(told["workflow_engine"]?["completed_executions"] == 201)
    }

    @Test func `a failed run is told for a day`() async throws {
        try await bench.time.sleep(until: bench.time.now + .seconds(90_000))
        let items = try await bench.call("status")["needs_person"]?.list ?? []
        #expect(!items.contains { $0["kind"] == "failed_run" })
    }

    @Test func `runs come by their beginning, and pages stay while others begin and end`() async throws {
        let first = try await bench.call("runs.list", ["limit": 1])
        #expect(first["items"]?[0]?["execution_id"] == "asking-open")
        #expect(first["items"]?[0]?["waits_for_person"] == true)
        try bench.workflows.run("chain", as: "chain-new", after: 600)
        let second = try await bench.call("runs.list", ["limit": 1, "cursor": first.field("next")])
        #expect(second["items"]?[0]?["execution_id"] == "chain-bad")
        #expect(second["items"]?[0]?["status"] == "failed")
        let failed = try await bench.call("runs.list", ["status": "failed"])
        #expect(failed["items"]?.list?.count == 1)
        let waiting = try await bench.call("runs.list", ["status": "waiting"])
        #expect(waiting["items"]?.list?.compactMap { $0["execution_id"] } == ["asking-open"])
        #expect(try await bench.call("runs.list", ["workflow": "chain"])["items"]?.list?.count == 3)
    }

    @Test func `a run's tasks say how often they were tried and what they wait for`() async throws {
        let run = try await bench.call("runs.show", ["execution_id": "chain-bad"])
        let second = run["tasks"]?[1]
        #expect(second?["status"] == "FAILED" && second?["error"] == "it does not work")
        #expect(second?["depends_on"] == ["first"] && second?["attempts"] == 1)
        #expect(run["tasks_done"] == 2 && run["input"]?["n"] == 1)
        let open = try await bench.call("runs.show", ["execution_id": "asking-open"])
        #expect(open["approvals"]?[0]?["asks"] == "Buy it?")
    }

    @Test func `a workflow is made, changed and assigned, and each makes a version`() async throws {
        let made = try await bench.call(
            "workflows.create",
            [
                "name": "mine", "description": "of my own", "priority": 9,
                "steps": [["name": "scan", "type": "scan_market", "params": ["top": 5]], ["name": "b", "type": "y"]],
                "triggers": [["type": "schedule", "cron": "0 9 * * 1-5"]], "metadata": ["team": "one"],
            ])
        #expect(made["success"] == true && made["workflow_id"] == "mine" && made["priority"] == "CRITICAL")
        #expect(made["features"]?.list?.contains("triggers") == true)
        let changed = try await bench.call(
            "workflows.update", ["workflow_id": "mine", "updates": ["steps[0].params.top": 7]])
        #expect(changed["version"] == 2 && changed["metadata"]?["team"] == "one")
        let assigned = try await bench.call(
            "workflows.assign", ["workflow_id": "mine", "task_id": "scan", "agent_type": "scout"])
        #expect(assigned["version"] == 3 && assigned["previous_agent"] == .null)
        let shown = try await bench.call("workflows.show", ["workflow_id": "mine"])
        #expect(shown["versions"]?.list?.count == 3)
        #expect(shown["document"]?.text?.contains("scout") == true)
        #expect(
            try bench.workflows.library.plan(bench.workflows.library.definition("mine")).tasks[0].definition.agent
                == "scout")
    }

    @Test func `an agent is chosen by the words it shares with the step`() async throws {
        _ = try await bench.call(
            "workflows.create",
            [
                "name": "trades",
                "steps": [["name": "trade_now", "type": "trade_execution"], ["name": "zz", "type": "qq"]],
            ])
        let chosen = try await bench.call(
            "workflows.assign", ["workflow_id": "trades", "step": "trade_now", "use_vector_similarity": true])
        #expect(chosen["agent_type"] == "trader")
        #expect((chosen["similarity"]?.number ?? 0) > 0.1)
        let problem = await bench.problem(
            "workflows.assign", ["workflow_id": "trades", "step": "zz", "use_vector_similarity": true])
        #expect(problem?.code == .invalid)
    }

    @Test func `every fault of a document is told with its line`() async {
        let text = "name: x\nsteps:\n  - {name: a, typ: b}\n  - {name: c, type: d, depends_on: [e]}\n"
        let problem = await bench.problem("workflows.check", ["document": .text(text)])
        #expect(problem?.faults.map(\.field).contains("document:3") == true)
        #expect(problem?.faults.map(\.field).contains("document:4") == true)
    }

    @Test func `a run that may touch a venue asks for the right to trade`() async throws {
        let problem = await bench.problem("workflows.run", ["workflow_id": "chain"], by: .researcher)
        #expect(problem?.code == .forbidden)
        let test = try await bench.call(
            "workflows.run", ["workflow_id": "chain", "input_data": ["test_mode": true]], by: .researcher)
        #expect(test["test_mode"] == true)
    }

    @Test func `without a process that serves a run is kept and waits`() async throws {
        let answer = try await bench.call("workflows.run", ["workflow_id": "chain", "test_mode": true], as: "abc")
        #expect(answer["status"] == "queued" && answer["served"] == false)
        let again = try await bench.call("workflows.run", ["workflow_id": "chain", "test_mode": true], as: "abc")
        #expect(again["execution_id"] == answer["execution_id"])
        #expect(try bench.workflows.queues.peek(RequestBox.queue, limit: 9, at: bench.time.now).count >= 1)
    }

    @Test func `a process of this home that serves meanwhile does what is asked`() async throws {
        let host = serving(bench)
        let answer = try await bench.call(
            "workflows.run", ["workflow_id": "chain", "test_mode": true, "async": false], host: host)
        #expect(answer["status"] != "queued")
        let approved = try await bench.call(
            "runs.approve", ["execution_id": "asking-open", "step": "confirm"], as: "yes", host: host)
        #expect(approved["status"] == "done")
        let history = try bench.workflows.journal.history(of: RunID("asking-open"))
        #expect(history.contains { if case .taskCompleted("confirm", _, _, _) = $0.fact { true } else { false } })
    }

    @Test func `what the serving process refuses is a conflict`() async throws {
        let host = serving(bench)
        do {
            _ = try await bench.call(
                "runs.approve", ["execution_id": "asking-open", "step": "look"], host: host)
            Issue.record("a step that asks nobody was approved")
        } catch let problem as CommandProblem {
            #expect(problem.code == .conflict)
        }
    }

    /// Serves the bench's workflows while a body runs.
    private func serving(_ bench: Bench) -> WorkflowServices.Host {
        let (journal, library) = (bench.workflows.journal, bench.workflows.library)
        // The service's own time stands, so that nothing runs out while a test asks.
        let time = ManualTime(at: bench.time.now)
        return { body in
            let steps = WorkflowSteps.withoutDesk
            let service = WorkflowService(
                journal: journal, handlers: steps.handlers, time: time, plans: try library.plans())
            let roster = TriggerRoster(service, journal, steps: steps, time: time, isTest: true)
            let intake = RequestIntake(
                service, RequestBox(journal.queue, journal), journal.queue, library: library, steps: steps,
                triggers: roster, time: time)
            try await withThrowingTaskGroup(of: Void.self) { group in
                defer { service.stop() }
                group.addTask { try await service.run() }
                while try await intake.takeWhatIsThere() == 0 { await Task.yield() }
                try await body()
            }
        }
    }

    @Test func `triggers are paused where nobody serves`() async throws {
        let answer = try await bench.call("triggers.pause", ["workflow_id": "chain", "trigger": "schedule"])
        #expect(answer["status"] == "done")
        let items = try await bench.call("triggers.list")["items"]?.list ?? []
        #expect(items.map { $0.field("paused") } == [true, false])
        #expect(items.map { $0.field("threshold") } == ["0 9 * * 1-5 America/New_York", 0.02])
    }

    @Test func `a queue is made with its settings, and only an administrator changes one that is there`() async throws {
        let given: [String: Value] = ["name": "fresh", "max_retries": 1, "dead_letter_queue": .null]
        let made = try await bench.call("queues.create", given, by: .researcher)
        #expect(made["result"] == "made" && made["settings"]?["max_retries"] == 1)
        #expect(made["settings"]?["dead_letter_queue"] == .null && made["settings"]?["batch_size"] == 10)
        let again = try await bench.call("queues.create", given, by: .researcher)
        #expect(again["result"] == "unchanged")
        let other = given.merging(["max_retries": 2]) { $1 }
        #expect(await bench.problem("queues.create", other, by: .researcher)?.code == .forbidden)
        #expect(try await bench.call("queues.create", other)["result"] == "changed")
        #expect(try bench.workflows.queues.settings(of: "fresh").maxRetries == 2)
        let names = try await bench.call("queues.list")["items"]?.list?.compactMap { $0["name"]?.text }
        #expect(names?.contains("fresh") == true)
    }

    @Test func `runs are read a page at a time, the newest first, whatever is asked of them`() async throws {
        for number in 0..<7 {
            try bench.workflows.run(
                "chain", as: "more-\(number)", after: 200 + number, failing: number % 3 == 0 ? "second" : nil)
        }
        func names(_ filter: [String: Value], limit: Int64) async throws -> [String] {
            var (names, cursor): ([String], Value) = ([], .null)
            repeat {
                let page = try await bench.call(
                    "runs.list", filter.merging(["limit": .integer(limit), "cursor": cursor]) { $1 })
                #expect((page["items"]?.list?.count ?? 0) <= limit)
                names += page["items"]?.list?.compactMap { $0["execution_id"]?.text } ?? []
                cursor = page.field("next")
            } while cursor != .null
            return names
        }
        let all = (0..<7).reversed().map { "more-\($0)" } + ["asking-open", "chain-bad", "chain-good"]
        for limit: Int64 in [1, 3, 10, 50] {
            #expect(try await names([:], limit: limit) == all)
            #expect(try await names(["status": "failed"], limit: limit) == ["more-6", "more-3", "more-0", "chain-bad"])
            #expect(try await names(["workflow": "asking"], limit: limit) == ["asking-open"])
            #expect(try await names(["status": "waiting"], limit: limit) == ["asking-open"])
        }
    }

    @Test func `a run that cannot be read is listed with the reason, and needs a person while it is open`() async throws
    {
        let header = RunHeader(workflow: "gone", version: 1, fingerprint: 7)
        try bench.workflows.journal.append(
            [RunEvent(.runStarted(header), at: bench.time.now)], to: RunID("lost"), after: 0)
        let item = try #require(try await bench.call("runs.list")["items"]?[0])
        #expect(item["execution_id"] == "lost" && item["problem"]?.text?.contains("gone") == true)
        let waiting = try await bench.call("runs.list", ["status": "waiting"])["items"]?.list ?? []
        #expect(waiting.map { $0.field("execution_id") } == ["lost", "asking-open"])
        let needs = try await bench.call("status")["needs_person"]?.list ?? []
        let lost = try #require(needs.first { $0["kind"] == "unreadable_run" })
        #expect(lost["id"] == "lost" && lost["text"]?.text?.contains("cannot be read") == true)
    }

    @Test func `an agent is healthy whose newest task went well`() async throws {
        func agents() async throws -> Value { try await bench.call("status").field("agents") }
        // The last run of 'chain' failed at the trader's task.
        let before = try await agents()
        #expect(before["total"] == 2 && before["healthy"] == 1 && before["failing"] == ["trader"])
        try bench.workflows.run("chain", as: "chain-later", after: 600)
        let after = try await agents()
        #expect(after["healthy"] == 2 && after["failing"] == [])
    }

    @Test func `dead letters are those of their queue and go back to it`() async throws {
        let dead = try await bench.call("queues.messages", ["name": "trading-signals", "dead": true])
        #expect(dead["items"]?.list?.count == 1 && dead["items"]?[0]?["error"] == "boom")
        let waiting = try await bench.call("queues.messages", ["name": "trading-signals", "limit": 2])
        let rest = try await bench.call(
            "queues.messages", ["name": "trading-signals", "limit": 2, "cursor": waiting.field("next")])
        #expect(rest["items"]?.list?.count == 1 && rest["next"] == .null)
        #expect(try await bench.call("queues.redrive", ["name": "trading-signals"])["messages"] == 1)
        #expect(try await bench.call("queues.redrive", ["name": "trading-signals"])["messages"] == 0)
        let status = try await bench.call(
            "queues.status", ["queue_name": "trading-signals", "include_messages": true])
        #expect(status["total_messages"] == 4 && status["messages"]?.list?.count == 4)
    }

    @Test func `a workflow's trail is what its runs' histories hold`() async throws {
        let trail = try await bench.call("workflows.audit", ["workflow_id": "chain", "limit": 500])
        let expected = try ["chain-good", "chain-bad"].reduce(0) {
            $0 + (try bench.workflows.journal.history(of: RunID($1)).count)
        }
        #expect(trail["events"]?.list?.count == expected && trail["complete"] == true)
        #expect(trail["execution_id"] == "chain-bad")
        let times = (trail["events"]?.list ?? []).compactMap { $0["timestamp"]?.text }
        #expect(times == times.sorted())
        let short = try await bench.call("workflows.audit", ["workflow_id": "chain", "limit": 3])
        #expect(short["events"]?.list == Array((trail["events"]?.list ?? []).suffix(3)) && short["complete"] == false)
    }

    @Test func `events of all runs are asked on from the last`() async throws {
        var (seen, after): ([Int64], Int64) = ([], 0)
        while true {
            let page = try await bench.call("events", ["after": .integer(after), "limit": 4])
            let items = page["items"]?.list ?? []
            if items.isEmpty { break }
            seen += items.compactMap { $0["number"]?.integer }
            after = page["last"]?.integer ?? 0
        }
        #expect(seen == Array(1...Int64(seen.count)))
        #expect(seen.count > 10)
        let newest = try await bench.call("events", ["limit": 3])
        #expect((newest["items"]?.list ?? []).compactMap { $0["number"]?.integer } == Array(seen.suffix(3)))
    }
}
