import Testing
import WorkflowModel

@Suite("Workflow plans") struct WorkflowPlanTests {
    @Test func `a circle of ten thousand tasks is named without running out of stack`() {
        let count = 10_000
        let tasks = (0..<count).map { TaskDefinition("t\($0)", .join, after: ["t\(($0 + 1) % count)"]) }
        let problems = WorkflowPlan.problems(of: WorkflowDefinition("w", tasks: tasks))
        #expect(problems.map(\.field) == ["dependencies"])
        #expect(problems.first?.message.hasPrefix("dependencies go round in a circle: t0 -> t1 -> ") == true)
    }

    @Test func `every problem is told at once`() {
        var late = TaskDefinition("late", .join)
        late.stage = 1
        var early = TaskDefinition("early", .join, after: ["late", "nobody"])
        early.stage = 0
        let definition = WorkflowDefinition("w", stages: [Stage("a"), Stage("b")], tasks: [early, late, late])
        #expect(
            WorkflowPlan.problems(of: definition).map(\.message) == [
                "'late' is the name of more than one task", "'early' depends on 'nobody', which does not exist",
                "'early' depends on 'late', which belongs to a later stage",
            ])
    }

    @Test func `what a task is told does not change the fingerprint but what it does and waits for does`() throws {
        let first = try WorkflowPlan(WorkflowDefinition("w", tasks: [TaskDefinition("a", .work(type: "x"))]))
        let told = try WorkflowPlan(
            WorkflowDefinition("w", tasks: [TaskDefinition("a", .work(type: "x"), params: ["n": 1])]))
        let other = try WorkflowPlan(WorkflowDefinition("w", tasks: [TaskDefinition("a", .work(type: "y"))]))
        #expect(first.fingerprint == told.fingerprint)
        #expect(first.fingerprint != other.fingerprint)
    }
}
