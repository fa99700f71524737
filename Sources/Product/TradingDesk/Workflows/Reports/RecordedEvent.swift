import Determinism
import Foundation
public import WorkflowEngine

/// An event of a run as exported histories hold it.
public struct RecordedEvent: Sendable, Hashable, Codable {
    let time: Timestamp
    let event: String
    var subject: String?
    var number: Int?
    var at: Timestamp?
    /// The output of a task, kept byte for byte.
    var output: String?
    var cached: Bool?
    var header: RunHeader?
    var failure: TaskFailure?
    var skip: SkipReason?
    var reason: String?
    var adjustment: RunAdjustment?
    var outcome: RunOutcome?

    init(_ event: RunEvent) throws {
        time = event.time
        self.event = EventRecord.name(of: event.fact)
        switch event.fact {
        case .runStarted(let header): self.header = header
        case .runFinished(let outcome): self.outcome = outcome
        case .stageStarted(let stage, let round), .stageCompleted(let stage, let round),
            .stageTimedOut(let stage, let round):
            (subject, number) = (stage, round)
        case .taskStarted(let task, let attempt), .taskTimedOut(let task, let attempt):
            (subject, number) = (task, attempt)
        case .taskCompleted(let task, let attempt, let bytes, let cached):
            (subject, number, self.cached) = (task, attempt, cached)
            output = Data(bytes).base64EncodedString()
        case .taskFailed(let task, let attempt, let failure):
            (subject, number, self.failure) = (task, attempt, failure)
        case .taskRetrying(let task, let attempt, let moment): (subject, number, at) = (task, attempt, moment)
        case .taskCancelled(let task): subject = task
        case .taskSkipped(let task, let skip): (subject, self.skip) = (task, skip)
        case .cancelRequested(let reason): self.reason = reason
        case .runTimedOut: break
        case .runAdjusted(let adjustment): self.adjustment = adjustment
        }
    }

    /// The event; throws where a part of it is missing.
    public func runEvent() throws -> RunEvent {
        RunEvent(try fact(), at: time)
    }

    private func fact() throws -> RunEvent.Fact {
        switch event {
        case "workflow_started": .runStarted(try needed(header))
        case "workflow_completed", "workflow_failed": .runFinished(try needed(outcome))
        case "stage_started": .stageStarted(stage: try needed(subject), round: try needed(number))
        case "stage_completed": .stageCompleted(stage: try needed(subject), round: try needed(number))
        case "stage_timed_out": .stageTimedOut(stage: try needed(subject), round: try needed(number))
        case "task_started": .taskStarted(task: try needed(subject), attempt: try needed(number))
        case "task_completed": try completed()
        case "task_failed": try failed()
        case "task_retrying":
            .taskRetrying(task: try needed(subject), attempt: try needed(number), at: try needed(at))
        case "task_cancelled": .taskCancelled(task: try needed(subject))
        case "task_skipped": .taskSkipped(task: try needed(subject), try needed(skip))
        case "cancel_requested": .cancelRequested(reason: try needed(reason))
        case "workflow_timed_out": .runTimedOut
        case "workflow_adjusted": .runAdjusted(try needed(adjustment))
        default: throw LibraryError(.corrupt, "the history holds an event of the unknown kind '\(event)'")
        }
    }

    private func completed() throws -> RunEvent.Fact {
        guard let bytes = Data(base64Encoded: try needed(output)) else {
            throw LibraryError(.corrupt, "the output of '\(subject ?? "")' at \(time) is no base64")
        }
        return .taskCompleted(
            task: try needed(subject), attempt: try needed(number), output: [UInt8](bytes), cached: cached ?? false)
    }

    private func failed() throws -> RunEvent.Fact {
        let (task, attempt) = (try needed(subject), try needed(number))
        return failure.map { .taskFailed(task: task, attempt: attempt, $0) }
            ?? .taskTimedOut(task: task, attempt: attempt)
    }

    private func needed<Part>(_ part: Part?) throws -> Part {
        guard let part else {
            throw LibraryError(.corrupt, "the event '\(event)' at \(time) lacks a part")
        }
        return part
    }
}
