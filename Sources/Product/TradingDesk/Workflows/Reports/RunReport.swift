public import Determinism
public import WorkflowEngine
public import WorkflowModel

/// What a run came to, or stands at: what every face of the product says of it.
public struct RunReport: Sendable, Hashable {
    /// The run.
    public let run: RunID
    /// The machine after everything that happened.
    public let machine: RunMachine
    /// When the run began; nil while nothing has happened.
    public let started: Timestamp?
    /// When it ended; nil while it is open.
    public let finished: Timestamp?

    /// What a history says, read with the plan that the run followed; throws where they do not fit.
    public init(_ plan: WorkflowPlan, run: RunID, _ history: [RunEvent]) throws(ReplayDivergence) {
        self.run = run
        machine = try RunReplay.machine(plan, run: run, history)
        started = history.first?.time
        if case .runFinished? = history.last?.fact { finished = history.last?.time } else { finished = nil }
    }

    /// How it ended; nil while it is open.
    public var outcome: RunOutcome? {
        guard case .finished(let outcome) = machine.phase else { return nil }
        return outcome
    }

    /// `running`, `stopping`, or how it ended.
    public var status: String {
        switch machine.phase {
        case .new: "pending"
        case .running: "running"
        case .stopping: "stopping"
        case .finished(let outcome): outcome.status.rawValue
        }
    }

    /// How long it took; nil while it is open.
    public var duration: Duration? {
        guard let started, let finished else { return nil }
        return finished - started
    }

    /// How many tasks are in each state, by the states' names in small letters.
    public var taskSummary: [String: Int] {
        var counts: [String: Int] = ["total": machine.tasks.count]
        for record in machine.tasks { counts[record.state.name.lowercased(), default: 0] += 1 }
        return counts
    }
}

extension RunReport {
    /// The answer for programs: status, counts, results by stage and agent, errors, duration in seconds.
    public var value: Value {
        let header = machine.header
        return [
            "execution_id": .text(run.text),
            "workflow_id": .text(machine.plan.name),
            "version": .integer(Int64(machine.plan.version)),
            "status": .text(status),
            "success": outcome.map { .boolean($0.status == .completed) } ?? .null,
            "test_mode": .boolean(header?.isTest ?? false),
            "trigger": header?.cause.map(Value.text) ?? .null,
            "started_at": started.map { .text("\($0)") } ?? .null,
            "finished_at": finished.map { .text("\($0)") } ?? .null,
            "duration": duration.map { .number($0.asSeconds) } ?? .null,
            "reason": outcome?.reason.map(Value.text) ?? .null,
            "task_summary": .object(taskSummary.mapValues { .integer(Int64($0)) }),
            "stage_results": stageResults,
            "agent_outputs": agentOutputs,
            "errors": .list(errors),
            "compensated": .list((outcome?.compensated ?? []).map(Value.text)),
            "uncompensated": .list((outcome?.uncompensated ?? []).map(\.value)),
        ]
    }

    /// What failed for good and what was not done because of it.
    public var errors: [Value] {
        let failed = outcome?.failures.map(\.value) ?? []
        let blocked = outcome?.blocked.map { blocked -> Value in
            ["step": .text(blocked.task), "error": .text("not done, because '\(blocked.because)' was not")]
        }
        return failed + (blocked ?? [])
    }

    /// By stage: what became of its tasks, and what they put out.
    private var stageResults: Value {
        let stages = machine.plan.definition.stages
        guard !stages.isEmpty else { return [:] }
        var results: [String: Value] = [:]
        for (place, stage) in stages.enumerated() {
            let tasks = machine.plan.tasks.indices.filter { machine.plan.tasks[$0].definition.stage == place }
            results[stage.name] = .object(
                Dictionary(tasks.map { (machine.plan.tasks[$0].name, result(of: $0)) }) { $1 })
        }
        return .object(results)
    }

    private func result(of place: Int) -> Value {
        [
            "status": .text(machine.tasks[place].state.name),
            "output": machine.output(of: machine.plan.tasks[place].name) ?? .null,
        ]
    }

    /// By agent, or by task where no agent is named: what was put out.
    private var agentOutputs: Value {
        var outputs: [String: Value] = [:]
        for task in machine.plan.tasks {
            guard let output = machine.output(of: task.name) else { continue }
            guard let agent = task.definition.agent else {
                outputs[task.name] = output
                continue
            }
            var own = outputs[agent]?.fields ?? [:]
            own[task.name] = output
            outputs[agent] = .object(own)
        }
        return .object(outputs)
    }
}

extension RunOutcome.Failure {
    var value: Value {
        ["step": .text(task), "attempts": .integer(Int64(attempts)), "code": .text(code), "error": .text(error)]
    }
}

extension Duration {
    /// The number of seconds.
    public var asSeconds: Double {
        Double(nanoseconds) / 1e9
    }
}
