import Determinism
import Synchronization
import Testing
import WorkflowEngine
import WorkflowModel

@Suite struct GraphRunnerTests {
    private struct Refused: RetryJudgingError {
        let mayRetry: Bool
    }

    private let journal = InMemoryJournal()
    private let time = ManualTime()
    private var runner: GraphRunner { GraphRunner(journal: journal, time: time) }
    private let run = RunID("run")

    @Test func `nodes see what nodes before them put out, and outputs are canonical JSON`() throws {
        let definition = try StateGraph<[String: Double]>(
            "sums",
            nodes: [
                GraphNode("total", after: ["b", "a"]) { state, _ in
                    ["a/b": (state["a"] ?? 0) + (state["b"] ?? 0), "A": 1]
                } apply: {
                    $1.merge($0) { $1 }
                },
                GraphNode("a") { _, _ in
                    1.5
                } apply: {
                    $1["a"] = $0
                },
                GraphNode("b") { _, _ in
                    2
                } apply: {
                    $1["b"] = $0
                },
            ])
        let result = try runner.runSynchronously(definition, as: run, from: [:])
        #expect(result.outcome == .completed)
        #expect(result.state == ["a": 1.5, "b": 2, "a/b": 3.5, "A": 1])
        let outputs = try journal.history(of: run).compactMap { event -> String? in
            guard case .taskCompleted(_, _, let output, _) = event.fact else { return nil }
            return String(decoding: output, as: UTF8.self)
        }
        #expect(outputs == ["1.5", "2", #"{"A":1,"a/b":3.5}"#])
    }

    @Test func `nodes may wait, beside nodes that do not`() async throws {
        let definition = try StateGraph<Int>(
            "mixed",
            nodes: [
                GraphNode(
                    "a",
                    runAsync: { _, _ in
                        await Task.yield(); return 1
                    }, apply: { $1 += $0 }),
                GraphNode("b", after: ["a"]) { state, _ in
                    state * 10
                } apply: {
                    $1 += $0
                },
            ])
        let result = try await runner.run(definition, as: run, from: 0)
        #expect(result.state == 11)
        #expect(throws: WorkflowError.self) { try runner.runSynchronously(definition, as: RunID("2"), from: 0) }
    }

    @Test func `both runners write the same history`() async throws {
        let definition = try failing(times: 1, RetryPolicy(attempts: 2, base: .zero))
        _ = try runner.runSynchronously(definition, as: run, from: [])
        _ = try await runner.run(definition, as: RunID("2"), from: [])
        #expect(try journal.history(of: run) == journal.history(of: RunID("2")))
    }

    @Test func `a retry waits for its moment on the given clock`() async throws {
        let definition = try failing(times: 2, RetryPolicy(attempts: 3))
        async let result = runner.run(definition, as: run, from: [])
        for seconds in [1, 3] as [Int64] {
            let deadline = await time.nextDeadline()
            #expect(deadline == Timestamp(seconds: seconds))
            time.advance(to: deadline)
        }
        #expect(try await result.state == ["try 3"])
    }

    @Test func `the synchronous runner asks its caller to wait`() throws {
        var moments: [Timestamp] = []
        let result = try runner.runSynchronously(failing(times: 2, RetryPolicy(attempts: 3)), as: run, from: []) {
            moments.append($0)
            time.advance(to: $0)
        }
        #expect(moments == [Timestamp(seconds: 1), Timestamp(seconds: 3)])
        #expect(result.outcome == .completed)
    }

    @Test func `an error that says so is not tried again`() throws {
        let definition = try StateGraph<[String]>(
            "refused",
            nodes: [
                GraphNode("a", retry: RetryPolicy(attempts: 9)) { _, _ -> String in
                    throw Refused(mayRetry: false)
                } apply: {
                    $1.append($0)
                }
            ])
        let result = try runner.runSynchronously(definition, as: run, from: [])
        let failure = RunOutcome.Failure(task: "a", attempts: 1, error: "Refused(mayRetry: false)")
        #expect(result.outcome == RunOutcome(.failed, failures: [failure]))
    }

    @Test func `a finished run is not executed again`() throws {
        _ = try runner.runSynchronously(failing(times: 0, .never), as: run, from: [])
        let history = try journal.history(of: run)
        let again = try runner.runSynchronously(never(), as: run, from: [])
        #expect(again.state == ["try 1"])
        #expect(try journal.history(of: run) == history)
    }

    @Test func `a run keeps to the definition it began with`() throws {
        _ = try runner.runSynchronously(failing(times: 0, .never), as: run, from: [])
        let error = #expect(throws: WorkflowError.self) {
            try runner.runSynchronously(failing(times: 0, RetryPolicy(attempts: 2)), as: run, from: [])
        }
        #expect(error?.code == .definitionChanged)
    }

    @Test func `an output that cannot be read any more is reported`() throws {
        let old = try StateGraph<Int>(
            "w",
            nodes: [
                GraphNode("a") { _, _ in
                    "text"
                } apply: { _, _ in
                }
            ])
        let new = try StateGraph<Int>(
            "w",
            nodes: [
                GraphNode("a") { _, _ in
                    1
                } apply: {
                    $1 += $0
                }
            ])
        _ = try runner.runSynchronously(old, as: run, from: 0)
        let error = #expect(throws: WorkflowError.self) { try runner.runSynchronously(new, as: run, from: 0) }
        #expect(error?.code == .unreadableOutput)
        #expect(error?.message.contains("'a'") == true)
    }

    @Test func `cancellation leaves the run open`() async throws {
        let definition = try StateGraph<Int>(
            "w", nodes: [GraphNode("a", runAsync: { _, _ -> Int in throw CancellationError() }, apply: { $1 += $0 })]
        )
        await #expect(throws: CancellationError.self) { _ = try await runner.run(definition, as: run, from: 0) }
        #expect(try journal.openRuns().map(\.run) == [run])
    }

    @Test func `every try of a node has the same key`() throws {
        let keys = Mutex<[String]>([])
        let definition = try StateGraph<Int>(
            "w",
            nodes: [
                GraphNode("a", retry: RetryPolicy(attempts: 2)) { _, context in
                    keys.withLock { $0.append(context.idempotencyKey) }
                    if context.attempt == 1 { throw Refused(mayRetry: true) }
                    return 1
                } apply: {
                    $1 += $0
                }
            ])
        _ = try runner.runSynchronously(definition, as: run, from: 0)
        #expect(keys.withLock { $0 } == ["run/a", "run/a"])
    }

    @Test func `the state is changed in place, never copied`() throws {
        let nodes = (0..<5).map { index in
            GraphNode<[Int]>("n\(index)", after: index == 0 ? [] : ["n\(index - 1)"]) { state, _ in
                state.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
            } apply: {
                $1[0] = $0; $1[1] += 1; $1[1 + $1[1]] = $0
            }
        }
        let result = try runner.runSynchronously(
            StateGraph("w", nodes: nodes), as: run, from: [Int](repeating: 0, count: 10_000))
        #expect(Set(result.state[2...6]).count == 1)
    }

    private func failing(times: Int, _ retry: RetryPolicy) throws -> StateGraph<[String]> {
        try StateGraph(
            "failing",
            nodes: [
                GraphNode("a", retry: retry) { _, context in
                    if context.attempt <= times { throw Refused(mayRetry: true) }
                    return "try \(context.attempt)"
                } apply: {
                    $1.append($0)
                }
            ])
    }

    private func never() throws -> StateGraph<[String]> {
        try StateGraph(
            "failing",
            nodes: [
                GraphNode("a") { _, _ -> String in
                    Issue.record("executed")
                    return ""
                } apply: {
                    $1.append($0)
                }
            ])
    }
}
