import Determinism
import Testing

@testable import WorkflowEngine

@Suite struct RunMachineTests {
    @Test func `a diamond runs its middle at once and its end last`() throws {
        var machine = try started([("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"])])
        #expect(try complete("a", &machine).starts == [1, 2])
        _ = try machine.handle(event(.nodeStarted(node: "b", attempt: 1)))
        _ = try machine.handle(event(.nodeStarted(node: "c", attempt: 1)))
        #expect(try machine.handle(event(.nodeCompleted(node: "c", attempt: 1, output: []))).starts == [])
        #expect(try machine.handle(event(.nodeCompleted(node: "b", attempt: 1, output: []))).starts == [3])
        let last = try complete("d", &machine)
        #expect(last.suffix(2) == [.record(event(.runFinished(.completed))), .finish(.completed)])
        #expect(machine.phase == .finishing(.completed))
        #expect(try machine.handle(event(.runFinished(.completed))) == [])
        #expect(machine.phase == .finished(.completed))
    }

    @Test func `the start is noted, the outcome recorded before anything else starts`() throws {
        var machine = try started([("a", []), ("b", ["a"])])
        let begun = event(.nodeStarted(node: "a", attempt: 1))
        let done = event(.nodeCompleted(node: "a", attempt: 1, output: [1]))
        #expect(try machine.handle(begun) == [.note(begun)])
        #expect(try machine.handle(done) == [.record(done), .start(node: 1, attempt: 1, notBefore: nil)])
    }

    @Test func `a failure is tried again after its wait and then given up`() throws {
        var machine = try started([("a", []), ("b", ["a"]), ("c", ["b"]), ("d", [])], RetryPolicy(attempts: 2))
        let moment = Timestamp(nanoseconds: 7) + .seconds(1)
        #expect(try fail("a", 1, &machine).last == .start(node: 0, attempt: 2, notBefore: moment))
        _ = try fail("a", 2, &machine)
        let skipped = NodeState.skipped(because: "a")
        #expect(machine.nodes.prefix(3) == [.failed(attempts: 2, error: "no"), skipped, skipped])
        #expect(machine.phase == .running)
        let outcome = RunOutcome.failed(
            failures: [.init(node: "a", attempts: 2, error: "no")],
            skipped: [.init(node: "b", because: "a"), .init(node: "c", because: "a")])
        #expect(try complete("d", &machine).last == .finish(outcome))
    }

    @Test func `a failure that cannot be mended is not tried again`() throws {
        var machine = try started([("a", [])], RetryPolicy(attempts: 5))
        _ = try machine.handle(event(.nodeStarted(node: "a", attempt: 1)))
        _ = try machine.handle(event(.nodeFailed(node: "a", attempt: 1, error: "no", mayRetry: false)))
        #expect(machine.nodes == [.failed(attempts: 1, error: "no")])
    }

    @Test func `illegal events are refused and change nothing`() throws {
        var machine = try started([("a", []), ("b", ["a"])])
        _ = try machine.handle(event(.nodeStarted(node: "a", attempt: 1)))
        let before = machine
        let illegal: [RunEvent.Fact] = [
            .runStarted(RunHeader(machine.plan)), .runFinished(.completed), .nodeStarted(node: "b", attempt: 1),
            .nodeStarted(node: "a", attempt: 2), .nodeStarted(node: "z", attempt: 1),
            .nodeCompleted(node: "b", attempt: 1, output: []), .nodeCompleted(node: "a", attempt: 2, output: []),
            .nodeFailed(node: "b", attempt: 1, error: "", mayRetry: true),
        ]
        for fact in illegal {
            let error = #expect(throws: RunMachineError.self) { try machine.handle(event(fact)) }
            #expect(error?.code == .illegalEvent)
            #expect(machine == before, "\(fact)")
        }
    }

    @Test func `nothing may happen before the start and after the end`() throws {
        let plan = try plan([("a", [])])
        var machine = RunMachine(plan)
        #expect(throws: RunMachineError.self) { try machine.handle(event(.nodeStarted(node: "a", attempt: 1))) }
        machine = try started([("a", [])])
        _ = try complete("a", &machine)
        #expect(throws: RunMachineError.self) { try machine.handle(event(.nodeStarted(node: "a", attempt: 1))) }
    }

    @Test func `refuses another definition's run`() throws {
        var machine = RunMachine(try plan([("a", [])]))
        let other = RunHeader(try plan([("b", [])]))
        let error = #expect(throws: RunMachineError.self) { try machine.handle(event(.runStarted(other))) }
        #expect(error?.code == .definitionChanged)
    }

    @Test func `recovery starts what was running, what was ready and what waits`() throws {
        var machine = try started([("a", []), ("b", []), ("c", []), ("d", ["a"])], RetryPolicy(attempts: 3))
        _ = try machine.handle(event(.nodeStarted(node: "b", attempt: 1)))
        _ = try fail("c", 1, &machine)
        let moment = Timestamp(nanoseconds: 7) + .seconds(1)
        #expect(
            machine.recover(at: Timestamp(nanoseconds: 9)) == [
                .start(node: 0, attempt: 1, notBefore: nil), .start(node: 1, attempt: 1, notBefore: nil),
                .start(node: 2, attempt: 2, notBefore: moment),
            ])
    }

    @Test func `recovery records an end that was not recorded`() throws {
        var machine = try started([("a", [])])
        _ = try complete("a", &machine)
        let end = RunEvent(.runFinished(.completed), at: Timestamp(nanoseconds: 9))
        #expect(machine.recover(at: Timestamp(nanoseconds: 9)) == [.record(end), .finish(.completed)])
    }

    /// Random graphs, executed in random order with random failures, always settle every node and never start one
    /// before its dependencies.
    @Test(arguments: 0..<50) func `every order of work ends with every node settled`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let count = Int.random(in: 1...12, using: &random)
        let nodes = (0..<count).map { index in
            ("n\(index)", (0..<index).filter { _ in random.uniform() < 0.3 }.map { "n\($0)" })
        }
        var machine = RunMachine(try plan(nodes, RetryPolicy(attempts: 2)))
        var commands = try machine.handle(event(.runStarted(RunHeader(machine.plan))))
        var due = commands.started
        while !due.isEmpty {
            let (place, attempt) = due.remove(at: Int.random(in: due.indices, using: &random))
            #expect(machine.plan.nodes[place].dependencies.allSatisfy { machine.nodes[$0] == .completed })
            let name = machine.plan.nodes[place].name
            _ = try machine.handle(event(.nodeStarted(node: name, attempt: attempt)))
            let isFailure = random.uniform() < 0.3
            commands = try machine.handle(
                event(
                    isFailure
                        ? .nodeFailed(node: name, attempt: attempt, error: "no", mayRetry: true)
                        : .nodeCompleted(node: name, attempt: attempt, output: [])))
            due += commands.started
        }
        #expect(machine.nodes.allSatisfy { $0.isFinal })
        guard case .finish = commands.last else {
            Issue.record("the run does not end")
            return
        }
    }

    private func plan(_ nodes: [(String, [String])], _ retry: RetryPolicy = .never) throws -> WorkflowPlan {
        try WorkflowPlan(
            "test", version: 1, nodes: nodes.map { WorkflowPlan.Draft(name: $0.0, dependencies: $0.1, retry: retry) })
    }

    private func started(_ nodes: [(String, [String])], _ retry: RetryPolicy = .never) throws -> RunMachine {
        var machine = RunMachine(try plan(nodes, retry))
        _ = try machine.handle(event(.runStarted(RunHeader(machine.plan))))
        return machine
    }

    private func event(_ fact: RunEvent.Fact) -> RunEvent { RunEvent(fact, at: Timestamp(nanoseconds: 7)) }

    private func complete(_ node: String, _ machine: inout RunMachine) throws -> [RunCommand] {
        _ = try machine.handle(event(.nodeStarted(node: node, attempt: 1)))
        return try machine.handle(event(.nodeCompleted(node: node, attempt: 1, output: [])))
    }

    private func fail(_ node: String, _ attempt: Int, _ machine: inout RunMachine) throws -> [RunCommand] {
        _ = try machine.handle(event(.nodeStarted(node: node, attempt: attempt)))
        return try machine.handle(event(.nodeFailed(node: node, attempt: attempt, error: "no", mayRetry: true)))
    }
}

extension [RunCommand] {
    fileprivate var started: [(place: Int, attempt: Int)] {
        compactMap { command in
            guard case .start(let place, let attempt, _) = command else { return nil }
            return (place, attempt)
        }
    }

    fileprivate var starts: [Int] { started.map(\.place) }
}
