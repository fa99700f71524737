import Determinism
import WorkflowModel

extension WorkflowMachine {
    /// Hands a task out; where a circuit breaker is open, the try fails at once.
    mutating func dispatch(_ ticket: TaskDispatcher.Ticket, at time: Timestamp, _ step: inout EngineStep) {
        guard let task = runs[ticket.run]?.machine.name(of: ticket.address) else { return }
        let protection = runs[ticket.run]?.machine.protection(ticket.address)
        happen(.taskStarted(task: task, attempt: ticket.attempt), in: ticket.run, at: time, &step)
        if let protection, admit(protection.name, protection.policy, owner(ticket, task), at: time, &step) == .open {
            let failure = TaskFailure(code: "circuit_open", "the circuit breaker '\(protection.name)' is open")
            happen(.taskFailed(task: task, attempt: ticket.attempt, failure), in: ticket.run, at: time, &step)
        } else if let order = runs[ticket.run]?.machine.order(ticket.address, attempt: ticket.attempt) {
            step.commands.append(.perform(order))
        }
    }

    /// Takes in what work has come to; what nobody waits for any more changes nothing.
    mutating func settle(_ key: TaskKey, _ result: TaskResult, at time: Timestamp, _ step: inout EngineStep) {
        guard let address = address(of: key) else { return }
        let breakers = breakers(around: address, key)
        switch result {
        case .completed(let output, let cached):
            if !cached, let slot = address.isUndo ? nil : runs[key.run]?.machine.cacheSlot(address.place) {
                step.batch.states[slot.key] = CachedResult(output: output, until: time.after(slot.lifetime)).bytes
            }
            let fact = RunEvent.Fact.taskCompleted(
                task: key.task, attempt: key.attempt, output: output, cached: cached)
            happen(fact, in: key.run, at: time, &step)
            count(cached ? .nothing : .success, for: breakers, at: time, &step)
        case .failed(let failure):
            happen(.taskFailed(task: key.task, attempt: key.attempt, failure), in: key.run, at: time, &step)
            count(.failure, for: breakers, at: time, &step)
        case .cancelled:
            settleCancelled(key, address, at: time, &step)
            count(.nothing, for: breakers, at: time, &step)
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

    /// Gives up work of a stopped run that waits to be begun again after a crash.
    mutating func giveUp(_ run: RunID, _ address: TaskAddress, at time: Timestamp, _ step: inout EngineStep) {
        guard let machine = runs[run]?.machine, case .stopping = machine.phase, !address.isUndo,
            case .running? = machine.record(of: address)?.state
        else { return }
        happen(.taskCancelled(task: machine.name(of: address)), in: run, at: time, &step)
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
        _ name: String, _ policy: BreakerPolicy, _ owner: String, at time: Timestamp, _ step: inout EngineStep
    ) -> CircuitBreaker.Status {
        var breaker = breakers[name] ?? CircuitBreaker(policy)
        breaker.policy = policy
        let status = breaker.admit(owner, at: time)
        set(breaker, name, &step)
        return status
    }

    mutating func readBreaker(_ run: RunID, _ place: Int, at time: Timestamp, _ step: inout EngineStep) {
        guard let machine = runs[run]?.machine, case .running(let attempt, _) = machine.tasks[place].state,
            case .circuitBreaker(let policy) = machine.plan.tasks[place].definition.kind
        else { return }
        let task = machine.plan.tasks[place].name
        let name = "\(machine.plan.name)/\(task)"
        let status = admit(name, policy, run.text, at: time, &step)
        let failures = breakers[name]?.failures ?? 0
        let output: Value = ["circuit_status": .text(status.rawValue), "failures": .integer(Int64(failures))]
        let bytes = output.recorded
        advance(run, at: time, &step) { machine throws(RunMachineError) in
            try machine.handle(
                RunEvent(.taskCompleted(task: task, attempt: attempt, output: bytes, cached: false), at: time))
        }
    }

    /// What work means for a breaker.
    private enum Verdict {
        case success
        case failure
        case nothing
    }

    /// A breaker and whose work it counts: a try around a type of work, a whole run after a step.
    private typealias Counter = (breaker: String, owner: String)

    private func owner(_ ticket: TaskDispatcher.Ticket, _ task: String) -> String {
        WorkflowMachine.owner(TaskKey(run: ticket.run, task: task, attempt: ticket.attempt))
    }

    private static func owner(_ key: TaskKey) -> String { "\(key.run)/\(key.task)/\(key.attempt)" }

    /// The breakers that count what becomes of a task; what a run does because it found a breaker open says nothing.
    private func breakers(around address: TaskAddress, _ key: TaskKey) -> [Counter] {
        guard !address.isUndo, let active = runs[key.run] else { return [] }
        var counters: [Counter] = []
        if let own = active.machine.protection(address) { counters.append((own.name, WorkflowMachine.owner(key))) }
        let plan = active.machine.plan
        if let guardian = active.guards[address.place].map({ plan.tasks[$0].name }),
            active.machine.output(of: guardian)?["circuit_status"] != .text(CircuitBreaker.Status.open.rawValue)
        {
            counters.append(("\(plan.name)/\(guardian)", key.run.text))
        }
        return counters
    }

    private mutating func count(
        _ verdict: Verdict, for counters: [Counter], at time: Timestamp, _ step: inout EngineStep
    ) {
        for counter in counters {
            guard var breaker = breakers[counter.breaker] else { continue }
            switch verdict {
            case .success: breaker.succeed(counter.owner)
            case .failure: breaker.fail(counter.owner, at: time)
            case .nothing: breaker.abandon(counter.owner)
            }
            set(breaker, counter.breaker, &step)
        }
    }

    /// Counts a try that took too long as a failure.
    mutating func countTimeOut(_ key: TaskKey, at time: Timestamp, _ step: inout EngineStep) {
        guard let address = runs[key.run]?.machine.address(of: key.task) else { return }
        count(.failure, for: breakers(around: address, key), at: time, &step)
    }

    private mutating func set(_ breaker: CircuitBreaker, _ name: String, _ step: inout EngineStep) {
        guard breakers.updateValue(breaker, forKey: name) != breaker else { return }
        step.batch.states[StateKey("breaker", name)] = breaker.bytes
    }
}
