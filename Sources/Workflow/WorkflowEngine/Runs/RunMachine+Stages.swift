import Determinism
import WorkflowModel

extension RunMachine {
    mutating func start(_ header: RunHeader, _ event: RunEvent, _ step: inout RunStep) throws(RunMachineError) {
        guard phase == .new else { throw illegal(event) }
        guard
            (header.workflow, header.version, header.fingerprint) == (plan.name, plan.version, plan.fingerprint)
        else {
            throw RunMachineError(.definitionChanged, RunMachineError.changed(from: header, to: RunHeader(plan)))
        }
        self.header = header
        phase = .running
        started = event.time
        enterStage(0, at: event.time, &step)
    }

    /// Does one thing that follows from what has happened; false where nothing does.
    mutating func progress(at time: Timestamp, _ step: inout RunStep) -> Bool {
        switch phase {
        case .running:
            if let place = ready.popLast() {
                consider(place, at: time, &step)
                return true
            }
            guard unsettled == 0, case .open(let round) = stagePhase else { return false }
            endStage(round, at: time, &step)
            return true
        case .stopping: return windDown(at: time, &step)
        case .new, .finished: return false
        }
    }

    /// Goes to the first stage from a place on whose window is not over.
    private mutating func enterStage(_ first: Int, at time: Timestamp, _ step: inout RunStep) {
        stage = first
        while stage < members.count {
            guard let window = header?.windows.flatMap({ stage < $0.count ? $0[stage] : nil }) else {
                return openStage(round: 1, at: time, &step)
            }
            if time < window.from {
                stagePhase = .waiting(until: window.from, round: 1)
                return
            }
            if time < window.until { return openStage(round: 1, at: time, &step) }
            unsettled = members[stage].count
            passOver(at: time, &step)
            stage += 1
        }
        finish(at: time, &step)
    }

    private mutating func openStage(round: Int, at time: Timestamp, _ step: inout RunStep) {
        if let stage = plan.definition.stages[safe: stage] {
            step.events.append(RunEvent(.stageStarted(stage: stage.name, round: round), at: time))
        }
        beginRound(round, at: time)
    }

    private mutating func beginRound(_ round: Int, at time: Timestamp) {
        stagePhase = .open(round: round)
        stageStarted = time
        unsettled = members[stage].count
        ready = members[stage].reversed().filter { openDependencies[$0] == 0 }
    }

    mutating func resumeStage(_ name: String, _ round: Int, _ event: RunEvent) throws(RunMachineError) {
        guard phase == .running, case .waiting(let moment, round) = stagePhase, moment <= event.time,
            plan.definition.stages[safe: stage]?.name == name
        else { throw illegal(event) }
        if round > 1 { repeatStage() }
        beginRound(round, at: event.time)
    }

    private mutating func endStage(_ round: Int, at time: Timestamp, _ step: inout RunStep) {
        if let stage = plan.definition.stages[safe: stage] {
            step.events.append(RunEvent(.stageCompleted(stage: stage.name, round: round), at: time))
        }
        if let moment = nextRound(after: time) {
            stagePhase = .waiting(until: moment, round: round + 1)
            return
        }
        enterStage(stage + 1, at: time, &step)
    }

    /// When the stage's tasks are done again; nil where they are not.
    private func nextRound(after time: Timestamp) -> Timestamp? {
        guard let every = plan.definition.stages[safe: stage]?.window?.every, every > .zero,
            let window = header?.windows.flatMap({ stage < $0.count ? $0[stage] : nil })
        else { return nil }
        let moment = max(stageStarted.after(every), time)
        return moment < window.until ? moment : nil
    }

    /// Puts the stage's tasks back to their beginning; what the round before did stays done.
    private mutating func repeatStage() {
        earlierFailures += failures(of: members[stage])
        let repeated = Set(members[stage])
        done.removeAll { repeated.contains($0) }
        for place in members[stage] {
            tasks[place] = TaskRecord()
            for dependant in plan.tasks[place].dependants { openDependencies[dependant] += 1 }
        }
    }

    mutating func closeStage(
        _ name: String, _ round: Int, _ event: RunEvent, _ step: inout RunStep
    ) throws(RunMachineError) {
        guard phase == .running, plan.definition.stages[safe: stage]?.name == name else { throw illegal(event) }
        switch stagePhase {
        case .open(round): break
        case .waiting(_, round) where isWindowOver(at: event.time):
            stagePhase = .open(round: round)
            unsettled = members[stage].count { tasks[$0].state == .pending }
        default: throw illegal(event)
        }
        for address in active.sorted() { cutOff(address, at: event.time, &step) }
        passOver(at: event.time, &step)
        stopWhereUndoing(&step)
    }

    /// Skips what is left of the stage: what cannot be done because of a failure as blocked, the rest for its window.
    private mutating func passOver(at time: Timestamp, _ step: inout RunStep) {
        var left = members[stage].filter { tasks[$0].state == .pending }
        var count = left.count + 1
        while left.count < count {
            count = left.count
            left.removeAll { place in
                guard let obstacle = plan.tasks[place].dependencies.first(where: isObstacle) else { return false }
                skip(place, .blocked(by: cause(of: obstacle)), at: time, &step)
                return true
            }
        }
        for place in left { skip(place, .windowOver, at: time, &step) }
        ready.removeAll()
    }

    private func isObstacle(_ place: Int) -> Bool {
        tasks[place].state.isSettled && !tasks[place].state.counts
    }

    /// Ends a task whose stage's window has closed.
    private mutating func cutOff(_ address: TaskAddress, at time: Timestamp, _ step: inout RunStep) {
        switch record(of: address)?.state {
        case .running(let attempt, _):
            step.commands.append(cancellation(of: address))
            step.events.append(RunEvent(.taskTimedOut(task: name(of: address), attempt: attempt), at: time))
            giveUpInTime(address, attempt, at: time)
        case .queued, .retrying:
            step.commands.append(.withdraw(address))
            skip(address.place, .windowOver, at: time, &step)
        default: break
        }
    }

    mutating func adjust(_ adjustment: RunAdjustment, _ event: RunEvent) throws(RunMachineError) {
        let factor = timeoutFactor * adjustment.timeoutFactor
        guard phase == .running, RunMachine.timeoutFactors.contains(factor) else { throw illegal(event) }
        var changed = self
        changed.timeoutFactor = factor
        for check in adjustment.checks {
            for stage in stage..<members.count { try changed.insert(check, into: stage, event) }
        }
        self = changed
    }

    /// What timeouts may be multiplied by in all.
    private static let timeoutFactors = 0.001...1_000.0

    private mutating func insert(
        _ check: RunAdjustment.Check, into stage: Int, _ event: RunEvent
    ) throws(RunMachineError) {
        let stageName = plan.definition.stages[safe: stage]?.name
        var task = TaskDefinition(
            stageName.map { "\(check.name)@\($0)" } ?? check.name, .work(type: check.type), params: check.params)
        task.priority = check.priority
        task.stage = stageName == nil ? nil : stage
        var definition = plan.definition
        definition.tasks.append(task)
        do {
            plan = try WorkflowPlan(definition, version: plan.version)
        } catch {
            throw RunMachineError(.illegalEvent, "the run cannot be changed: \(error)")
        }
        let place = tasks.count
        tasks.append(TaskRecord())
        openDependencies.append(0)
        members[stage].append(place)
        guard stage == self.stage, case .open = stagePhase else { return }
        unsettled += 1
        ready.insert(place, at: 0)
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
