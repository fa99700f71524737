public import Determinism
public import TaskQueues
import WorkflowModel

/// Does with dead letters what rules say, again and again: sends them back, removes them, or calls an operator once.
public struct DeadLetterKeeper: Sendable {
    private let queue: QueueName
    private let rules: DeadLetterRules
    private let queues: any TaskQueue
    private let events: EventStreams
    private let time: any TimeSource

    /// A keeper of one queue of dead letters; calls for an operator go to `events` as system alerts.
    public init(
        of queue: QueueName = .deadLetters, _ rules: DeadLetterRules = .standard, queues: any TaskQueue,
        events: EventStreams, time: any TimeSource
    ) {
        self.queue = queue
        self.rules = rules
        self.queues = queues
        self.events = events
        self.time = time
    }

    /// Looks this often until cancelled; `told` hears of every dead letter and what was done with it.
    public func run(
        every pause: Duration = .seconds(5), told: @Sendable (HandledDeadLetter) -> Void = { _ in }
    ) async throws {
        while true {
            for handled in try round() { told(handled) }
            try await time.sleep(for: pause)
        }
    }

    /// Looks once.
    @discardableResult
    public func round() throws -> [HandledDeadLetter] {
        let now = time.now
        guard try queues.queues().contains(queue) else { return [] }
        try queues.sweep(at: now)
        let handled = try queues.handleDeadLetters(on: queue, by: rules, limit: 100, at: now)
        for letter in handled {
            guard case .alert(let reason) = letter.decision else { continue }
            events.publish(
                OrchestrationEvent(
                    .systemAlert, at: now, subject: "\(letter.message.id)",
                    detail: [
                        "kind": .text(letter.message.kind), "reason": .text(reason.rawValue),
                        "error": letter.message.lastError.map { .text($0.code) } ?? .null,
                    ]))
        }
        return handled
    }
}
