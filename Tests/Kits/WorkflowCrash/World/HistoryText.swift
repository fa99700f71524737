import Determinism
import Foundation
public import WorkflowEngine
import WorkflowModel

extension RunEvent {
    /// The task or the stage that the event is about; nil for the run.
    public var subject: String? {
        switch fact {
        case .stageStarted(let name, _), .stageCompleted(let name, _), .stageTimedOut(let name, _): name
        case .taskStarted(let name, _), .taskCompleted(let name, _, _, _), .taskFailed(let name, _, _),
            .taskTimedOut(let name, _), .taskRetrying(let name, _, _), .taskCancelled(let name),
            .taskSkipped(let name, _):
            name
        case .runStarted, .cancelRequested, .runTimedOut, .runAdjusted, .runFinished: nil
        }
    }

    /// The name of what happened: `taskStarted`…
    public var kind: String {
        switch fact {
        case .runStarted: "runStarted"
        case .stageStarted: "stageStarted"
        case .stageCompleted: "stageCompleted"
        case .stageTimedOut: "stageTimedOut"
        case .taskStarted: "taskStarted"
        case .taskCompleted: "taskCompleted"
        case .taskFailed: "taskFailed"
        case .taskTimedOut: "taskTimedOut"
        case .taskRetrying: "taskRetrying"
        case .taskCancelled: "taskCancelled"
        case .taskSkipped: "taskSkipped"
        case .cancelRequested: "cancelRequested"
        case .runTimedOut: "runTimedOut"
        case .runAdjusted: "runAdjusted"
        case .runFinished: "runFinished"
        }
    }

    /// Everything about the event but its time: equal events give equal texts in every process.
    public var text: String {
        "\(kind) \(subject ?? "") \(details)"
    }

    private var details: String {
        switch fact {
        case .runStarted(let header): coded(header)
        case .stageStarted(_, let round), .stageCompleted(_, let round), .stageTimedOut(_, let round): "\(round)"
        case .taskStarted(_, let attempt), .taskTimedOut(_, let attempt), .taskRetrying(_, let attempt, _):
            "\(attempt)"
        case .taskCompleted(_, let attempt, let output, let cached):
            "\(attempt) \(cached) \(String(decoding: output, as: UTF8.self))"
        case .taskFailed(_, let attempt, let failure): "\(attempt) \(coded(failure))"
        case .taskSkipped(_, let reason): coded(reason)
        case .cancelRequested(let reason): reason
        case .runAdjusted(let adjustment): coded(adjustment)
        case .runFinished(let outcome): coded(outcome)
        case .taskCancelled, .runTimedOut: ""
        }
    }

    private func coded(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }
}

/// A run's history as it would have been without crashes.
public enum UndisturbedHistory {
    /// What happened to the run and to each of its tasks and stages, in order, without times and without work begun again.
    public static func facts(_ history: [RunEvent]) -> [String: [RunEvent.Fact]] {
        var facts: [String: [RunEvent.Fact]] = [:]
        for event in history {
            let subject = event.subject ?? ""
            if event.kind == "taskStarted", facts[subject]?.last == event.fact { continue }
            facts[subject, default: []].append(timeless(event.fact))
        }
        return facts
    }

    private static func timeless(_ fact: RunEvent.Fact) -> RunEvent.Fact {
        guard case .taskRetrying(let task, let attempt, _) = fact else { return fact }
        return .taskRetrying(task: task, attempt: attempt, at: EngineWorld.beginning)
    }
}
