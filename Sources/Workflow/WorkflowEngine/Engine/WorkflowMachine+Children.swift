import Determinism
import TaskQueues
import WorkflowModel

extension WorkflowMachine {
    mutating func startChild(
        _ run: RunID, _ place: Int, _ workflow: String, at time: Timestamp, _ step: inout EngineStep
    ) {
        guard let machine = runs[run]?.machine, case .running(let attempt, _) = machine.tasks[place].state else {
            return
        }
        let child = machine.child(place)
        guard runs[child] == nil, unreadable[child] == nil else { return }
        let task = machine.plan.tasks[place].name
        if let failure = failure(of: workflow, below: machine) {
            advance(run, at: time, &step) { machine throws(RunMachineError) in
                try machine.handle(RunEvent(.taskFailed(task: task, attempt: attempt, failure), at: time))
            }
            return
        }
        guard let plan = catalog.plan(workflow) else { return }
        var header = RunHeader(plan, input: machine.childInput(place), cause: "step '\(task)' of \(run)")
        header.isTest = machine.header?.isTest
        header.parent = RunHeader.Parent(run: run, task: task, depth: machine.depth + 1)
        runs[child] = ActiveRun(RunMachine(plan, run: child))
        advance(child, at: time, &step) { machine throws(RunMachineError) in
            try machine.handle(RunEvent(.runStarted(header), at: time))
        }
    }

    /// Why a workflow cannot be run for a task; nil where it can.
    private func failure(of workflow: String, below machine: RunMachine) -> TaskFailure? {
        if catalog.plan(workflow) == nil {
            return TaskFailure(code: "unknown_workflow", "there is no workflow '\(workflow)'", mayRetry: false)
        }
        guard machine.depth >= WorkflowMachine.greatestDepth else { return nil }
        return TaskFailure(
            code: "too_deep", "workflows start each other \(machine.depth) deep, which is as deep as they may",
            mayRetry: false)
    }

    mutating func cancelChild(_ child: RunID, of run: RunID, at time: Timestamp, _ step: inout EngineStep) {
        advance(child, at: time, &step) { machine throws(RunMachineError) in
            try machine.handle(RunEvent(.cancelRequested(reason: "the run '\(run)' gave it up"), at: time))
        }
    }

    /// Forgets a run that has ended and hands its results to the task that waits for it.
    mutating func end(_ run: RunID, _ outcome: RunOutcome, at time: Timestamp, _ step: inout EngineStep) {
        guard let ended = runs.removeValue(forKey: run) else { return }
        step.commands.append(.ended(run, outcome))
        if let message = ended.message { step.batch.queueChanges.append(outcome.change(message)) }
        guard let parent = ended.machine.header?.parent, let machine = runs[parent.run]?.machine,
            let place = machine.plan.place(of: parent.task), machine.child(place) == run,
            case .running(let attempt, _) = machine.tasks[place].state
        else { return }
        let fact = ended.machine.fact(for: parent.task, attempt: attempt, outcome, stopping: machine.phase)
        advance(parent.run, at: time, &step) { machine throws(RunMachineError) in
            try machine.handle(RunEvent(fact, at: time))
        }
    }
}

extension RunMachine {
    /// How many runs are above this one.
    fileprivate var depth: Int { header?.parent?.depth ?? 0 }

    /// The run that a task starts: one for each round of its stage.
    func child(_ place: Int) -> RunID {
        let round = tasks[place].round
        return RunID("\(run)::\(plan.tasks[place].name.asPartOfKey)\(round > 1 ? "#\(round)" : "")")
    }

    /// What a started run is about: this run's input, what the task's `params.input` says, and `results` so far.
    fileprivate func childInput(_ place: Int) -> Value {
        var fields = header?.input?.fields ?? [:]
        fields.merge(plan.tasks[place].definition.params["input"]?.fields ?? [:]) { _, said in said }
        fields["results"] = results(before: place)
        return .object(fields)
    }

    /// What the end of a started run means for the task that waits for it.
    fileprivate func fact(
        for task: String, attempt: Int, _ outcome: RunOutcome, stopping phase: Phase
    ) -> RunEvent.Fact {
        if outcome.status == .completed {
            let output: Value = ["run": .text(run.text), "status": "completed", "results": .object(outputs)]
            let bytes = output.recorded
            return .taskCompleted(task: task, attempt: attempt, output: bytes, cached: false)
        }
        if case .stopping = phase, outcome.status == .cancelled { return .taskCancelled(task: task) }
        let why = outcome.failures.map { "\($0.task): \($0.error)" }.joined(separator: "; ")
        let message = "the run '\(run)' ended \(outcome.status.rawValue)\(why.isEmpty ? "" : ": \(why)")"
        return .taskFailed(task: task, attempt: attempt, TaskFailure(code: "subprocess", message, mayRetry: false))
    }
}

extension RunOutcome {
    /// What the end of a run means for the message that it was about: one that was cancelled is not tried again.
    fileprivate func change(_ message: LeaseReceipt) -> QueueChange {
        switch status {
        case .completed: .acknowledge(message)
        case .failed: .fail(message, TaskQueues.Failure(failures.first?.code ?? "error", detail: failures.first?.error))
        case .timedOut: .fail(message, TaskQueues.Failure("timeout", detail: reason))
        case .cancelled: .fail(message, TaskQueues.Failure("cancelled", detail: reason, retry: .never))
        }
    }
}
