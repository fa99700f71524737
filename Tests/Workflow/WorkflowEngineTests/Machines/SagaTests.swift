import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Sagas") struct SagaTests {
    private static let tasks: [TaskDefinition] = [
        .job("a").undoable, .job("b", after: ["a"], attempts: 2).undoable, .job("c", after: ["b"]),
    ]

    private func engine(_ tasks: [TaskDefinition] = tasks) throws -> TestEngine {
        var engine = try TestEngine(WorkflowDefinition("w", tasks: tasks))
        try engine.start()
        return engine
    }

    @Test func `what was done is undone in reverse, each with the output of what it undoes`() throws {
        var engine = try engine()
        try engine.finish("a", ["id": 1])
        try engine.finish("b", ["id": 2])
        try engine.fail("c")
        #expect(engine.names == ["r undo:b"])
        #expect(engine.orders[0].type == "un-b")
        #expect(engine.orders[0].result(of: "b") == ["id": 2])
        try engine.finish("undo:b")
        try engine.finish("undo:a")
        let outcome = try #require(try engine.outcome())
        #expect(outcome.status == .failed)
        #expect(outcome.failures.map(\.task) == ["c"])
        #expect(outcome.compensated == ["b", "a"])
    }

    @Test func `a failing saga waits for no answer and for no pause before it undoes`() throws {
        let asks = TaskDefinition("asks", .approval)
        let rests = TaskDefinition("rests", .wait(.seconds(3_000)))
        var engine = try engine([.job("a").undoable, asks, rests, .job("b", after: ["a"])])
        try engine.finish("a")
        try engine.fail("b")
        #expect(engine.names == ["r undo:a"])
        try engine.finish("undo:a")
        #expect(try engine.outcome()?.compensated == ["a"])
    }

    @Test func `undoing that fails or takes too long is told, and the rest is undone all the same`() throws {
        var engine = try engine()
        try engine.finish("a")
        try engine.finish("b")
        try engine.fail("c")
        try engine.fail("undo:b")
        #expect(engine.names == ["r undo:a"])
        try engine.tick(after: .seconds(300))
        let outcome = try #require(try engine.outcome())
        #expect(outcome.compensated.isEmpty)
        #expect(outcome.uncompensated.map(\.task) == ["b", "a"])
        #expect(outcome.uncompensated.map(\.error) == ["no", "it took too long"])
    }

    @Test func `a task whose time ran out is undone and the run has still failed`() throws {
        var engine = try engine([.job("a").undoable])
        try engine.tick(after: .seconds(300))
        try engine.finish("undo:a")
        let outcome = try #require(try engine.outcome())
        #expect(outcome.status == .failed)
        #expect(outcome.failures.map(\.error) == ["it took too long"])
        #expect(outcome.compensated == ["a"])
    }

    @Test func `a task is undone when its first try took too long and its second failed`() throws {
        var engine = try engine()
        try engine.finish("a")
        try engine.tick(after: .seconds(300))
        try engine.tick(after: .seconds(1))
        #expect(engine.orders.last?.key.attempt == 2)
        try engine.handle(.settled(engine.orders[1].key, .failed(TaskFailure("no", mayRetry: false))))
        #expect(engine.names.last == "r undo:b")
    }

    @Test func `a task is undone when its first try took too long and the run stops before its second`() throws {
        var engine = try engine([.job("a", attempts: 2).undoable, .job("z").with { $0.timeout = .seconds(301) }])
        try engine.tick(after: .seconds(300))
        #expect(engine.state("a")?.name == "RETRYING")
        try engine.fail("z")
        #expect(engine.names.last == "r undo:a")
        try engine.finish("undo:a")
        #expect(try engine.outcome()?.compensated == ["a"])
    }

    @Test func `a result from the cache is not undone, for it was not done here`() throws {
        var engine = try engine([.job("a").undoable, .job("c", after: ["a"])])
        try engine.settle("a", .completed([UInt8]("{}".utf8), cached: true))
        try engine.fail("c")
        #expect(try engine.outcome()?.status == .failed)
        #expect(try engine.outcome()?.compensated == [])
    }

    @Test func `undoing goes on where the process died`() throws {
        var engine = try engine()
        try engine.finish("a")
        try engine.finish("b")
        try engine.fail("c")
        try engine.finish("undo:b")
        try engine.reboot()
        #expect(engine.names == ["r undo:a"])
        try engine.finish("undo:a")
        #expect(try engine.outcome()?.compensated == ["b", "a"])
    }

    @Test func `a cancelled saga undoes what was done and what was cut off`() throws {
        var engine = try engine()
        try engine.finish("a")
        try engine.handle(.cancel(RunID("r"), reason: "enough", nil))
        try engine.settle("b", .cancelled)
        #expect(engine.names == ["r undo:b"])
        try engine.finish("undo:b")
        try engine.finish("undo:a")
        #expect(try engine.outcome()?.status == .cancelled)
        #expect(try engine.outcome()?.compensated == ["b", "a"])
    }

    @Test func `an earlier round of a stage stays done`() throws {
        var window = StageWindow(from: .time(.zero), until: .time(.zero))
        window.every = .seconds(10)
        let definition = WorkflowDefinition(
            "w", stages: [Stage("s", window: window)],
            tasks: [
                TaskDefinition.job("a").undoable.with { $0.stage = 0 },
                TaskDefinition.job("b", after: ["a"]).with { $0.stage = 0 },
            ])
        var engine = try TestEngine(definition)
        var request = RunRequest("w", as: RunID("r"))
        request.windows = [RunHeader.Window(from: engine.time, until: engine.time + .seconds(100))]
        try engine.handle(.start(request, nil))
        try engine.finish("a")
        try engine.finish("b")
        try engine.tick(after: .seconds(10))
        try engine.finish("a")
        try engine.fail("b")
        #expect(engine.orders.map(\.idempotencyKey) == ["r/undo:a#2"])
        try engine.finish("undo:a")
        #expect(try engine.outcome()?.compensated == ["a"])
    }
}
