import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Requests to the engine") struct RequestTests {
    private static let asking = WorkflowDefinition(
        "w", tasks: [TaskDefinition("ask", .approval), .job("z", after: ["ask"])])

    private func answer(_ isApproved: Bool) -> EngineInput {
        .answer(Approval(run: RunID("r"), task: "ask", isApproved: isApproved, by: "somebody"), RequestID(9))
    }

    private func refusal(_ engine: TestEngine) -> EngineRefusal? {
        for case .refused(_, let refusal) in engine.commands { return refusal }
        return nil
    }

    @Test func `a yes goes on, a no fails and blocks`() throws {
        for isApproved in [true, false] {
            var engine = try TestEngine(RequestTests.asking)
            try engine.start()
            try engine.handle(answer(isApproved))
            #expect(engine.names == (isApproved ? ["r z"] : []))
            if !isApproved {
                #expect(try engine.outcome()?.failures.map(\.error) == ["rejected: rejected by somebody"])
            }
        }
    }

    @Test func `an answer that comes too late, twice or to nobody is refused`() throws {
        var engine = try TestEngine(RequestTests.asking)
        try engine.handle(answer(true))
        #expect(refusal(engine)?.code == .unknownRun)
        try engine.start()
        try engine.handle(answer(true))
        try engine.handle(answer(false))
        #expect(refusal(engine)?.code == .notNow)
        var late = try TestEngine(RequestTests.asking)
        try late.start()
        try late.tick(after: .seconds(300))
        try late.handle(answer(true))
        #expect(refusal(late)?.code == .unknownRun)
        #expect(try late.outcome()?.status == .failed)
    }

    @Test func `a question still waits after a crash`() throws {
        var engine = try TestEngine(RequestTests.asking)
        try engine.start()
        try engine.reboot()
        try engine.handle(answer(true))
        #expect(engine.names == ["r z"])
    }

    @Test func `the same run is not begun twice, also where it ends at once`() throws {
        let joined = WorkflowDefinition("w", tasks: [TaskDefinition("j", .join)])
        var engine = try TestEngine(joined)
        let request = RunRequest("w", as: RunID("r"))
        try engine.handle(.start(request, RequestID(1)), .start(request, RequestID(2)))
        #expect(refusal(engine)?.code == .runExists)
        #expect(try engine.journal.history(of: RunID("r")).count == 4)
    }

    @Test func `a fork keeps what was done before and does the rest again`() throws {
        let tasks: [TaskDefinition] = [.job("a"), .job("b", after: ["a"]), .job("c", after: ["b"]), .job("d")]
        var engine = try TestEngine(WorkflowDefinition("w", tasks: tasks))
        try engine.start()
        try engine.finish("a", ["n": 1])
        try engine.finish("d")
        try engine.fail("b")
        let fork = ForkRequest(
            RunID("s"), of: RunID("r"), try engine.journal.history(of: RunID("r")), from: ["b"])
        try engine.handle(.fork(fork, nil))
        #expect(engine.names == ["s b"])
        #expect(engine.orders[0].result(of: "a") == ["n": 1])
        try engine.finish("b", of: "s")
        try engine.finish("c", of: "s")
        #expect(try engine.outcome("s") == .completed)
    }

    @Test func `a fork of a saga does again what was undone`() throws {
        let tasks: [TaskDefinition] = [.job("a").undoable, .job("d"), .job("b", after: ["a", "d"])]
        var engine = try TestEngine(WorkflowDefinition("w", tasks: tasks))
        try engine.start()
        try engine.finish("a")
        try engine.finish("d")
        try engine.fail("b")
        try engine.finish("undo:a")
        let fork = ForkRequest(
            RunID("s"), of: RunID("r"), try engine.journal.history(of: RunID("r")), from: ["b"])
        try engine.handle(.fork(fork, nil))
        #expect(engine.names == ["s a"])
    }

    @Test func `a run is cancelled in every phase, once`() throws {
        var engine = try TestEngine(WorkflowDefinition("w", tasks: [.job("a").undoable, .job("b", after: ["a"])]))
        let cancel = EngineInput.cancel(RunID("r"), reason: "enough", RequestID(3))
        try engine.handle(cancel)
        #expect(refusal(engine)?.code == .unknownRun)
        try engine.start()
        try engine.finish("a")
        try engine.handle(cancel)
        try engine.handle(cancel)
        #expect(refusal(engine)?.code == .notNow)
        try engine.settle("b", .cancelled)
        #expect(engine.names == ["r undo:a"])
        try engine.handle(cancel)
        #expect(refusal(engine)?.code == .notNow)
        try engine.finish("undo:a")
        try engine.handle(cancel)
        #expect(refusal(engine)?.code == .unknownRun)
    }

    @Test func `what cannot be kept is refused before it can stop the engine`() throws {
        var engine = try TestEngine(RequestTests.asking)
        let deep = (0..<1_000).reduce(Value.null) { inner, _ in .list([inner]) }
        for input: Value in [["x": .number(.nan)], ["x": [.number(.infinity)]], deep] {
            try engine.start(input: input)
            #expect(refusal(engine)?.code == .notNow)
            try engine.start(as: "other")
            let checks = [RunAdjustment.Check("c", type: "c", params: input)]
            try engine.handle(.adjust(RunID("other"), RunAdjustment(reason: "x", checks: checks), RequestID(1)))
            #expect(refusal(engine)?.code == .notNow)
        }
    }

    @Test func `a decision on a number is the same before and after a crash`() throws {
        let task = TaskDefinition.job("a").with { $0.condition = try? Condition("x * 100 > 1") }
        let engine = try { () throws -> TestEngine in
            var engine = try TestEngine(WorkflowDefinition("w", tasks: [task, .job("b")]))
            try engine.start(input: ["x": .number(1e18)])
            return engine
        }()
        let events = try engine.journal.history(of: RunID("r"))
        guard case .runStarted(var header)? = events.first?.fact else { return }
        header.input = try Value(json: try #require(header.input).json())
        let stored = [RunEvent(.runStarted(header), at: engine.time)] + events.dropFirst()
        let plan = try #require(engine.machine.machine(of: RunID("r"))?.plan)
        #expect(throws: Never.self) { try RunReplay.machine(plan, run: RunID("r"), Array(stored)) }
    }

    @Test func `times beyond counting are cut, not trapped`() throws {
        let longest = Duration.seconds(Int64.max / 2)
        let tasks = [
            TaskDefinition.job("a", attempts: 2).with { $0.timeout = longest },
            TaskDefinition("b", .wait(longest)), TaskDefinition.job("c").with { $0.timeout = .seconds(-5) },
        ]
        var engine = try TestEngine(WorkflowDefinition("w", timeout: longest, tasks: tasks))
        try engine.start()
        try engine.handle(.adjust(RunID("r"), RunAdjustment(reason: "x", timeoutFactor: 1_000), nil))
        try engine.fail("a", mayRetry: true)
        try engine.tick(after: .seconds(1))
        #expect(engine.state("a") == .running(attempt: 2, until: try #require(engine.orders.last?.deadline)))
    }
}
