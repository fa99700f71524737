public import WorkflowEngine
public import WorkflowModel

/// An event of a run as programs read it: what sort, when, in which run, of which step or stage, with what result.
public enum EventRecord {
    /// The event's name: one of the orchestration events, or a name of its own for what those do not tell.
    public static func name(of fact: RunEvent.Fact) -> String {
        switch fact {
        case .runStarted: "workflow_started"
        case .runFinished(let outcome): outcome.status == .completed ? "workflow_completed" : "workflow_failed"
        case .stageStarted: "stage_started"
        case .stageCompleted: "stage_completed"
        case .stageTimedOut: "stage_timed_out"
        case .taskStarted: "task_started"
        case .taskCompleted: "task_completed"
        case .taskFailed, .taskTimedOut: "task_failed"
        case .taskRetrying: "task_retrying"
        case .taskCancelled: "task_cancelled"
        case .taskSkipped: "task_skipped"
        case .cancelRequested: "cancel_requested"
        case .runTimedOut: "workflow_timed_out"
        case .runAdjusted: "workflow_adjusted"
        }
    }

    /// Every name there is, in order.
    public static let names = [
        "cancel_requested", "stage_completed", "stage_started", "stage_timed_out", "task_cancelled", "task_completed",
        "task_failed", "task_retrying", "task_skipped", "task_started", "workflow_adjusted", "workflow_completed",
        "workflow_failed", "workflow_started", "workflow_timed_out",
    ]

    /// The event as an object.
    public static func value(_ event: RunEvent, of run: RunID) -> Value {
        var fields: [String: Value] = [
            "timestamp": .text("\(event.time)"), "event": .text(name(of: event.fact)), "execution_id": .text(run.text),
        ]
        fields.merge(detail(event.fact)) { $1 }
        return .object(fields)
    }

    private static func detail(_ fact: RunEvent.Fact) -> [String: Value] {
        switch fact {
        case .runStarted(let header):
            [
                "workflow_id": .text(header.workflow), "version": .integer(Int64(header.version)),
                "trigger": header.cause.map(Value.text) ?? .null, "input": header.input ?? .null,
                "test_mode": .boolean(header.isTest ?? false),
            ]
        case .runFinished(let outcome):
            [
                "status": .text(outcome.status.rawValue), "reason": outcome.reason.map(Value.text) ?? .null,
                "errors": .list(outcome.failures.map(\.value)),
            ]
        case .stageStarted(let stage, let round), .stageCompleted(let stage, let round),
            .stageTimedOut(let stage, let round):
            ["stage": .text(stage), "round": .integer(Int64(round))]
        case .cancelRequested(let reason): ["reason": .text(reason)]
        case .runTimedOut: [:]
        case .runAdjusted(let adjustment):
            ["reason": .text(adjustment.reason), "timeout_factor": .number(adjustment.timeoutFactor)]
        default: taskDetail(fact)
        }
    }

    private static func taskDetail(_ fact: RunEvent.Fact) -> [String: Value] {
        func step(_ task: String, _ attempt: Int, _ more: [String: Value] = [:]) -> [String: Value] {
            more.merging(["step": .text(task), "attempt": .integer(Int64(attempt))]) { $1 }
        }
        switch fact {
        case .taskStarted(let task, let attempt): return step(task, attempt)
        case .taskCompleted(let task, let attempt, let output, let cached):
            let result = (try? Value(json: output)) ?? .null
            return step(task, attempt, ["result": result, "cached": .boolean(cached)])
        case .taskFailed(let task, let attempt, let failure):
            return step(
                task, attempt,
                [
                    "code": .text(failure.code), "error": .text(failure.message),
                    "retryable": .boolean(failure.mayRetry),
                ])
        case .taskTimedOut(let task, let attempt):
            return step(task, attempt, ["code": "timeout", "error": "it took too long"])
        case .taskRetrying(let task, let attempt, let moment): return step(task, attempt, ["at": .text("\(moment)")])
        case .taskCancelled(let task): return ["step": .text(task)]
        case .taskSkipped(let task, let reason): return ["step": .text(task), "reason": .text(words(of: reason))]
        default: return [:]
        }
    }

    /// Why a task was not done, in words.
    public static func words(of reason: SkipReason) -> String {
        switch reason {
        case .condition(let text): "its condition is false: \(text)"
        case .windowOver: "the window of its stage is over"
        case .blocked(let task): "'\(task)' was not done"
        case .stopped: "the run was coming to its end"
        }
    }
}
