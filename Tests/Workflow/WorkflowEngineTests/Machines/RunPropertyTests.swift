import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Run machines under any events") struct RunPropertyTests {
    @Test func `any events in any order are taken or refused, and every task goes only where it may`() throws {
        for seed in UInt64(1)...150 { try RunPropertyTests.live(seed) }
    }

    private static func live(_ seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        let plan = try WorkflowPlan(definition(&chance))
        var machine = RunMachine(plan, run: RunID("r"))
        var time = Timestamp(nanoseconds: 0)
        var header = RunHeader(plan)
        header.windows = plan.definition.stages.indices.map { number in
            RunHeader.Window(from: time + .seconds(40 * number), until: time + .seconds(40 * number + 35))
        }
        var history = try machine.handle(RunEvent(.runStarted(header), at: time)).events
        for _ in 0..<120 {
            if chance.uniform() < 0.3 { time = time + .seconds(Int64(chance.next() % 12)) }
            let before = machine
            do {
                history += try step(&machine, at: time, &chance)
            } catch {
                #expect(machine == before, "seed \(seed): a refused event has changed the machine: \(error)")
            }
            check(before, machine, at: time, seed)
        }
        let replayed = try RunReplay.machine(plan, run: RunID("r"), history)
        #expect(replayed.phase == machine.phase, "seed \(seed)")
        #expect(replayed.tasks.map(\.output) == machine.tasks.map(\.output), "seed \(seed)")
    }

    private static func step(
        _ machine: inout RunMachine, at time: Timestamp, _ chance: inout SeededRandom
    ) throws -> [RunEvent] {
        if chance.uniform() < 0.2 { return try machine.tick(at: time).events }
        return try machine.handle(RunEvent(fact(machine, &chance), at: time)).events
    }

    /// A task's name, now and then one that does not exist, and anything that may be said of it.
    private static func fact(_ machine: RunMachine, _ chance: inout SeededRandom) -> RunEvent.Fact {
        let place = Int(chance.next() % UInt64(machine.plan.tasks.count))
        let task = (chance.uniform() < 0.2 ? "undo:" : "") + machine.plan.tasks[place].name
        let attempt = Int(chance.next() % 4)
        switch chance.next() % 24 {
        case 0: return .cancelRequested(reason: "enough")
        case 1: return .taskCancelled(task: task)
        case 2: return .taskSkipped(task: task, .stopped)
        case 3: return .stageStarted(stage: "s\(attempt)", round: attempt)
        case 4: return .stageTimedOut(stage: "s\(attempt)", round: 1)
        case 5: return .taskStarted(task: "nobody", attempt: 1)
        case 6:
            return .runAdjusted(
                RunAdjustment(reason: "x", timeoutFactor: 0.9, checks: [.init("n\(attempt)", type: "n")]))
        case 7: return .runFinished(.completed)
        case 8: return .taskTimedOut(task: task, attempt: attempt)
        case 9: return .taskFailed(task: task, attempt: attempt, TaskFailure("no", mayRetry: false))
        case 10, 11: return .taskFailed(task: task, attempt: attempt, TaskFailure("no"))
        case 12...16: return .taskCompleted(task: task, attempt: attempt, output: [0x7B, 0x7D], cached: false)
        default: return .taskStarted(task: task, attempt: attempt)
        }
    }

    private static func check(_ before: RunMachine, _ after: RunMachine, at time: Timestamp, _ seed: UInt64) {
        for place in before.tasks.indices {
            let (old, new) = (before.tasks[place].state.name, after.tasks[place].state.name)
            let isRepeated = before.openStage?.round != after.openStage?.round
            let isLegal = old == new || (legal[old]?.contains(new) ?? false) || isRepeated
            #expect(isLegal, "seed \(seed): \(after.plan.tasks[place].name) went from \(old) to \(new)")
        }
        switch after.phase {
        case .finished:
            #expect(after.nextDeadline == nil && after.active.isEmpty, "seed \(seed)")
            #expect(!after.tasks.contains { !$0.state.isSettled }, "seed \(seed)")
        case .running, .stopping:
            #expect(after.nextDeadline != nil || after.active.contains { isQueued($0, after) }, "seed \(seed)")
        case .new: Issue.record("seed \(seed): the machine is new again")
        }
        if case .finished = before.phase { #expect(before == after, "seed \(seed): it went on after its end") }
    }

    private static func isQueued(_ address: TaskAddress, _ machine: RunMachine) -> Bool {
        machine.record(of: address)?.state.name == "QUEUED"
    }

    /// Where a task may get within one step; several changes may fall into one.
    private static let legal: [String: Set<String>] = [
        "PENDING": ["QUEUED", "RUNNING", "COMPLETED", "FAILED", "SKIPPED", "TIMEOUT", "CANCELLED"],
        "QUEUED": ["RUNNING", "PENDING", "SKIPPED"],
        "RUNNING": ["COMPLETED", "FAILED", "TIMEOUT", "RETRYING", "CANCELLED"],
        "RETRYING": ["QUEUED", "RUNNING", "PENDING", "SKIPPED"],
        "COMPLETED": ["COMPENSATED"],
    ]

    private static func definition(_ chance: inout SeededRandom) -> WorkflowDefinition {
        let count = 1 + Int(chance.next() % 6)
        let stages = (0..<Int(chance.next() % 3)).map { number in
            Stage("s\(number)", window: StageWindow(from: .time(.zero), until: .time(.zero), every: .seconds(10)))
        }
        let kinds: [TaskKind] = [.work(type: "x"), .work(type: "y"), .join, .wait(.seconds(5)), .approval]
        var tasks: [TaskDefinition] = []
        for number in 0..<count {
            let needed = tasks.map(\.name).filter { _ in chance.uniform() < 0.4 }
            var task = TaskDefinition(
                "t\(number)", kinds[Int(chance.next() % 5)], after: needed,
                retry: RetryPolicy(attempts: 1 + Int(chance.next() % 3)))
            if chance.uniform() < 0.3 { task.compensation = Compensation(type: "un") }
            task.timeout = .seconds(1 + Int64(chance.next() % 30))
            task.stage = stages.isEmpty ? nil : number * stages.count / count
            tasks.append(task)
        }
        return WorkflowDefinition("w", timeout: .seconds(200), stages: stages, tasks: tasks)
    }
}
