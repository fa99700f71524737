import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Runs that runs start") struct ChildRunTests {
    private static let outer = WorkflowDefinition(
        "w", tasks: [TaskDefinition("sub", .subprocess(workflow: "inner")), .job("z", after: ["sub"])])
    private static let inner = WorkflowDefinition("inner", tasks: [.job("i")])

    private func engine() throws -> TestEngine {
        var engine = try TestEngine(ChildRunTests.outer, ChildRunTests.inner)
        try engine.start(input: ["symbol": "SPY"])
        return engine
    }

    @Test func `the results of the started run are handed back`() throws {
        var engine = try engine()
        #expect(engine.names == ["r::sub i"])
        #expect(engine.orders[0].input["symbol"] == "SPY")
        try engine.finish("i", of: "r::sub", ["n": 7])
        #expect(engine.orders[0].result(of: "sub")?["results"]?["i"]?["n"] == 7)
        try engine.finish("z")
        #expect(try engine.outcome() == .completed)
    }

    @Test func `its failure is the failure of the task`() throws {
        var engine = try engine()
        try engine.fail("i", of: "r::sub")
        #expect(try engine.outcome()?.failures.first?.error == "subprocess: the run 'r::sub' ended failed: i: no")
        #expect(try engine.outcome()?.blocked.map(\.task) == ["z"])
    }

    @Test func `it ends early when its parent does, and its parent waits for it`() throws {
        var engine = try engine()
        try engine.handle(.cancel(RunID("r"), reason: "enough", nil))
        #expect(engine.commands.contains(.cancel(engine.orders[0].key)))
        #expect(try engine.outcome() == nil)
        try engine.settle("i", of: "r::sub", .cancelled)
        #expect(try engine.outcome("r::sub")?.status == .cancelled)
        #expect(try engine.outcome()?.status == .cancelled)
    }

    @Test func `cancelled alone it is a failure of its parent`() throws {
        var engine = try engine()
        try engine.handle(.cancel(RunID("r::sub"), reason: "enough", nil))
        try engine.settle("i", of: "r::sub", .cancelled)
        #expect(try engine.outcome()?.status == .failed)
    }

    @Test func `it is given up with its parent's time`() throws {
        var engine = try engine()
        try engine.tick(after: .seconds(300))
        #expect(try engine.outcome()?.failures.map(\.error) == ["it took too long"])
        #expect(engine.commands.contains(.cancel(engine.orders[0].key)))
        try engine.settle("i", of: "r::sub", .cancelled)
        #expect(try engine.outcome("r::sub")?.status == .cancelled)
    }

    @Test func `a workflow that does not exist is a failure of the task`() throws {
        var engine = try TestEngine(ChildRunTests.outer)
        try engine.start()
        let error = try engine.outcome()?.failures.first?.error
        #expect(error == "unknown_workflow: there is no workflow 'inner'")
    }

    @Test func `a workflow that starts itself is stopped at the greatest depth`() throws {
        let endless = WorkflowDefinition("w", tasks: [TaskDefinition("s", .subprocess(workflow: "w"))])
        var engine = try TestEngine(endless)
        try engine.start()
        #expect(try engine.outcome()?.status == .failed)
        let deepest = RunID("r" + String(repeating: "::s", count: WorkflowMachine.greatestDepth))
        #expect(try engine.outcome(deepest.text)?.failures.first?.error.hasPrefix("too_deep") == true)
        #expect(engine.machine.openRuns == [])
    }

    @Test func `both go on after a crash without being started again`() throws {
        var engine = try engine()
        try engine.reboot()
        #expect(engine.names == ["r::sub i"])
        try engine.finish("i", of: "r::sub")
        try engine.finish("z")
        #expect(try engine.outcome() == .completed)
    }

    @Test func `nobody else may take the name of a started run`() throws {
        var engine = try TestEngine(ChildRunTests.outer, ChildRunTests.inner)
        try engine.start("inner", as: "r::sub")
        guard case .refused(_, let refusal)? = engine.commands.first else {
            Issue.record("the run was not refused")
            return
        }
        #expect(refusal.code == .runExists)
    }

    @Test func `tasks whose names hold the signs of keys share no key`() throws {
        let tasks: [TaskDefinition] = [
            .job("a/i"), .job("a%2Fi"), .job("a#2"), TaskDefinition("a", .subprocess(workflow: "inner")),
        ]
        var engine = try TestEngine(WorkflowDefinition("w", tasks: tasks), ChildRunTests.inner)
        try engine.start()
        #expect(Set(engine.orders.map(\.idempotencyKey)) == ["r/a%2Fi", "r/a%252Fi", "r/a%232", "r::a/i"])
    }
}
