import Determinism
import WorkflowModel

@testable import WorkflowEngine

/// An engine over a journal in memory, moved by hand.
struct TestEngine {
    private(set) var machine: WorkflowMachine
    let journal = InMemoryJournal()
    var time = Timestamp(nanoseconds: 1_000_000_000)
    /// What is to be done and has not been settled by the test, in the order in which it was handed out.
    private(set) var orders: [TaskOrder] = []
    /// Everything that was commanded in the latest step.
    private(set) var commands: [EngineCommand] = []
    private let plans: [WorkflowPlan]
    private let capacity: Int

    init(capacity: Int = 5, _ definitions: WorkflowDefinition...) throws {
        self.capacity = capacity
        plans = try definitions.map { try WorkflowPlan($0) }
        machine = WorkflowMachine(capacity: capacity)
        for plan in plans { machine.register(plan) }
    }

    /// The tasks that are to be done, as run and task.
    var names: [String] { orders.map { "\($0.key.run) \($0.key.task)" } }

    mutating func start(_ workflow: String = "w", as run: String = "r", input: Value = .object([:])) throws {
        try handle(.start(RunRequest(workflow, as: RunID(run), input: input), RequestID(1)))
    }

    mutating func finish(_ task: String, of run: String = "r", _ output: Value = ["ok": true]) throws {
        try settle(task, of: run, .completed(output.json()))
    }

    mutating func fail(_ task: String, of run: String = "r", mayRetry: Bool = false) throws {
        try settle(task, of: run, .failed(TaskFailure("no", mayRetry: mayRetry)))
    }

    mutating func settle(_ task: String, of run: String = "r", _ result: TaskResult) throws {
        guard let place = orders.firstIndex(where: { $0.key.task == task && $0.key.run.text == run }) else {
            throw EngineRefusal(.notNow, "'\(task)' of '\(run)' is not to be done; only \(names)")
        }
        try handle(.settled(orders.remove(at: place).key, result))
    }

    mutating func tick(after duration: Duration) throws {
        time = time + duration
        try handle(.tick)
    }

    mutating func handle(_ inputs: EngineInput...) throws {
        try perform(machine.handle(inputs, at: time))
    }

    /// Ends the process and begins another one over the same journal.
    mutating func reboot() throws {
        machine = WorkflowMachine(capacity: capacity)
        for plan in plans { machine.register(plan) }
        for (name, bytes) in try journal.values(of: "breaker") {
            if let breaker = CircuitBreaker(bytes) { machine.restore(breaker, named: name) }
        }
        for run in try journal.openRuns() { try machine.restore(run.run, journal.history(of: run.run)) }
        orders = []
        try perform(machine.recover(at: time))
    }

    func outcome(_ run: String = "r") throws -> RunOutcome? { try journal.summary(of: RunID(run))?.outcome }

    func state(_ task: String, of run: String = "r") -> TaskState? {
        guard let machine = machine.machine(of: RunID(run)), let place = machine.plan.place(of: task) else {
            return nil
        }
        return machine.tasks[place].state
    }

    func history(_ run: String = "r") throws -> [String] {
        try journal.history(of: RunID(run)).map { event in
            switch event.fact {
            case .taskStarted(let task, _), .taskCompleted(let task, _, _, _), .taskFailed(let task, _, _),
                .taskSkipped(let task, _), .taskTimedOut(let task, _), .taskCancelled(let task):
                "\(event.fact.name) \(task)"
            default: event.fact.name
            }
        }
    }

    private mutating func perform(_ step: EngineStep) throws {
        if !step.batch.isEmpty { try journal.commit(step.batch) }
        commands = step.commands
        for case .perform(let order) in step.commands { orders.append(order) }
    }
}

extension TaskDefinition {
    func with(_ change: (inout TaskDefinition) -> Void) -> TaskDefinition {
        var task = self
        change(&task)
        return task
    }

    /// Work of the type of its own name, tried once.
    static func job(_ name: String, after dependencies: [String] = [], attempts: Int = 1) -> TaskDefinition {
        TaskDefinition(name, .work(type: name), after: dependencies, retry: RetryPolicy(attempts: attempts))
    }

    var undoable: TaskDefinition { with { $0.compensation = Compensation(type: "un-\(name)") } }
}
