import Determinism
import TaskQueues
import WorkflowModel

/// A run that has not ended, as the engine keeps it.
struct ActiveRun: Sendable {
    var machine: RunMachine
    /// How many of its events are recorded or about to be.
    var recorded = 0
    /// The moment at which it has asked to be woken.
    var wake: Timestamp?
    /// The message that the run is about, as it was handed out last.
    var message: LeaseReceipt?
    /// For each task after a circuit breaker, the breaker's place.
    let guards: [Int: Int]

    init(_ machine: RunMachine) {
        self.machine = machine
        guards = ActiveRun.guards(machine.plan)
    }

    private static func guards(_ plan: WorkflowPlan) -> [Int: Int] {
        var guards: [Int: Int] = [:]
        let breakers = plan.tasks.indices.filter { plan.tasks[$0].definition.kind.isBreaker }
        for breaker in breakers {
            var next = plan.tasks[breaker].dependants
            while let place = next.popLast() {
                guard guards.updateValue(breaker, forKey: place) != breaker else { continue }
                next += plan.tasks[place].dependants
            }
        }
        return guards
    }
}

extension TaskKind {
    fileprivate var isBreaker: Bool {
        guard case .circuitBreaker = self else { return false }
        return true
    }
}
