public import Determinism
import Foundation
public import TaskQueues
public import Triggers
public import WorkflowEngine
import WorkflowModel

/// Where requests for the process that serves a home's workflows are left, and where its answers are found.
public struct RequestBox: Sendable {
    /// The queue of requests.
    public static let queue: QueueName = "workflow-requests"
    /// The kind of state that answers are kept as.
    static let answers = "request-answer"

    private let queues: any TaskQueue
    private let journal: any Journal

    /// The box of a store.
    public init(_ queues: any TaskQueue, _ journal: any Journal) {
        self.queues = queues
        self.journal = journal
    }

    /// Makes the queue where there is none.
    public func open(at time: Timestamp) throws {
        guard try !queues.queues().contains(RequestBox.queue) else { return }
        var settings = QueueSettings()
        settings.visibilityTimeout = .seconds(15)
        try queues.createQueue(RequestBox.queue, settings, at: time)
    }

    /// Leaves a request durably and gives its name.
    public func send(_ request: WorkflowRequest, at time: Timestamp) throws -> MessageID {
        try open(at: time)
        let message = try message(for: request, at: time)
        _ = try queues.enqueue([message], to: RequestBox.queue, at: time)
        return message.id
    }

    private func message(for request: WorkflowRequest, at time: Timestamp) throws -> NewMessage {
        let own = request.identity ?? "\(request.run?.text ?? ""):\(time.nanoseconds)"
        return NewMessage(
            MessageID("\(request.kind):\(own)"), kind: request.kind, body: try request.body(), key: request.run?.text,
            priority: .high)
    }

    /// What became of a request; nil where nobody has taken it yet.
    public func answer(to id: MessageID) throws -> RequestAnswer? {
        guard let bytes = try journal.value(of: StateKey(RequestBox.answers, id.text)) else { return nil }
        return try JSONDecoder().decode(RequestAnswer.self, from: Data(bytes))
    }

    /// Forgets an answer that was read.
    public func forget(_ id: MessageID) throws {
        try journal.commit(JournalBatch(states: [StateKey(RequestBox.answers, id.text): nil]))
    }

    func keep(_ answer: RequestAnswer, to id: MessageID) throws {
        let bytes = [UInt8](try JSONEncoder().encode(answer))
        try journal.commit(JournalBatch(states: [StateKey(RequestBox.answers, id.text): bytes]))
    }
}

extension RequestBox {
    private static func kind(ofWebhook webhook: String) -> String { "webhook-memory:\(webhook)" }

    /// What a webhook was told to remember, by name.
    public func memory(ofWebhook webhook: String) throws -> [String: [UInt8]] {
        try journal.values(of: RequestBox.kind(ofWebhook: webhook))
    }

    /// Leaves a message from outside, where there is one, and keeps what its webhook remembers: both durably, or neither.
    ///
    /// The queues must be those of the journal.
    public func keep(
        _ delivery: WebhookDelivery?, memory: [String: [UInt8]?], ofWebhook webhook: String, at time: Timestamp
    ) throws {
        try open(at: time)
        let kind = RequestBox.kind(ofWebhook: webhook)
        let states = memory.map { (StateKey(kind, $0.key), $0.value) }
        let messages = try delivery.map { [try message(for: .deliver($0), at: time)] } ?? []
        try journal.commit(
            JournalBatch(
                states: Dictionary(states) { _, last in last },
                queueChanges: messages.isEmpty ? [] : [.enqueue(messages, to: RequestBox.queue)], at: time))
    }
}

/// What became of a request.
public struct RequestAnswer: Sendable, Hashable, Codable {
    /// Whether it was done.
    public let isGranted: Bool
    /// Why it was not; empty where it was.
    public let message: String
}
