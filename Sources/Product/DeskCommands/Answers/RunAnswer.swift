import Determinism
public import TradingDesk
public import WorkflowEngine
public import WorkflowModel

/// A run as programs read it.
public enum RunAnswer {
    static let statuses = ["pending", "running", "stopping"] + RunOutcome.Status.allCases.map(\.rawValue)

    private static let properties: [ValueSchema.Property] = [
        .init("execution_id", .text), .init("workflow_id", .text), .init("version", .integer),
        .init("status", .choice(statuses)), .init("test_mode", .boolean, "Whether nothing has an effect on a venue"),
        .init("trigger", .text.orNull, "What started it"), .init("started_at", .time.orNull),
        .init("finished_at", .time.orNull), .init("duration", .number.orNull, "Seconds; null while it is open"),
        .init("reason", .text.orNull, "Why it was ended"),
    ]

    private static let progress: [ValueSchema.Property] = [
        .init("tasks_done", .integer.orNull, "Tasks to which nothing more happens"),
        .init("tasks_total", .integer.orNull),
        .init("waits_for_person", .boolean, "Whether a step asks a person"),
        .init("problem", .text.orNull, "Why its tasks cannot be read; null where they can"),
    ]

    /// An item of a list.
    static let schema = ValueSchema.named("Run", .object(properties + progress))

    /// With its tasks and results.
    static let fullSchema = ValueSchema.named(
        "RunDetail",
        .object(
            properties + progress + [
                .init("success", .boolean.orNull, "Null while it is open"),
                .init("task_summary", .map(.integer), "How many tasks are in each state"),
                .init("stage_results", .map(.map(.any)), "By stage and task"),
                .init("agent_outputs", .map(.any), "By agent, or by task where no agent is named"),
                .init("errors", .list(.anyObject), "What failed for good, and what was not done because of it"),
                .init("compensated", .list(.text), "What was undone"),
                .init("uncompensated", .list(.anyObject), "What should have been undone and could not be"),
                .init("tasks", .list(taskSchema)), .init("approvals", .list(approvalSchema), "Steps that ask a person"),
                .init("input", .any), .init("served", .boolean, "Whether a process goes on with it"),
                .init("parent", .text.orNull, "The run that waits for this one"),
                .init("forked_from", .text.orNull, "The run that this one was copied from"),
            ]))

    /// One task.
    static let taskSchema = ValueSchema.named(
        "Task",
        .object([
            .init("step", .text), .init("status", .text, "PENDING, RUNNING, COMPLETED…"), .init("type", .text),
            .init("started_at", .time.orNull), .init("finished_at", .time.orNull), .init("error", .text.orNull),
            .init("agent", .text.orNull), .init("attempts", .integer), .init("depends_on", .list(.text)),
            .init("output", .any),
        ]))

    private static let approvalSchema = ValueSchema.object([
        .init("step", .text), .init("asks", .text), .init("since", .time.orNull), .init("expires_at", .time.orNull),
    ])

    /// A run in a few words, from its summary and its report, or why that cannot be read.
    static func item(_ run: RunSummary, _ read: Result<RunReport, any Error>) -> Value {
        let header = run.header
        let (report, problem): (RunReport?, String?) =
            switch read {
            case .success(let report): (report, nil)
            case .failure(let error): (nil, problem(error))
            }
        let status = report?.status ?? run.outcome?.status.rawValue ?? "running"
        return [
            "execution_id": .text(run.run.text), "workflow_id": .text(header.workflow),
            "version": Value(header.version), "status": .text(status), "test_mode": .boolean(header.isTest ?? false),
            "trigger": Value(header.cause), "started_at": Value(run.started), "finished_at": Value(run.finished),
            "duration": Value(seconds: run.finished.map { $0 - run.started }), "reason": Value(run.outcome?.reason),
        ].merging(report.map(progress) ?? noProgress).adding(["problem": Value(problem)])
    }

    /// What keeps a run from being read, in words.
    static func problem(_ error: any Error) -> String { (error as? CommandProblem)?.message ?? "\(error)" }

    /// Everything that is known of a run.
    public static func value(_ report: RunReport, _ history: [RunEvent], isServed: Bool) -> Value {
        let header = report.machine.header
        return report.value.adding([
            "tasks": .list(tasks(report, history)), "approvals": .list(approvals(report).map(value)),
            "input": header?.input ?? .null, "served": .boolean(isServed),
            "parent": Value(header?.parent?.run.text), "forked_from": Value(header?.fork?.run.text),
        ]).adding(progress(report))
    }

    /// The tasks of a run.
    public static func tasks(_ report: RunReport, _ history: [RunEvent]) -> [Value] {
        let attempts = RunAnswer.attempts(history)
        let tasks = report.machine.plan.tasks
        return zip(tasks, report.machine.tasks).map { task, record in
            [
                "step": .text(task.name), "status": .text(record.state.name), "type": .text(task.definition.kind.word),
                "started_at": Value(record.started), "finished_at": Value(record.ended),
                "error": error(record.state), "agent": Value(task.definition.agent),
                "attempts": Value(attempts[task.name] ?? 0),
                "depends_on": .texts(task.dependencies.map { tasks[$0].name }),
                "output": report.machine.output(of: task.name) ?? .null,
            ]
        }
    }

    /// A step that asks a person.
    struct OpenApproval: Sendable {
        let step: String
        let asks: String
        let since: Timestamp?
        let expires: Timestamp?
    }

    static func approvals(_ report: RunReport) -> [OpenApproval] {
        guard report.outcome == nil else { return [] }
        return zip(report.machine.plan.tasks, report.machine.tasks).compactMap { task, record in
            guard task.definition.kind == .approval, case .running(_, let until) = record.state else { return nil }
            return OpenApproval(
                step: task.name, asks: task.definition.params["prompt"]?.text ?? "goes on only with a person's yes",
                since: record.started, expires: until)
        }
    }

    private static func value(_ approval: OpenApproval) -> Value {
        [
            "step": .text(approval.step), "asks": .text(approval.asks), "since": Value(approval.since),
            "expires_at": Value(approval.expires),
        ]
    }

    private static func progress(_ report: RunReport) -> [String: Value] {
        [
            "tasks_done": Value(report.machine.tasks.count { $0.state.isSettled }),
            "tasks_total": Value(report.machine.tasks.count),
            "waits_for_person": .boolean(!approvals(report).isEmpty), "problem": .null,
        ]
    }

    private static let noProgress: [String: Value] = [
        "tasks_done": .null, "tasks_total": .null, "waits_for_person": false, "problem": .null,
    ]

    private static func attempts(_ history: [RunEvent]) -> [String: Int] {
        history.reduce(into: [:]) { counts, event in
            if case .taskStarted(let task, let attempt) = event.fact { counts[task] = max(counts[task] ?? 0, attempt) }
        }
    }

    private static func error(_ state: TaskState) -> Value {
        switch state {
        case .failed(_, let failure): .text(failure.message)
        case .timedOut: "it took too long"
        case .skipped(let reason): .text(EventRecord.words(of: reason))
        default: .null
        }
    }
}

extension Dictionary where Key == String, Value == WorkflowModel.Value {
    fileprivate func merging(_ more: [String: Value]) -> Value { .object(merging(more) { $1 }) }
}

extension TaskKind {
    /// In one word: the type of work, or what the engine does.
    public var word: String {
        switch self {
        case .work(let type): type
        case .subprocess: "subprocess"
        case .approval: "approval"
        case .circuitBreaker: "circuit_breaker"
        case .wait: "wait"
        case .join: "join"
        }
    }
}
