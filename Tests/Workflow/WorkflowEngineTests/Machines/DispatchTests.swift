import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Dispatching") struct DispatchTests {
    private func fan(_ count: Int, limit: Int? = nil) -> WorkflowDefinition {
        WorkflowDefinition("w", concurrency: limit, tasks: (0..<count).map { .job("t\($0)") })
    }

    @Test func `no more is under way than the engine and the run allow`() throws {
        var engine = try TestEngine(capacity: 3, fan(4, limit: 2))
        try engine.start(as: "r")
        try engine.start(as: "s")
        #expect(engine.names == ["r t0", "r t1", "s t0"])
        try engine.finish("t0", of: "r")
        #expect(engine.names == ["r t1", "s t0", "r t2"])
        try engine.finish("t0", of: "s")
        #expect(engine.names == ["r t1", "r t2", "s t1"])
    }

    @Test func `what is more urgent goes first, across runs`() throws {
        let tasks = Priority.allCases.map { priority in
            TaskDefinition.job(priority.name).with { $0.priority = priority }
        }
        var engine = try TestEngine(capacity: 1, WorkflowDefinition("w", tasks: tasks), fan(1).renamed("first"))
        try engine.start("first", as: "f")
        try engine.start(as: "r")
        try engine.start(as: "s")
        var order: [String] = []
        while let next = engine.orders.first {
            order.append("\(next.key.run) \(next.key.task)")
            try engine.finish(next.key.task, of: next.key.run.text)
        }
        #expect(
            order == [
                "f t0", "r CRITICAL", "s CRITICAL", "r HIGH", "s HIGH", "r MEDIUM", "s MEDIUM", "r LOW", "s LOW",
            ])
    }

    @Test func `a task that waited for its run's limit keeps its place in the queue`() throws {
        var engine = try TestEngine(capacity: 2, fan(2, limit: 1), fan(3).renamed("v"))
        try engine.start(as: "r")
        try engine.start("v", as: "s")
        #expect(engine.names == ["r t0", "s t0"])
        try engine.finish("t0", of: "r")
        #expect(engine.names == ["s t0", "r t1"])
    }

    @Test func `a limit of nothing is a limit of one`() throws {
        var engine = try TestEngine(fan(2, limit: 0))
        try engine.start()
        #expect(engine.names == ["r t0"])
        try engine.finish("t0")
        try engine.finish("t1")
        #expect(try engine.outcome() == .completed)
    }

    @Test func `a wide fan-out under a limit is handed out in time`() throws {
        var engine = try TestEngine(fan(3_000, limit: 2))
        try engine.start()
        while let next = engine.orders.first { try engine.finish(next.key.task) }
        #expect(try engine.outcome() == .completed)
    }

    @Test func `work that waits to be begun again after a crash is not begun in a cancelled run`() throws {
        let urgent = WorkflowDefinition("v", tasks: [TaskDefinition.job("u").with { $0.priority = .critical }])
        var engine = try TestEngine(capacity: 1, fan(1), urgent)
        try engine.start("w", as: "r")
        try engine.start("v", as: "s")
        #expect(engine.names == ["r t0"])
        try engine.reboot()
        #expect(engine.names == ["s u"])
        try engine.handle(.cancel(RunID("r"), reason: "enough", nil))
        #expect(try engine.outcome("r")?.status == .cancelled)
        try engine.finish("u", of: "s")
        #expect(engine.names == [])
    }
}

extension WorkflowDefinition {
    fileprivate func renamed(_ name: String) -> WorkflowDefinition {
        var definition = self
        definition.name = name
        return definition
    }
}
