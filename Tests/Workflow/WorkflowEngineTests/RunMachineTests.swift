import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Run machines") struct RunMachineTests {
    @Test func `a diamond runs its middle at once and its end last`() throws {
        var run = try TestRun([("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"])])
        #expect(run.queued == ["a"])
        try run.complete("a")
        #expect(run.queued == ["b", "c"])
        try run.complete("c")
        #expect(run.queued == ["b"])
        try run.complete("b")
        try run.complete("d")
        #expect(run.machine.phase == .finished(.completed))
        #expect(run.events.last?.fact == .runFinished(.completed))
    }

    @Test func `a failure is tried again after its wait and then given up, and what depends on it is blocked`() throws {
        var run = try TestRun([("a", []), ("b", ["a"]), ("c", ["b"]), ("d", [])], RetryPolicy(attempts: 2))
        try run.begin("a")
        try run.happen(.taskFailed(task: "a", attempt: 1, TaskFailure("no")))
        let moment = Timestamp(nanoseconds: 0) + .seconds(1)
        #expect(run.machine.tasks[0].state == .retrying(attempt: 2, at: moment))
        #expect(run.events.last?.fact == .taskRetrying(task: "a", attempt: 2, at: moment))
        #expect(run.machine.nextDeadline == moment)
        run.time = moment
        try run.tick()
        #expect(run.queued == ["d", "a"])
        try run.begin("a", attempt: 2)
        try run.happen(.taskFailed(task: "a", attempt: 2, TaskFailure("no")))
        #expect(run.machine.tasks[1].state == .skipped(.blocked(by: "a")))
        #expect(run.machine.tasks[2].state == .skipped(.blocked(by: "a")))
        try run.complete("d")
        let outcome = RunOutcome(
            .failed, failures: [.init(task: "a", attempts: 2, error: "no")],
            blocked: [.init(task: "b", because: "a"), .init(task: "c", because: "a")])
        #expect(run.machine.phase == .finished(outcome))
    }

    @Test func `a failure that cannot be mended is not tried again`() throws {
        var run = try TestRun([("a", [])], RetryPolicy(attempts: 5))
        try run.begin("a")
        let failure = TaskFailure("no", mayRetry: false)
        try run.happen(.taskFailed(task: "a", attempt: 1, failure))
        #expect(run.machine.tasks[0].state == .failed(attempts: 1, failure))
    }

    @Test func `illegal events are refused and change nothing`() throws {
        var run = try TestRun([("a", []), ("b", ["a"])])
        try run.begin("a")
        let before = run.machine
        let illegal: [RunEvent.Fact] = [
            .runStarted(RunHeader(run.machine.plan)), .runFinished(.completed), .taskStarted(task: "b", attempt: 1),
            .taskStarted(task: "a", attempt: 2), .taskStarted(task: "z", attempt: 1),
            .taskCompleted(task: "b", attempt: 1, output: [], cached: false),
            .taskCompleted(task: "a", attempt: 2, output: [], cached: false),
            .taskFailed(task: "b", attempt: 1, TaskFailure("")), .taskSkipped(task: "a", .stopped),
            .taskCancelled(task: "a"), .stageStarted(stage: "s", round: 1), .stageCompleted(stage: "s", round: 1),
            .taskRetrying(task: "a", attempt: 2, at: run.time),
        ]
        for fact in illegal {
            let error = #expect(throws: RunMachineError.self) { try run.happen(fact) }
            #expect(error?.code == .illegalEvent)
            #expect(run.machine == before, "\(fact)")
        }
    }

    @Test func `refuses another definition's run`() throws {
        var run = TestRun(RunMachine(try TestRun.plan([("a", [])]), run: RunID("r")))
        let other = RunHeader(try TestRun.plan([("b", [])]))
        let error = #expect(throws: RunMachineError.self) { try run.happen(.runStarted(other)) }
        #expect(error?.code == .definitionChanged)
    }

    @Test func `recovery queues what was running and what was ready, and leaves what waits`() throws {
        var run = try TestRun([("a", []), ("b", []), ("c", []), ("d", ["a"])], RetryPolicy(attempts: 3))
        try run.begin("b")
        try run.begin("c")
        try run.happen(.taskFailed(task: "c", attempt: 1, TaskFailure("no")))
        let commands = try run.machine.recover(at: run.time).commands
        #expect(commands == [.queue(TaskAddress(0), attempt: 1), .queue(TaskAddress(1), attempt: 1)])
    }

    @Test func `a task that is cut off by the end of the process again and again is given up`() throws {
        var run = try TestRun([("a", [])])
        try run.begin("a")
        for _ in 0..<RunMachine.longestCrashLoop {
            #expect(try run.machine.recover(at: run.time).events == [])
            try run.begin("a")
        }
        let step = try run.machine.recover(at: run.time)
        #expect(step.events.map(\.fact.name) == ["taskFailed", "runFinished"])
    }

    @Test func `a try that takes too long is cancelled and tried again, and the last one is a timeout`() throws {
        var run = try TestRun([("a", []), ("b", ["a"])], RetryPolicy(attempts: 2))
        try run.begin("a")
        run.time = run.time + .seconds(300)
        let step = try run.tick()
        #expect(step.commands == [.cancel(TaskAddress(0))])
        #expect(run.machine.tasks[0].state.name == "RETRYING")
        run.time = run.time + .seconds(1)
        try run.begin("a", attempt: 2)
        run.time = run.time + .seconds(300)
        try run.tick()
        #expect(run.machine.tasks[0].state == .timedOut(attempts: 2))
        #expect(run.machine.phase.outcome?.status == .failed)
        #expect(run.machine.phase.outcome?.failures.map(\.error) == ["it took too long"])
    }

    @Test func `a cancelled run ends once its work has, and says who was right`() throws {
        var run = try TestRun([("a", []), ("b", []), ("c", ["a"])])
        try run.begin("a")
        let step = try run.happen(.cancelRequested(reason: "enough"))
        #expect(step.commands == [.withdraw(TaskAddress(1)), .cancel(TaskAddress(0))])
        #expect(run.machine.phase == .stopping(.cancelled(reason: "enough")))
        try run.happen(.taskCancelled(task: "a"))
        #expect(run.machine.phase == .finished(RunOutcome(.cancelled, reason: "enough")))
        #expect(run.machine.tasks.map(\.state.name) == ["CANCELLED", "SKIPPED", "SKIPPED"])
    }

    @Test func `a run that takes too long stops what is under way`() throws {
        var run = try TestRun([("a", [])])
        run.time = run.time + .seconds(3_500)
        try run.begin("a")
        run.time = run.time + .seconds(100)
        try run.tick()
        #expect(run.machine.phase == .stopping(.timedOut))
        try run.complete("a", begin: false)
        #expect(run.machine.phase.outcome?.status == .timedOut)
    }
}
