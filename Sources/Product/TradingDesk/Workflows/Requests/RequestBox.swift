public import Determinism
import Foundation
public import TaskQueues
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
        let own = request.identity ?? "\(request.run?.text ?? ""):\(time.nanoseconds)"
        let id = MessageID("\(request.kind):\(own)")
        let message = NewMessage(
            id, kind: request.kind, body: try request.body(), key: request.run?.text, priority: .high)
        _ = try queues.enqueue([message], to: RequestBox.queue, at: time)
        return id
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

/// What became of a request.
public struct RequestAnswer: Sendable, Hashable, Codable {
    /// Whether it was done.
    public let isGranted: Bool
    /// Why it was not; empty where it was.
    public let message: String
}
