import Determinism
import WorkflowModel

extension RunMachine {
    /// Stops the run where a task failed and what was done before has to be undone; nobody's answer is waited for.
    mutating func stopWhereUndoing(_ step: inout RunStep) {
        guard phase == .running, plan.tasks.contains(where: { $0.definition.compensation != nil }) else { return }
        let failed = tasks.contains {
            switch $0.state {
            case .failed, .timedOut: true
            default: false
            }
        }
        guard failed else { return }
        phase = .stopping(.failure)
        withdrawQueued(&step)
        guard let time = step.events.last?.time else { return }
        for address in active.sorted() where isIdle(address) { cancel(address, at: time, &step) }
    }

    /// Whether a task that is under way is nobody's work.
    private func isIdle(_ address: TaskAddress) -> Bool {
        switch plan.tasks[address.place].definition.kind {
        case .approval, .wait: !address.isUndo
        case .work, .subprocess, .circuitBreaker, .join: false
        }
    }

    mutating func stop(_ reason: Stop, _ event: RunEvent, _ step: inout RunStep) throws(RunMachineError) {
        guard phase == .running else { throw illegal(event) }
        phase = .stopping(reason)
        withdrawQueued(&step)
        for address in active.sorted() { cancel(address, at: event.time, &step) }
    }

    /// Ends work under way early; what nobody is doing ends at once.
    private mutating func cancel(_ address: TaskAddress, at time: Timestamp, _ step: inout RunStep) {
        switch plan.tasks[address.place].definition.kind {
        case .work, .subprocess: step.commands.append(cancellation(of: address))
        case .approval, .wait, .circuitBreaker, .join:
            step.events.append(RunEvent(.taskCancelled(task: name(of: address)), at: time))
            tasks[address.place].state = .cancelled
            settle(address, at: time)
        }
    }

    func cancellation(of address: TaskAddress) -> RunCommand {
        guard !address.isUndo, case .subprocess = plan.tasks[address.place].definition.kind else {
            return .cancel(address)
        }
        return .cancelChild(place: address.place)
    }

    private mutating func withdrawQueued(_ step: inout RunStep) {
        ready.removeAll()
        for address in active.sorted() {
            switch record(of: address)?.state {
            case .queued, .retrying:
                step.commands.append(.withdraw(address))
                tasks[address.place].state = .pending
                active.remove(address)
            default: break
            }
        }
    }

    /// Brings a stopping run nearer to its end; false where it waits for something under way.
    mutating func windDown(at time: Timestamp, _ step: inout RunStep) -> Bool {
        ready.removeAll()
        guard active.isEmpty else { return false }
        for place in tasks.indices where tasks[place].state == .pending {
            skip(place, .stopped, at: time, &step)
        }
        if let place = done.popLast() {
            undone.append(place)
            queue(TaskAddress(place, undo: true), at: time, &step)
            return false
        }
        finish(at: time, &step)
        return false
    }

    mutating func finish(at time: Timestamp, _ step: inout RunStep) {
        let outcome = outcome()
        phase = .finished(outcome)
        step.events.append(RunEvent(.runFinished(outcome), at: time))
        step.commands.append(.finish(outcome))
    }

    private func outcome() -> RunOutcome {
        let failures = earlierFailures + failures(of: Array(tasks.indices))
        return RunOutcome(
            status(failures), reason: reason, failures: failures, blocked: blocked(),
            compensated: undone.filter { undos[$0]?.state == .completed(cached: false) }.map { plan.tasks[$0].name },
            uncompensated: undone.compactMap { place in
                undos[place].flatMap { failure(plan.tasks[place].name, $0.state) }
            })
    }

    private func status(_ failures: [RunOutcome.Failure]) -> RunOutcome.Status {
        switch phase {
        case .stopping(.cancelled): .cancelled
        case .stopping(.timedOut): .timedOut
        case .stopping(.failure): .failed
        default: failures.isEmpty ? .completed : .failed
        }
    }

    private var reason: String? {
        switch phase {
        case .stopping(.cancelled(let reason)): reason
        case .stopping(.timedOut): "the run took longer than \(plan.definition.timeout)"
        default: nil
        }
    }

    private func blocked() -> [RunOutcome.Blocked] {
        tasks.indices.compactMap { place in
            guard case .skipped(.blocked(let name)) = tasks[place].state else { return nil }
            return RunOutcome.Blocked(task: plan.tasks[place].name, because: name)
        }
    }

    func failures(of places: [Int]) -> [RunOutcome.Failure] {
        places.compactMap { failure(plan.tasks[$0].name, tasks[$0].state) }
    }

    private func failure(_ name: String, _ state: TaskState) -> RunOutcome.Failure? {
        switch state {
        case .failed(let attempts, let failure):
            RunOutcome.Failure(task: name, attempts: attempts, error: "\(failure)", code: failure.code)
        case .timedOut(let attempts):
            RunOutcome.Failure(task: name, attempts: attempts, error: "it took too long", code: "timeout")
        default: nil
        }
    }
}
