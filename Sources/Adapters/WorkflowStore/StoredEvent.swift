import Determinism
import Foundation
import WorkflowEngine
import WorkflowModel

/// An event as the columns of its row.
struct StoredEvent {
    enum Kind: String {
        case runStarted, stageStarted, stageCompleted, stageTimedOut, taskStarted, taskCompleted, taskCached, taskFailed
        case taskTimedOut, taskRetrying, taskCancelled, taskSkipped, cancelRequested, runTimedOut, runAdjusted
        case runFinished
    }

    let time: Int64
    let kind: Kind
    /// The task or the stage.
    var subject: String?
    /// The task's try or the stage's round.
    var attempt: Int64?
    var body: [UInt8]?
}

extension StoredEvent {
    init(_ event: RunEvent) throws {
        let time = event.time.nanoseconds
        func row(_ kind: Kind, _ subject: String? = nil, _ attempt: Int? = nil, _ body: [UInt8]? = nil) -> Self {
            StoredEvent(time: time, kind: kind, subject: subject, attempt: attempt.map(Int64.init), body: body)
        }
        self =
            switch event.fact {
            case .runStarted(let header): row(.runStarted, nil, nil, try StoredEvent.encode(header))
            case .stageStarted(let stage, let round): row(.stageStarted, stage, round)
            case .stageCompleted(let stage, let round): row(.stageCompleted, stage, round)
            case .stageTimedOut(let stage, let round): row(.stageTimedOut, stage, round)
            case .taskStarted(let task, let attempt): row(.taskStarted, task, attempt)
            case .taskCompleted(let task, let attempt, let output, let cached):
                row(cached ? .taskCached : .taskCompleted, task, attempt, output)
            case .taskFailed(let task, let attempt, let failure):
                row(.taskFailed, task, attempt, try StoredEvent.encode(failure))
            case .taskTimedOut(let task, let attempt): row(.taskTimedOut, task, attempt)
            case .taskRetrying(let task, let attempt, let moment):
                row(.taskRetrying, task, attempt, Array("\(moment.nanoseconds)".utf8))
            case .taskCancelled(let task): row(.taskCancelled, task)
            case .taskSkipped(let task, let reason): row(.taskSkipped, task, nil, try StoredEvent.encode(reason))
            case .cancelRequested(let reason): row(.cancelRequested, nil, nil, Array(reason.utf8))
            case .runTimedOut: row(.runTimedOut)
            case .runAdjusted(let adjustment): row(.runAdjusted, nil, nil, try StoredEvent.encode(adjustment))
            case .runFinished(let outcome): row(.runFinished, nil, nil, try StoredEvent.encode(outcome))
            }
    }

    /// The event that the columns hold; throws `.corrupt` where they hold none.
    func event() throws -> RunEvent {
        RunEvent(try fact(), at: Timestamp(nanoseconds: time))
    }

    private func fact() throws -> RunEvent.Fact {
        switch kind {
        case .runStarted: .runStarted(try decoded(RunHeader.self))
        case .stageStarted: .stageStarted(stage: try name, round: try number)
        case .stageCompleted: .stageCompleted(stage: try name, round: try number)
        case .stageTimedOut: .stageTimedOut(stage: try name, round: try number)
        case .taskStarted: .taskStarted(task: try name, attempt: try number)
        case .taskCompleted, .taskCached:
            .taskCompleted(task: try name, attempt: try number, output: try bytes, cached: kind == .taskCached)
        case .taskFailed: .taskFailed(task: try name, attempt: try number, try decoded(TaskFailure.self))
        case .taskTimedOut: .taskTimedOut(task: try name, attempt: try number)
        case .taskRetrying: .taskRetrying(task: try name, attempt: try number, at: try moment)
        case .taskCancelled: .taskCancelled(task: try name)
        case .taskSkipped: .taskSkipped(task: try name, try decoded(SkipReason.self))
        case .cancelRequested: .cancelRequested(reason: String(decoding: try bytes, as: UTF8.self))
        case .runTimedOut: .runTimedOut
        case .runAdjusted: .runAdjusted(try decoded(RunAdjustment.self))
        case .runFinished: .runFinished(try decoded(RunOutcome.self))
        }
    }

    private var name: String { get throws { try needed(subject) } }
    private var number: Int { get throws { Int(try needed(attempt)) } }
    private var bytes: [UInt8] { get throws { try needed(body) } }

    private var moment: Timestamp {
        get throws {
            Timestamp(nanoseconds: try needed(Int64(String(decoding: try bytes, as: UTF8.self))))
        }
    }

    private func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try StoredEvent.decode(type, try bytes)
    }

    private func needed<Value>(_ value: Value?) throws -> Value {
        guard let value else {
            throw JournalError(.corrupt, "the journal holds a malformed event of the kind '\(kind.rawValue)'")
        }
        return value
    }

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw JournalError(.corrupt, "the journal holds a \(type) that cannot be read: \(error)")
        }
    }
}
