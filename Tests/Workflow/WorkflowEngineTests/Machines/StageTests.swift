import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Stages") struct StageTests {
    private static let day = WorkflowDefinition(
        "w",
        stages: [
            Stage("open", window: StageWindow(from: .time(.zero), until: .time(.zero))),
            Stage("trade", window: StageWindow(from: .time(.zero), until: .time(.zero), every: .seconds(10))),
            Stage("close"),
        ],
        tasks: [
            .job("a").with { $0.stage = 0 }, .job("b", after: ["a"]).with { $0.stage = 0 },
            .job("t").with { $0.stage = 1 }, .job("u", after: ["t"]).with { $0.stage = 1 },
            .job("z", after: ["b"]).with { $0.stage = 2 },
        ])

    /// Windows from 10 to 20 and from 30 to 60 seconds after zero.
    private func day(at seconds: Int64) throws -> TestEngine {
        var engine = try TestEngine(StageTests.day)
        engine.time = Timestamp(nanoseconds: seconds * 1_000_000_000)
        var request = RunRequest("w", as: RunID("r"))
        let zero = Timestamp(nanoseconds: 0)
        request.windows = [
            RunHeader.Window(from: zero + .seconds(10), until: zero + .seconds(20)),
            RunHeader.Window(from: zero + .seconds(30), until: zero + .seconds(60)), nil,
        ]
        try engine.handle(.start(request, nil))
        return engine
    }

    @Test func `a stage waits for its window, and the next one for its own`() throws {
        var engine = try day(at: 0)
        #expect(engine.names == [])
        #expect(engine.machine.nextDeadline == Timestamp(nanoseconds: 10_000_000_000))
        try engine.tick(after: .seconds(10))
        #expect(engine.names == ["r a"])
        try engine.finish("a")
        try engine.finish("b")
        #expect(engine.names == [])
        try engine.tick(after: .seconds(20))
        #expect(engine.names == ["r t"])
    }

    @Test func `stages whose windows are over are passed over`() throws {
        var engine = try day(at: 100)
        #expect(engine.names == ["r z"])
        #expect(engine.state("t") == .skipped(.windowOver))
        try engine.finish("z")
        #expect(try engine.outcome() == .completed)
    }

    @Test func `a stage whose window passed while nobody was awake is passed over`() throws {
        var engine = try day(at: 0)
        try engine.tick(after: .seconds(100))
        #expect(engine.names == ["r z"])
        #expect(try !engine.history().contains("taskStarted a"))
        #expect(try !engine.history().contains("taskStarted t"))
    }

    @Test func `what is not done when the window closes is given up, and the rest goes on`() throws {
        var engine = try day(at: 10)
        try engine.tick(after: .seconds(10))
        #expect(engine.commands.contains(.cancel(engine.orders[0].key)))
        #expect(engine.state("a") == .timedOut(attempts: 1))
        #expect(engine.state("b") == .skipped(.blocked(by: "a")))
        try engine.tick(after: .seconds(80))
        #expect(try engine.outcome()?.status == .failed)
        #expect(try engine.outcome()?.blocked.map(\.task) == ["b", "z"])
    }

    @Test func `rounds are done with fresh records and keys of their own`() throws {
        var engine = try day(at: 30)
        try engine.finish("t", ["n": 1])
        try engine.finish("u")
        #expect(engine.machine.machine(of: RunID("r"))?.output(of: "t") == ["n": 1])
        try engine.tick(after: .seconds(10))
        #expect(engine.machine.machine(of: RunID("r"))?.output(of: "t") == nil)
        #expect(engine.orders.map(\.idempotencyKey) == ["r/t#2"])
        try engine.finish("t")
        try engine.finish("u")
        try engine.tick(after: .seconds(30))
        #expect(engine.names == ["r z"])
    }

    @Test func `a run cancelled between two rounds keeps what the last one did`() throws {
        var engine = try day(at: 30)
        try engine.finish("t")
        try engine.finish("u")
        try engine.handle(.cancel(RunID("r"), reason: "enough", nil))
        let end = try engine.history().suffix(3)
        #expect(end == ["cancelRequested", "taskSkipped z", "runFinished"])
    }

    @Test func `the last round of a subprocess is cut off with its window`() throws {
        let window = StageWindow(from: .time(.zero), until: .time(.zero), every: .seconds(10))
        let outer = WorkflowDefinition(
            "w", stages: [Stage("s", window: window), Stage("end")],
            tasks: [
                TaskDefinition("sub", .subprocess(workflow: "inner")).with { $0.stage = 0 },
                .job("z").with { $0.stage = 1 },
            ])
        var engine = try TestEngine(outer, WorkflowDefinition("inner", tasks: [.job("i")]))
        var request = RunRequest("w", as: RunID("r"))
        request.windows = [RunHeader.Window(from: engine.time, until: engine.time + .seconds(15)), nil]
        try engine.handle(.start(request, nil))
        try engine.finish("i", of: "r::sub")
        try engine.tick(after: .seconds(10))
        #expect(engine.names == ["r::sub#2 i"])
        try engine.tick(after: .seconds(5))
        #expect(engine.commands.contains(.cancel(engine.orders[0].key)))
        #expect(engine.machine.machine(of: RunID("r::sub#2"))?.phase != .running)
    }

    @Test func `a change that is refused changes nothing`() throws {
        var engine = try day(at: 10)
        let run = RunID("r")
        let checks = [RunAdjustment.Check("new", type: "x"), RunAdjustment.Check("new", type: "y")]
        let before = engine.machine.machine(of: run)
        try engine.handle(.adjust(run, RunAdjustment(reason: "1", timeoutFactor: 0.5, checks: checks), RequestID(1)))
        try engine.handle(.adjust(run, RunAdjustment(reason: "2", timeoutFactor: 1e300), RequestID(1)))
        try engine.handle(.adjust(run, RunAdjustment(reason: "3", timeoutFactor: -1), RequestID(1)))
        try engine.handle(.adjust(run, RunAdjustment(reason: "4", timeoutFactor: .nan), RequestID(1)))
        #expect(engine.machine.machine(of: run) == before)
        #expect(try !engine.history().contains("runAdjusted"))
    }

    @Test func `a changed day has the check in every stage that is left, and other timeouts`() throws {
        var engine = try day(at: 10)
        let adjustment = RunAdjustment(
            reason: "VIX", timeoutFactor: 0.5, checks: [.init("vix", type: "vix", priority: .critical)])
        try engine.handle(.adjust(RunID("r"), adjustment, nil))
        #expect(engine.names == ["r a", "r vix@open"])
        #expect(engine.orders[1].deadline == engine.time + .seconds(150))
        try engine.reboot()
        #expect(engine.names == ["r vix@open", "r a"])
        try engine.finish("vix@open")
        try engine.finish("a")
        try engine.finish("b")
        try engine.tick(after: .seconds(20))
        #expect(engine.names == ["r vix@trade", "r t"])
    }
}
