import Determinism
import WorkflowModel

extension WorkflowMachine {
    mutating func start(
        _ request: RunRequest, at time: Timestamp, _ step: inout EngineStep
    ) throws(EngineRefusal) -> RunID {
        try checkName(request.run)
        try check(request.input)
        let plan = try plan(request.workflow, version: request.version)
        var header = RunHeader(plan, input: request.input, cause: request.cause)
        header.isTest = request.isTest ? true : nil
        header.windows = request.windows
        header.message = request.message
        try begin(request.run, plan, header, at: time, &step)
        runs[request.run]?.message = request.message
        step.batch.states.merge(request.states) { _, new in new }
        return request.run
    }

    private func checkName(_ run: RunID) throws(EngineRefusal) {
        guard run.text.contains("::") else { return }
        throw EngineRefusal(
            .runExists, "'\(run)': names with '::' belong to runs that other runs start; choose another")
    }

    private func check(_ value: Value) throws(EngineRefusal) {
        guard !value.canBeKept else { return }
        throw EngineRefusal(
            .notNow, "what was handed in cannot be kept: it nests too deep or holds a number that is not finite")
    }

    mutating func adjust(
        _ run: RunID, _ adjustment: RunAdjustment, at time: Timestamp, _ step: inout EngineStep
    ) throws(EngineRefusal) -> RunID {
        for check in adjustment.checks { try self.check(check.params) }
        return try request(run, .runAdjusted(adjustment), at: time, &step)
    }

    private func plan(_ workflow: String, version: Int?) throws(EngineRefusal) -> WorkflowPlan {
        if let plan = catalog.plan(workflow, version: version) { return plan }
        let known = catalog.names.isEmpty ? "none is known" : "known are \(catalog.names.joined(separator: ", "))"
        let wanted = version.map { "version \($0) of the workflow '\(workflow)'" } ?? "workflow '\(workflow)'"
        throw EngineRefusal(.unknownWorkflow, "there is no \(wanted); \(known)")
    }

    private mutating func begin(
        _ run: RunID, _ plan: WorkflowPlan, _ header: RunHeader, at time: Timestamp, _ step: inout EngineStep
    ) throws(EngineRefusal) {
        guard runs[run] == nil, unreadable[run] == nil, !step.concerns(run) else {
            throw EngineRefusal(.runExists, "a run '\(run)' is open already")
        }
        runs[run] = ActiveRun(RunMachine(plan, run: run))
        advance(run, at: time, &step) { machine throws(RunMachineError) in
            try machine.handle(RunEvent(.runStarted(header), at: time))
        }
    }

    mutating func request(
        _ run: RunID, _ fact: RunEvent.Fact, at time: Timestamp, _ step: inout EngineStep
    ) throws(EngineRefusal) -> RunID {
        guard runs[run] != nil else { throw EngineRefusal(.unknownRun, "there is no open run '\(run)'") }
        let refusal = advance(run, at: time, &step) { machine throws(RunMachineError) in
            try machine.handle(RunEvent(fact, at: time))
        }
        if let refusal { throw EngineRefusal(.notNow, "run '\(run)': \(refusal)") }
        return run
    }

    mutating func answer(
        _ approval: Approval, at time: Timestamp, _ step: inout EngineStep
    ) throws(EngineRefusal) -> RunID {
        guard let machine = runs[approval.run]?.machine else {
            throw EngineRefusal(.unknownRun, "there is no open run '\(approval.run)'")
        }
        guard let place = machine.plan.place(of: approval.task),
            case .approval = machine.plan.tasks[place].definition.kind,
            case .running(let attempt, _) = machine.tasks[place].state
        else {
            throw EngineRefusal(.notNow, "'\(approval.task)' of run '\(approval.run)' does not wait for an answer")
        }
        return try request(approval.run, approval.fact(attempt), at: time, &step)
    }

    /// Starts a copy: what was done and is not to be done again is put into it as if it had been done there.
    mutating func fork(
        _ request: ForkRequest, at time: Timestamp, _ step: inout EngineStep
    ) throws(EngineRefusal) -> RunID {
        try checkName(request.run)
        guard case .runStarted(let original)? = request.history.first?.fact else {
            throw EngineRefusal(.unknownRun, "there is no run '\(request.original)'")
        }
        let plan = try plan(original.workflow, version: request.version ?? original.version)
        if let unknown = request.from.first(where: { plan.place(of: $0) == nil }) {
            throw EngineRefusal(.notNow, "'\(plan.name)' version \(plan.version) has no task '\(unknown)'")
        }
        var header = RunHeader(plan, input: original.input, cause: "fork of \(request.original)")
        header.isTest = original.isTest
        header.fork = RunHeader.Fork(run: request.original, from: request.from)
        try begin(request.run, plan, header, at: time, &step)
        for output in request.kept(by: plan) { adopt(output, into: request.run, at: time, &step) }
        return request.run
    }

    private mutating func adopt(
        _ output: (task: String, bytes: [UInt8]), into run: RunID, at time: Timestamp, _ step: inout EngineStep
    ) {
        advance(run, at: time, &step) { machine throws(RunMachineError) in
            var runStep = RunStep()
            guard let place = machine.plan.place(of: output.task) else { return runStep }
            if case .queued = machine.tasks[place].state {
                runStep.join(try machine.handle(RunEvent(.taskStarted(task: output.task, attempt: 1), at: time)))
            }
            guard case .running(let attempt, _) = machine.tasks[place].state else { return runStep }
            let fact = RunEvent.Fact.taskCompleted(
                task: output.task, attempt: attempt, output: output.bytes, cached: true)
            runStep.join(try machine.handle(RunEvent(fact, at: time)))
            return runStep
        }
    }
}

extension Approval {
    fileprivate func fact(_ attempt: Int) -> RunEvent.Fact {
        guard isApproved else {
            let why = note.isEmpty ? "" : ": \(note)"
            return .taskFailed(
                task: task, attempt: attempt,
                TaskFailure(code: "rejected", "rejected by \(by)\(why)", mayRetry: false))
        }
        let output: Value = ["approved": true, "by": .text(by), "note": .text(note)]
        return .taskCompleted(
            task: task, attempt: attempt, output: output.recorded, cached: false)
    }
}

extension ForkRequest {
    /// The outputs that are kept, in the order in which they came about.
    fileprivate func kept(by plan: WorkflowPlan) -> [(task: String, bytes: [UInt8])] {
        var again: Set<Int> = []
        var next = (from + undone).compactMap { plan.place(of: $0) }
        while let place = next.popLast() {
            if again.insert(place).inserted { next += plan.tasks[place].dependants }
        }
        return history.compactMap { event in
            guard case .taskCompleted(let task, _, let output, _) = event.fact, let place = plan.place(of: task),
                !again.contains(place)
            else { return nil }
            return (task, output)
        }
    }

    /// The tasks whose work was undone, or whose undoing was begun.
    private var undone: [String] {
        history.compactMap { event in
            guard case .taskStarted(let task, _) = event.fact, task.hasPrefix("undo:") else { return nil }
            return String(task.dropFirst(5))
        }
    }
}
