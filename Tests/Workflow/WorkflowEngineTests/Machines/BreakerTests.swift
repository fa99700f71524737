import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Circuit breakers") struct BreakerTests {
    private static let policy = BreakerPolicy(
        failureThreshold: 2, timeout: .seconds(60), resetTimeout: .seconds(100))
    private static let typed = WorkflowDefinition("w", tasks: [.job("call").with { $0.breaker = policy }])
    private static let stepped = WorkflowDefinition(
        "w",
        tasks: [
            TaskDefinition("guard", .circuitBreaker(policy)),
            .job("call", after: ["guard"]).with { $0.condition = try? Condition("circuit_status != 'open'") },
            .job("fallback", after: ["guard"]).with { $0.condition = try? Condition("circuit_status == 'open'") },
        ])

    /// An engine whose breaker two failures have opened.
    private func opened(_ definition: WorkflowDefinition) throws -> TestEngine {
        var engine = try TestEngine(definition)
        for run in ["a", "b"] {
            try engine.start(as: run)
            try engine.fail("call", of: run)
        }
        return engine
    }

    private func status(_ engine: TestEngine) -> CircuitBreaker.Status? {
        engine.machine.breakerStatus(at: engine.time).values.first
    }

    @Test func `enough failures in a row open it, and work then fails at once`() throws {
        var engine = try opened(BreakerTests.typed)
        #expect(status(engine) == .open)
        try engine.start(as: "c")
        #expect(engine.names == [])
        #expect(try engine.outcome("c")?.failures.map(\.error).first?.hasPrefix("circuit_open") == true)
    }

    @Test func `one success in between keeps it closed`() throws {
        var engine = try TestEngine(BreakerTests.typed)
        for run in ["a", "b", "c"] {
            try engine.start(as: run)
            if run == "b" { try engine.finish("call", of: run) } else { try engine.fail("call", of: run) }
        }
        #expect(status(engine) == .closed)
    }

    @Test func `half open it lets exactly one try through, whose success closes it`() throws {
        var engine = try opened(BreakerTests.typed)
        try engine.tick(after: .seconds(100))
        #expect(status(engine) == .halfOpen)
        for run in ["c", "d", "e"] { try engine.start(as: run) }
        #expect(engine.names == ["c call"])
        try engine.finish("call", of: "c")
        #expect(status(engine) == .closed)
        try engine.start(as: "f")
        #expect(engine.names == ["f call"])
    }

    @Test func `a trial that fails or takes too long opens it anew`() throws {
        var engine = try opened(BreakerTests.typed)
        try engine.tick(after: .seconds(100))
        try engine.start(as: "c")
        try engine.fail("call", of: "c")
        #expect(status(engine) == .open)
        try engine.tick(after: .seconds(99))
        #expect(status(engine) == .open)
        try engine.tick(after: .seconds(1))
        try engine.start(as: "d")
        try engine.tick(after: .seconds(60))
        #expect(status(engine) == .open)
    }

    @Test func `it survives a restart, and whoever had the one try has it again`() throws {
        var engine = try opened(BreakerTests.typed)
        try engine.reboot()
        #expect(status(engine) == .open)
        try engine.tick(after: .seconds(100))
        try engine.start(as: "c")
        try engine.reboot()
        #expect(engine.names == ["c call"])
        try engine.start(as: "d")
        #expect(engine.names == ["c call"])
        try engine.finish("call", of: "c")
        #expect(status(engine) == .closed)
    }

    @Test func `work that began before it opened neither closes it nor opens it anew`() throws {
        var engine = try TestEngine(BreakerTests.typed)
        for run in ["a", "b", "c", "d"] { try engine.start(as: run) }
        try engine.fail("call", of: "a")
        try engine.fail("call", of: "b")
        try engine.tick(after: .seconds(50))
        try engine.finish("call", of: "c")
        #expect(status(engine) == .open)
        try engine.fail("call", of: "d")
        try engine.tick(after: .seconds(50))
        #expect(status(engine) == .halfOpen)
    }

    @Test func `a trial that came to nothing leaves the try to somebody else`() throws {
        var engine = try opened(BreakerTests.typed)
        try engine.tick(after: .seconds(100))
        try engine.start(as: "c")
        try engine.settle("call", of: "c", .completed([UInt8]("{}".utf8), cached: true))
        try engine.start(as: "d")
        #expect(engine.names == ["d call"])
    }

    @Test func `as a step it tells its status, and what is done in place of the work does not close it`() throws {
        var engine = try opened(BreakerTests.stepped)
        try engine.start(as: "c")
        #expect(engine.names == ["c fallback"])
        try engine.finish("fallback", of: "c")
        #expect(status(engine) == .open)
        try engine.tick(after: .seconds(100))
        try engine.start(as: "d")
        try engine.start(as: "e")
        #expect(engine.names == ["d call", "e fallback"])
        try engine.finish("call", of: "d")
        #expect(status(engine) == .closed)
    }
}
