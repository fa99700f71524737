import Foundation
public import Triggers
public import WorkflowEngine
public import WorkflowModel

/// Something that a person asks of the process that serves a home's workflows, as a message carries it.
public enum WorkflowRequest: Sendable, Hashable {
    /// Start a run.
    case start(Start)
    /// End a run early.
    case cancel(Cancel)
    /// A person's answer to a step that asks.
    case approve(Answer)
    /// Change the rest of a run.
    case adjust(Adjust)
    /// Start a copy of a run that does some steps again.
    case fork(Fork)
    /// Keep triggers from firing, or let them fire again.
    case triggers(Pausing)
    /// A signed message from outside that triggers may wait for.
    case deliver(WebhookDelivery)
    /// Definitions have changed.
    case reload

    /// A run to be started.
    public struct Start: Sendable, Hashable, Codable {
        let run: RunID
        let workflow: String
        let version: Int?
        let input: Value
        let cause: String
        let isTest: Bool
    }

    /// A run to be ended.
    public struct Cancel: Sendable, Hashable, Codable {
        let run: RunID
        let reason: String
    }

    /// A person's answer.
    public struct Answer: Sendable, Hashable, Codable {
        let run: RunID
        let task: String
        let isApproved: Bool
        let by: String
        let note: String
    }

    /// A change to a run.
    public struct Adjust: Sendable, Hashable, Codable {
        let run: RunID
        let adjustment: RunAdjustment
    }

    /// A copy to be started.
    public struct Fork: Sendable, Hashable, Codable {
        let run: RunID
        let original: RunID
        let from: [String]
        let version: Int?
    }

    /// Triggers to be paused or resumed; all of the workflow's where none is named.
    public struct Pausing: Sendable, Hashable, Codable {
        let workflow: String
        let trigger: String?
        let isPaused: Bool
        let by: String
    }

    /// The request for a run.
    public static func start(_ request: RunRequest) -> WorkflowRequest {
        .start(
            Start(
                run: request.run, workflow: request.workflow, version: request.version, input: request.input,
                cause: request.cause, isTest: request.isTest))
    }

    /// The request to end a run.
    public static func cancel(_ run: RunID, reason: String) -> WorkflowRequest {
        .cancel(Cancel(run: run, reason: reason))
    }

    /// The request that hands in an answer.
    public static func approve(_ approval: Approval) -> WorkflowRequest {
        .approve(
            Answer(
                run: approval.run, task: approval.task, isApproved: approval.isApproved, by: approval.by,
                note: approval.note))
    }

    /// The request to change the rest of a run.
    public static func adjust(_ run: RunID, _ adjustment: RunAdjustment) -> WorkflowRequest {
        .adjust(Adjust(run: run, adjustment: adjustment))
    }

    /// The request for a copy of a run.
    public static func fork(_ original: RunID, as run: RunID, from: [String], version: Int?) -> WorkflowRequest {
        .fork(Fork(run: run, original: original, from: from, version: version))
    }

    /// The request to pause triggers or to let them fire again.
    public static func triggers(
        of workflow: String, named trigger: String?, paused: Bool, by person: String
    ) -> WorkflowRequest {
        .triggers(Pausing(workflow: workflow, trigger: trigger, isPaused: paused, by: person))
    }
}

extension WorkflowRequest {
    /// What kind of request it is, as messages name it.
    public var kind: String {
        switch self {
        case .start: "start"
        case .cancel: "cancel"
        case .approve: "approve"
        case .adjust: "adjust"
        case .fork: "fork"
        case .triggers: "triggers"
        case .deliver: "deliver"
        case .reload: "reload"
        }
    }

    /// What makes two requests one, such as a message that its sender repeats; nil where each counts.
    var identity: String? {
        guard case .deliver(let delivery) = self else { return nil }
        return "\(delivery.name):\(delivery.id)"
    }

    /// The run it is about; nil for none.
    public var run: RunID? {
        switch self {
        case .start(let start): start.run
        case .cancel(let cancel): cancel.run
        case .approve(let answer): answer.run
        case .adjust(let adjust): adjust.run
        case .fork(let fork): fork.run
        case .triggers, .deliver, .reload: nil
        }
    }

    func body() throws -> [UInt8] {
        switch self {
        case .start(let start): try encode(start)
        case .cancel(let cancel): try encode(cancel)
        case .approve(let answer): try encode(answer)
        case .adjust(let adjust): try encode(adjust)
        case .fork(let fork): try encode(fork)
        case .triggers(let pausing): try encode(pausing)
        case .deliver(let delivery): try encode(delivery)
        case .reload: Array("{}".utf8)
        }
    }

    init(kind: String, body: [UInt8]) throws {
        func decode<Payload: Decodable>(_ type: Payload.Type) throws -> Payload {
            try JSONDecoder().decode(type, from: Data(body))
        }
        switch kind {
        case "start": self = .start(try decode(Start.self))
        case "cancel": self = .cancel(try decode(Cancel.self))
        case "approve": self = .approve(try decode(Answer.self))
        case "adjust": self = .adjust(try decode(Adjust.self))
        case "fork": self = .fork(try decode(Fork.self))
        case "triggers": self = .triggers(try decode(Pausing.self))
        case "deliver": self = .deliver(try decode(WebhookDelivery.self))
        case "reload": self = .reload
        default: throw EngineRefusal(.notNow, "'\(kind)' is no kind of request")
        }
    }

    private func encode(_ payload: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(payload))
    }
}
