import WorkflowEngine
import WorkflowModel

/// Counts what is under way on its own and says where the engine hands out too much, or the wrong work first.
struct DispatchWatch: Sendable {
    private struct Waiting: Hashable {
        let key: TaskKey
        let priority: Priority
    }

    private var underWay: [RunID: Set<String>] = [:]
    private var waiting: Set<Waiting> = []

    init() {}

    mutating func look(at step: EngineStep, _ machine: WorkflowMachine, capacity: Int) -> [String] {
        for append in step.batch.appends {
            for event in append.events where DispatchWatch.ends.contains(event.kind) {
                underWay[append.run]?.remove(event.subject ?? "")
            }
        }
        let orders = step.commands.compactMap { command -> TaskOrder? in
            guard case .perform(let order) = command else { return nil }
            return order
        }
        for order in orders { underWay[order.key.run, default: []].insert(order.key.task) }
        var complaints = limits(machine, capacity)
        let left = queued(machine)
        complaints += orders.flatMap { passedOver(by: $0, left, machine) }
        waiting = left
        return complaints
    }

    private static let ends: Set = ["taskCompleted", "taskFailed", "taskTimedOut", "taskCancelled"]

    private func limits(_ machine: WorkflowMachine, _ capacity: Int) -> [String] {
        var complaints: [String] = []
        let load = underWay.values.reduce(0) { $0 + $1.count }
        if load > capacity { complaints.append("\(load) tasks are under way, allowed are \(capacity)") }
        for (run, tasks) in underWay {
            guard let limit = machine.machine(of: run)?.plan.definition.concurrency, tasks.count > limit else {
                continue
            }
            complaints.append("\(tasks.count) tasks of '\(run)' are under way, allowed are \(limit)")
        }
        return complaints
    }

    /// What was ready before the step, is more urgent, had room, and still waits.
    private func passedOver(
        by order: TaskOrder, _ left: Set<Waiting>, _ machine: WorkflowMachine
    ) -> [String] {
        guard let priority = machine.machine(of: order.key.run)?.priority(of: order.key.task) else { return [] }
        return left.intersection(waiting).filter { $0.priority > priority }.compactMap { other in
            let limit = machine.machine(of: other.key.run)?.plan.definition.concurrency ?? .max
            guard underWay[other.key.run]?.count ?? 0 < limit else { return nil }
            return "\(order.key) was handed out before the more urgent \(other.key)"
        }
    }

    private func queued(_ machine: WorkflowMachine) -> Set<Waiting> {
        var found: Set<Waiting> = []
        for run in machine.openRuns {
            guard let state = machine.machine(of: run) else { continue }
            for (place, record) in state.tasks.enumerated() {
                guard case .queued(let attempt) = record.state else { continue }
                let task = state.plan.tasks[place]
                let key = TaskKey(run: run, task: task.name, attempt: attempt)
                found.insert(Waiting(key: key, priority: task.definition.priority))
            }
        }
        return found
    }
}

extension RunMachine {
    /// How urgent a task is; work that undoes something is as urgent as can be.
    fileprivate func priority(of task: String) -> Priority {
        plan.place(of: task).map { plan.tasks[$0].definition.priority } ?? .critical
    }
}
