import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Workflow service") struct WorkflowServiceTests {
    @Test func `a run is done to its end and everything is in its history`() async throws {
        let plan = try TestRun.plan([("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"])])
        let journal = InMemoryJournal()
        let outcome = try await serve(journal, [plan]) { service in
            try await service.start(RunRequest("w", as: RunID("r"), input: ["n": 7]))
            return try await service.outcome(of: RunID("r"))
        }
        #expect(outcome == .completed)
        let machine = try RunReplay.machine(plan, run: RunID("r"), journal.history(of: RunID("r")))
        #expect(machine.output(of: "d") == ["task": "d", "n": 7, "saw": ["a", "b", "c"]])
    }

    @Test func `a run of a workflow that nobody knows is refused`() async throws {
        let error = await #expect(throws: EngineRefusal.self) {
            try await serve(InMemoryJournal(), []) { try await $0.start(RunRequest("w", as: RunID("r"))) }
        }
        #expect(error?.message == "there is no workflow 'w'; none is known")
    }

    @Test func `a run that a service left open is taken up by the next one`() async throws {
        let plan = try TestRun.plan([("a", []), ("stuck", ["a"])])
        let journal = InMemoryJournal()
        let time = ManualTime()
        try await serve(journal, [plan], time: time) { service in
            try await service.start(RunRequest("w", as: RunID("r")))
            while try journal.history(of: RunID("r")).count < 4 { await Task.yield() }
        }
        #expect(try journal.openRuns().map(\.run.text) == ["r"])
        var handlers = TaskHandlers()
        for type in ["a", "stuck"] { handlers.add(type) { _ in "done" } }
        let outcome = try await serve(journal, [plan], handlers, time: time) {
            try await $0.outcome(of: RunID("r"))
        }
        #expect(outcome == .completed)
    }

    @Test func `an open run that cannot be read is left alone and keeps no other run waiting`() async throws {
        let (known, gone) = (
            try TestRun.plan([("a", [])]), WorkflowDefinition("gone", tasks: [TaskDefinition("x", .join)])
        )
        let journal = InMemoryJournal()
        let lost = RunID("lost")
        let started = RunEvent(.runStarted(RunHeader(try WorkflowPlan(gone))), at: Timestamp(nanoseconds: 0))
        try journal.append([started], to: lost, after: 0)
        let (outcome, unreadable) = try await serve(journal, [known]) { service in
            try await service.start(RunRequest("w", as: RunID("r")))
            return (try await service.outcome(of: RunID("r")), await service.unreadable)
        }
        #expect(outcome == .completed)
        #expect(unreadable[lost]?.contains("'gone' version 1, which is not known") == true)
        #expect(try journal.openRuns().map(\.run) == [lost])
    }

    private func serve<Result: Sendable>(
        _ journal: any Journal, _ plans: [WorkflowPlan], _ handlers: TaskHandlers? = nil,
        time: any TimeSource = ManualTime(), _ body: @Sendable (WorkflowService) async throws -> Result
    ) async throws -> Result {
        let service = WorkflowService(journal: journal, handlers: handlers ?? echo(), time: time, plans: plans)
        async let running: Void = service.run()
        do {
            let result = try await body(service)
            service.stop()
            try await running
            return result
        } catch {
            service.stop()
            try await running
            throw error
        }
    }

    private func echo() -> TaskHandlers {
        var handlers = TaskHandlers()
        for type in ["a", "b", "c", "d"] {
            handlers.add(type) { order in
                [
                    "task": .text(order.type), "n": order.input["n"] ?? .null,
                    "saw": .list(order.results.keys.sorted().map(Value.text)),
                ]
            }
        }
        handlers.add("stuck") { _ in
            try await Task.sleep(for: .seconds(1_000))
            return .null
        }
        return handlers
    }
}
