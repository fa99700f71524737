import Determinism
import WorkflowModel

extension RunMachine {
    mutating func begin(_ name: String, _ attempt: Int, _ event: RunEvent) throws(RunMachineError) {
        let address = try known(name, event)
        switch record(of: address)?.state {
        case .queued(attempt), .retrying(attempt, _): break
        case .running(attempt, _): change(address) { $0.restarts += 1 }
        default: throw illegal(event)
        }
        let until = event.time.after(limit(of: address))
        change(address) { record in
            record.state = .running(attempt: attempt, until: until)
            record.started = event.time
        }
    }

    mutating func complete(_ address: TaskAddress, _ output: [UInt8], cached: Bool, at time: Timestamp) {
        change(address) { record in
            record.output = output
            record.state = .completed(cached: cached)
        }
        if !address.isUndo {
            if cached { markWhereUncertain(address) } else { markForUndoing(address) }
        } else if case .completed = tasks[address.place].state {
            tasks[address.place].state = .compensated
        }
        settle(address, at: time)
    }

    mutating func fail(
        _ address: TaskAddress, _ attempt: Int, _ failure: TaskFailure, at time: Timestamp, _ step: inout RunStep
    ) {
        if failure.mayRetry, retry(address, attempt, at: time, &step) { return }
        change(address) { $0.state = .failed(attempts: attempt, failure) }
        if failure.code == RunMachine.crashLoop { change(address) { $0.isUncertain = true } }
        markWhereUncertain(address)
        settle(address, at: time)
        stopWhereUndoing(&step)
    }

    mutating func timeOut(
        _ name: String, _ attempt: Int, _ event: RunEvent, _ step: inout RunStep
    ) throws(RunMachineError) {
        let address = try running(name, attempt, event)
        step.commands.append(cancellation(of: address))
        change(address) { $0.isUncertain = true }
        if retry(address, attempt, at: event.time, &step) { return }
        giveUpInTime(address, attempt, at: event.time)
        stopWhereUndoing(&step)
    }

    /// Settles a task whose time is over: whether its work was done is not known, so it will be undone as well.
    mutating func giveUpInTime(_ address: TaskAddress, _ attempt: Int, at time: Timestamp) {
        change(address) { $0.state = .timedOut(attempts: attempt) }
        markForUndoing(address)
        settle(address, at: time)
    }

    mutating func giveUp(_ name: String, _ event: RunEvent) throws(RunMachineError) {
        let address = try known(name, event)
        guard case .stopping = phase, case .running? = record(of: address)?.state, !address.isUndo else {
            throw illegal(event)
        }
        change(address) { $0.state = .cancelled }
        markForUndoing(address)
        settle(address, at: event.time)
    }

    private mutating func markForUndoing(_ address: TaskAddress) {
        guard !address.isUndo, plan.tasks[address.place].definition.compensation != nil else { return }
        done.append(address.place)
    }

    /// Has a task undone of which an earlier try may have done its work.
    private mutating func markWhereUncertain(_ address: TaskAddress) {
        if record(of: address)?.isUncertain == true { markForUndoing(address) }
    }

    /// Looks at a task whose dependencies are settled.
    mutating func consider(_ place: Int, at time: Timestamp, _ step: inout RunStep) {
        let task = plan.tasks[place]
        if let obstacle = task.dependencies.first(where: { !tasks[$0].state.counts }) {
            return skip(place, .blocked(by: cause(of: obstacle)), at: time, &step)
        }
        do {
            if let condition = task.definition.condition, try !condition.holds({ value(of: $0, at: place) }) {
                return skip(place, .condition(condition.text), at: time, &step)
            }
        } catch {
            let failure = TaskFailure(code: "condition", "its condition: \(error)", mayRetry: false)
            step.events.append(RunEvent(.taskFailed(task: task.name, attempt: 0, failure), at: time))
            tasks[place].state = .failed(attempts: 0, failure)
            settle(TaskAddress(place), at: time)
            return stopWhereUndoing(&step)
        }
        queue(TaskAddress(place), at: time, &step)
    }

    /// The failed task behind a task that was not done.
    func cause(of place: Int) -> String {
        guard case .skipped(.blocked(let name)) = tasks[place].state else { return plan.tasks[place].name }
        return name
    }

    /// Makes a task ready to be done; what needs nobody to do it begins at once.
    mutating func queue(_ address: TaskAddress, at time: Timestamp, _ step: inout RunStep) {
        active.insert(address)
        let round = address.isUndo ? tasks[address.place].round : round
        change(address) { record in
            record.state = .queued(attempt: 1)
            record.round = round
        }
        if address.isUndo { return step.commands.append(.queue(address, attempt: 1)) }
        let place = address.place
        switch plan.tasks[place].definition.kind {
        case .work: step.commands.append(.queue(address, attempt: 1))
        case .join:
            beginAlone(address, at: time, &step)
            let output = joined(place)
            step.events.append(
                RunEvent(
                    .taskCompleted(task: plan.tasks[place].name, attempt: 1, output: output, cached: false), at: time))
            complete(address, output, cached: false, at: time)
        case .wait, .approval: beginAlone(address, at: time, &step)
        case .subprocess(let workflow):
            beginAlone(address, at: time, &step)
            step.commands.append(.startChild(place: place, workflow: workflow))
        case .circuitBreaker:
            beginAlone(address, at: time, &step)
            step.commands.append(.readBreaker(place: place))
        }
    }

    private mutating func beginAlone(_ address: TaskAddress, at time: Timestamp, _ step: inout RunStep) {
        let until = time.after(limit(of: address))
        change(address) { record in
            record.state = .running(attempt: 1, until: until)
            record.started = time
        }
        step.events.append(RunEvent(.taskStarted(task: name(of: address), attempt: 1), at: time))
    }

    mutating func skip(_ place: Int, _ reason: SkipReason, at time: Timestamp, _ step: inout RunStep) {
        tasks[place].state = .skipped(reason)
        markWhereUncertain(TaskAddress(place))
        step.events.append(RunEvent(.taskSkipped(task: plan.tasks[place].name, reason), at: time))
        settle(TaskAddress(place), at: time)
    }

    /// Notes that nothing more happens to a task and which tasks can go on because of it.
    mutating func settle(_ address: TaskAddress, at time: Timestamp) {
        active.remove(address)
        change(address) { $0.ended = time }
        guard !address.isUndo else { return }
        unsettled -= 1
        for dependant in plan.tasks[address.place].dependants.reversed() {
            openDependencies[dependant] -= 1
            let isNext = openDependencies[dependant] == 0 && (plan.tasks[dependant].definition.stage ?? 0) == stage
            if isNext, tasks[dependant].state == .pending { ready.append(dependant) }
        }
    }

    /// Plans another try; false where none is left.
    private mutating func retry(
        _ address: TaskAddress, _ attempt: Int, at time: Timestamp, _ step: inout RunStep
    ) -> Bool {
        let task = plan.tasks[address.place].definition
        let mayGoOn = address.isUndo || phase == .running
        guard attempt < task.retry.attempts, mayGoOn, hasPlaceToBeTried(address) else { return false }
        let chance = Double(Fingerprint.of("\(run)/\(name(of: address))/\(attempt)") >> 11) * 0x1p-53
        let moment = time.after(task.retry.delay(afterFailure: attempt, chance: chance))
        change(address) { $0.state = .retrying(attempt: attempt + 1, at: moment) }
        step.events.append(
            RunEvent(.taskRetrying(task: name(of: address), attempt: attempt + 1, at: moment), at: time))
        return true
    }

    /// Whether a task is done by somebody who can be asked again.
    private func hasPlaceToBeTried(_ address: TaskAddress) -> Bool {
        if address.isUndo { return true }
        guard case .work = plan.tasks[address.place].definition.kind else { return false }
        return true
    }

    /// How long a try may take.
    func limit(of address: TaskAddress) -> Duration {
        let task = plan.tasks[address.place].definition
        if address.isUndo { return task.timeout }
        if case .wait(let duration) = task.kind { return duration }
        let limit = min(task.timeout, task.breaker?.timeout ?? task.timeout)
        return timeoutFactor == 1 ? limit : min(limit, Timestamp.longest) * timeoutFactor
    }

    mutating func change(_ address: TaskAddress, _ body: (inout TaskRecord) -> Void) {
        if address.isUndo { body(&undos[address.place, default: TaskRecord()]) } else { body(&tasks[address.place]) }
    }

    func running(_ name: String, _ attempt: Int, _ event: RunEvent) throws(RunMachineError) -> TaskAddress {
        let address = try known(name, event)
        guard case .running(attempt, _)? = record(of: address)?.state else { throw illegal(event) }
        return address
    }

    private func known(_ name: String, _ event: RunEvent) throws(RunMachineError) -> TaskAddress {
        switch phase {
        case .new, .finished: throw illegal(event)
        case .running, .stopping: break
        }
        guard let address = address(of: name) else { throw illegal(event) }
        return address
    }
}
