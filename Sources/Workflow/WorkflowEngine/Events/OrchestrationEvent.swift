public import Determinism
public import WorkflowModel

/// Something worth telling about what the engine does or the world did.
public struct OrchestrationEvent: Sendable, Hashable {
    /// What sort of thing happened.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case workflowStarted = "workflow_started"
        case workflowCompleted = "workflow_completed"
        case workflowFailed = "workflow_failed"
        case taskStarted = "task_started"
        case taskCompleted = "task_completed"
        case taskFailed = "task_failed"
        case taskRetrying = "task_retrying"
        case stageStarted = "stage_started"
        case stageCompleted = "stage_completed"
        case systemAlert = "system_alert"
        case agentError = "agent_error"
        case marketEvent = "market_event"
    }

    /// What sort of thing happened.
    public let kind: Kind
    /// When.
    public let time: Timestamp
    /// In which run; nil outside runs.
    public let run: RunID?
    /// Of which task or stage, or about what; nil where it is about the run as a whole.
    public let subject: String?
    /// More about it.
    public let detail: Value

    /// Something worth telling.
    public init(_ kind: Kind, at time: Timestamp, run: RunID? = nil, subject: String? = nil, detail: Value = .null) {
        self.kind = kind
        self.time = time
        self.run = run
        self.subject = subject
        self.detail = detail
    }
}

extension OrchestrationEvent {
    /// What an event of a run is told as; nil where it is not told.
    ///
    /// A run that was cancelled or took too long is told as failed, with its status; so is a task that took too long.
    public init?(_ event: RunEvent, of run: RunID) {
        func tell(_ kind: Kind, _ subject: String? = nil, _ detail: Value = .null) -> OrchestrationEvent {
            OrchestrationEvent(kind, at: event.time, run: run, subject: subject, detail: detail)
        }
        switch event.fact {
        case .runStarted(let header):
            self = tell(
                .workflowStarted, nil,
                [
                    "workflow": .text(header.workflow), "version": .integer(Int64(header.version)),
                    "cause": header.cause.map(Value.text) ?? .null,
                ])
        case .runFinished(let outcome):
            let kind = outcome.status == .completed ? Kind.workflowCompleted : .workflowFailed
            self = tell(kind, nil, ["status": .text(outcome.status.rawValue)])
        case .stageStarted(let stage, let round):
            self = tell(.stageStarted, stage, ["round": .integer(Int64(round))])
        case .stageCompleted(let stage, let round):
            self = tell(.stageCompleted, stage, ["round": .integer(Int64(round))])
        case .taskStarted(let task, let attempt):
            self = tell(.taskStarted, task, ["attempt": .integer(Int64(attempt))])
        case .taskCompleted(let task, let attempt, _, let cached):
            self = tell(.taskCompleted, task, ["attempt": .integer(Int64(attempt)), "cached": .boolean(cached)])
        case .taskFailed(let task, let attempt, let failure):
            self = tell(
                .taskFailed, task,
                ["attempt": .integer(Int64(attempt)), "code": .text(failure.code), "error": .text(failure.message)])
        case .taskTimedOut(let task, let attempt):
            self = tell(.taskFailed, task, ["attempt": .integer(Int64(attempt)), "code": "timeout"])
        case .taskRetrying(let task, let attempt, let moment):
            self = tell(
                .taskRetrying, task, ["attempt": .integer(Int64(attempt)), "at": .text("\(moment)")])
        case .stageTimedOut, .taskCancelled, .taskSkipped, .cancelRequested, .runTimedOut, .runAdjusted: return nil
        }
    }
}
