import Determinism
import WorkflowModel

extension WorkflowMachine {
    /// Hands a task out; where a circuit breaker is open, the try fails at once.
    mutating func dispatch(_ ticket: TaskDispatcher.Ticket, at time: Timestamp, _ step: inout EngineStep) {
        guard let task = runs[ticket.run]?.machine.name(of: ticket.address) else { return }
        let protection = runs[ticket.run]?.machine.protection(ticket.address)
        happen(.taskStarted(task: task, attempt: ticket.attempt), in: ticket.run, at: time, &step)
        if let protection, admit(protection.name, protection.policy, at: time, &step) == .open {
            let failure = TaskFailure(code: "circuit_open", "the circuit breaker '\(protection.name)' is open")
            happen(.taskFailed(task: task, attempt: ticket.attempt, failure), in: ticket.run, at: time, &step)
        } else if let order = runs[ticket.run]?.machine.order(ticket.address, attempt: ticket.attempt) {
            step.commands.append(.perform(order))
        }
    }

    /// Takes in what work has come to; what nobody waits for any more changes nothing.
    mutating func settle(_ key: TaskKey, _ result: TaskResult, at time: Timestamp, _ step: inout EngineStep) {
        guard let address = address(of: key) else { return }
        let breakers = breakers(around: address, of: key.run)
        switch result {
        case .completed(let output, let cached):
            if !cached, let slot = address.isUndo ? nil : runs[key.run]?.machine.cacheSlot(address.place) {
                step.batch.states[slot.key] = CachedResult(output: output, until: time + slot.lifetime).bytes
            }
            let fact = RunEvent.Fact.taskCompleted(
                task: key.task, attempt: key.attempt, output: output, cached: cached)
            happen(fact, in: key.run, at: time, &step)
            if !cached { count(nil, for: breakers, at: time, &step) }
        case .failed(let failure):
            happen(.taskFailed(task: key.task, attempt: key.attempt, failure), in: key.run, at: time, &step)
            count(failure, for: breakers, at: time, &step)
        case .cancelled: settleCancelled(key, address, at: time, &step)
        }
    }

    /// Work that ended early although nobody asked for it has failed.
    private mutating func settleCancelled(
        _ key: TaskKey, _ address: TaskAddress, at time: Timestamp, _ step: inout EngineStep
    ) {
        if case .stopping? = runs[key.run]?.machine.phase, !address.isUndo {
            happen(.taskCancelled(task: key.task), in: key.run, at: time, &step)
        } else {
            let failure = TaskFailure(code: "cancelled", "the work ended early")
            happen(.taskFailed(task: key.task, attempt: key.attempt, failure), in: key.run, at: time, &step)
        }
    }

    private mutating func happen(
        _ fact: RunEvent.Fact, in run: RunID, at time: Timestamp, _ step: inout EngineStep
    ) {
        advance(run, at: time, &step) { machine throws(RunMachineError) in
            try machine.handle(RunEvent(fact, at: time))
        }
    }

    /// Which task a try belongs to; nil where it is not under way.
    private func address(of key: TaskKey) -> TaskAddress? {
        guard let address = runs[key.run]?.machine.address(of: key.task),
            case .running(key.attempt, _)? = runs[key.run]?.machine.record(of: address)?.state
        else { return nil }
        return address
    }

    // MARK: - Circuit breakers

    private mutating func admit(
        _ name: String, _ policy: BreakerPolicy, at time: Timestamp, _ step: inout EngineStep
    ) -> CircuitBreaker.Status {
        var breaker = breakers[name] ?? CircuitBreaker(policy)
        breaker.policy = policy
        let status = breaker.admit(at: time)
        set(breaker, name, &step)
        return status
    }

    mutating func readBreaker(_ run: RunID, _ place: Int, at time: Timestamp, _ step: inout EngineStep) {
        guard let machine = runs[run]?.machine, case .running(let attempt, _) = machine.tasks[place].state,
            case .circuitBreaker(let policy) = machine.plan.tasks[place].definition.kind
        else { return }
        let task = machine.plan.tasks[place].name
        let name = "\(machine.plan.name)/\(task)"
        let status = admit(name, policy, at: time, &step)
        let failures = breakers[name]?.failures ?? 0
        let output: Value = ["circuit_status": .text(status.rawValue), "failures": .integer(Int64(failures))]
        let bytes = (try? output.json()) ?? Array("{}".utf8)
        advance(run, at: time, &step) { machine throws(RunMachineError) in
            try machine.handle(
                RunEvent(.taskCompleted(task: task, attempt: attempt, output: bytes, cached: false), at: time))
        }
    }

    /// The names of the breakers that count what becomes of a task.
    private func breakers(around address: TaskAddress, of run: RunID) -> [String] {
        guard !address.isUndo, let active = runs[run] else { return [] }
        let own = active.machine.protection(address)?.name
        let plan = active.machine.plan
        let guardian = active.guards[address.place].map { "\(plan.name)/\(plan.tasks[$0].name)" }
        return [own, guardian].compactMap { $0 }
    }

    private mutating func count(
        _ failure: TaskFailure?, for names: [String], at time: Timestamp, _ step: inout EngineStep
    ) {
        for name in names {
            guard var breaker = breakers[name] else { continue }
            if failure == nil { breaker.succeed() } else { breaker.fail(at: time) }
            set(breaker, name, &step)
        }
    }

    /// Counts a try that took too long as a failure.
    mutating func countTimeOut(_ task: String, of run: RunID, at time: Timestamp, _ step: inout EngineStep) {
        guard let address = runs[run]?.machine.address(of: task) else { return }
        let names = breakers(around: address, of: run)
        count(TaskFailure("it took too long"), for: names, at: time, &step)
    }

    private mutating func set(_ breaker: CircuitBreaker, _ name: String, _ step: inout EngineStep) {
        guard breakers.updateValue(breaker, forKey: name) != breaker else { return }
        step.batch.states[StateKey("breaker", name)] = breaker.bytes
    }
}
