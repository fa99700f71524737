import Testing
import WorkflowEngine
import WorkflowModel

@Suite struct StateGraphTests {
    @Test(arguments: [
        ([(String, [String])](), ["it has no tasks"]),
        ([("a", []), ("a", [])], ["'a' is the name of more than one task"]),
        ([("", [])], ["a task has no name"]),
        ([("a", ["b"])], ["'a' depends on 'b', which does not exist"]),
        ([("a", ["a"])], ["dependencies go round in a circle: a -> a"]),
        (
            [("x", []), ("a", ["b", "x"]), ("b", ["c"]), ("c", ["a"]), ("d", ["c"])],
            ["dependencies go round in a circle: a -> b -> c -> a"]
        ),
        ([("a", []), ("b", ["a", "a"])], ["'b' names 'a' twice among its dependencies"]),
        (
            [("a", ["b"]), ("b", ["a", "z"]), ("b", [])],
            [
                "'b' is the name of more than one task", "'b' depends on 'z', which does not exist",
                "dependencies go round in a circle: a -> b -> a",
            ]
        ),
    ])
    func `refuses what is no sound graph and names every problem`(nodes: [(String, [String])], problems: [String]) {
        let error = #expect(throws: WorkflowPlanError.self) { try definition(nodes) }
        #expect(error?.problems.map(\.message) == problems)
        #expect(error?.description.contains("'test' cannot run") == true)
    }

    @Test func `a sound graph may be written in any order`() throws {
        let plan = try definition([("c", ["a", "b"]), ("a", []), ("b", ["a"])]).plan
        #expect(plan.tasks.map(\.dependencies) == [[1, 2], [], [1]])
        #expect(plan.tasks.map(\.dependants) == [[], [0, 2], [0]])
    }

    @Test func `any change of the graph changes the fingerprint`() throws {
        let plans = try [
            definition([("a", []), ("b", [])]), definition([("a", []), ("b", ["a"])]),
            definition([("a", []), ("c", [])]),
            definition([("b", []), ("a", [])]),
            definition([("a", []), ("b", [])], retry: RetryPolicy(attempts: 2)),
        ].map(\.plan.fingerprint)
        #expect(Set(plans).count == plans.count)
        #expect(try definition([("a", []), ("b", [])]).plan.fingerprint == plans[0])
        // FNV-1a of the text, computed apart. Journals hold it: it must never change for an unchanged graph.
        #expect(plans[0] == 6_098_813_490_244_992_835)
    }

    @Test(arguments: [(1, 1.0), (2, 2.0), (3, 4.0), (6, 32.0), (7, 60.0), (100_000, 60.0)])
    func `waits twice as long after each failure, up to the longest wait`(failure: Int, seconds: Double) {
        #expect(RetryPolicy(attempts: 9).delay(afterFailure: failure) == .seconds(seconds))
        #expect(RetryPolicy.never.delay(afterFailure: failure) == .zero)
    }

    private func definition(
        _ nodes: [(String, [String])], version: Int = 1, retry: RetryPolicy = .never
    ) throws -> StateGraph<Int> {
        try StateGraph(
            "test", version: version,
            nodes: nodes.map { name, dependencies in
                GraphNode(name, after: dependencies, retry: retry) { _, _ in
                    NoOutput()
                } apply: { _, _ in
                }
            })
    }
}
