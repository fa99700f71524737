import Determinism
import WorkflowModel

@testable import WorkflowEngine

/// A run machine with what it has asked for so far.
struct TestRun {
    var machine: RunMachine
    var time = Timestamp(nanoseconds: 0)
    private(set) var events: [RunEvent] = []
    private(set) var commands: [RunCommand] = []

    init(_ machine: RunMachine) {
        self.machine = machine
    }

    /// A started run of tasks by name and what they depend on.
    init(_ tasks: [(String, [String])], _ retry: RetryPolicy = .never) throws {
        try self.init(TestRun.definition(tasks, retry))
    }

    /// A started run of a definition.
    init(_ definition: WorkflowDefinition, windows: [RunHeader.Window?]? = nil, input: Value? = nil) throws {
        let plan = try WorkflowPlan(definition)
        self.init(RunMachine(plan, run: RunID("r")))
        var header = RunHeader(plan, input: input)
        header.windows = windows
        try happen(.runStarted(header))
    }

    static func definition(_ tasks: [(String, [String])], _ retry: RetryPolicy = .never) -> WorkflowDefinition {
        WorkflowDefinition(
            "w", tasks: tasks.map { TaskDefinition($0.0, .work(type: $0.0), after: $0.1, retry: retry) })
    }

    static func plan(_ tasks: [(String, [String])], _ retry: RetryPolicy = .never) throws -> WorkflowPlan {
        try WorkflowPlan(definition(tasks, retry))
    }

    /// The names of the tasks that are ready, in the order in which they became so.
    var queued: [String] {
        commands.compactMap { command in
            guard case .queue(let address, let attempt) = command,
                machine.record(of: address)?.state == .queued(attempt: attempt)
            else { return nil }
            return machine.name(of: address)
        }
    }

    @discardableResult
    mutating func happen(_ fact: RunEvent.Fact) throws -> RunStep {
        take(try machine.handle(RunEvent(fact, at: time)))
    }

    @discardableResult
    mutating func tick() throws -> RunStep {
        take(try machine.tick(at: time))
    }

    mutating func begin(_ task: String, attempt: Int = 1) throws {
        try happen(.taskStarted(task: task, attempt: attempt))
    }

    mutating func complete(_ task: String, _ output: Value = .object([:]), begin: Bool = true) throws {
        if begin { try self.begin(task) }
        try happen(.taskCompleted(task: task, attempt: 1, output: try output.json(), cached: false))
    }

    mutating func fail(_ task: String) throws {
        try begin(task)
        try happen(.taskFailed(task: task, attempt: 1, TaskFailure("no", mayRetry: false)))
    }

    private mutating func take(_ step: RunStep) -> RunStep {
        events += step.events
        commands += step.commands
        return step
    }
}

extension RunMachine.Phase {
    var outcome: RunOutcome? {
        guard case .finished(let outcome) = self else { return nil }
        return outcome
    }
}

extension RunEvent.Fact {
    /// The name of the case.
    var name: String { String("\(self)".prefix { $0 != "(" }) }
}
