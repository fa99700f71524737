import Determinism
public import TaskQueues
public import WorkflowModel

/// Events that are put on a queue in the same write as what they tell of, so that none is lost: for workflows that
/// start because of others. The queue must exist and have no capacity, since the engine cannot wait for room.
public struct DurableSubscription: Sendable, Hashable {
    /// Where the events go, as JSON; a message's kind is the event's.
    public let queue: QueueName
    /// Which kinds of events.
    public let kinds: Set<OrchestrationEvent.Kind>
    /// Of runs of which workflow; nil for all.
    public let workflow: String?

    /// Events that are put on a queue.
    public init(_ kinds: Set<OrchestrationEvent.Kind>, of workflow: String? = nil, to queue: QueueName) {
        self.kinds = kinds
        self.workflow = workflow
        self.queue = queue
    }

    /// The change that puts an event on the queue; nil where the event is not wanted.
    ///
    /// `number` is the event's place in its run's history: the message has a name that no other event has.
    func change(_ event: OrchestrationEvent, number: Int, workflow: String) -> QueueChange? {
        guard kinds.contains(event.kind), self.workflow == nil || self.workflow == workflow, let run = event.run,
            let body = try? event.value(workflow: workflow).json()
        else { return nil }
        let message = NewMessage(
            MessageID("\(run)#\(number)"), kind: event.kind.rawValue, body: body, key: run.text)
        return .enqueue([message], to: queue)
    }
}

extension OrchestrationEvent {
    /// The event as data: `event`, `time` and, where there are any, `run`, `workflow`, `subject` and `detail`.
    public func value(workflow: String? = nil) -> Value {
        var fields: [String: Value] = ["event": .text(kind.rawValue), "time": .text("\(time)")]
        fields["run"] = run.map { .text($0.text) }
        fields["workflow"] = workflow.map(Value.text)
        fields["subject"] = subject.map(Value.text)
        if detail != .null { fields["detail"] = detail }
        return .object(fields)
    }
}
