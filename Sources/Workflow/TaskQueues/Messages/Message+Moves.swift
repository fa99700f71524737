package import Determinism
import WorkflowModel

extension Message {
    package init(
        queue: QueueName, number: Int64, sent message: NewMessage, at time: Timestamp, redrives: Int = 0,
        lastError: MessageError? = nil, origin: MessageOrigin? = nil
    ) {
        self.init(
            queue: queue, number: number, id: message.id, kind: message.kind, body: message.body, key: message.key,
            priority: message.priority, enqueued: time, notBefore: max(message.notBefore ?? time, time), attempts: 0,
            lastError: lastError, redrives: redrives, origin: origin, isReported: false)
    }

    package init(
        stored message: NewMessage, queue: QueueName, number: Int64, enqueued: Timestamp, notBefore: Timestamp,
        attempts: Int, lastError: MessageError?, redrives: Int, origin: MessageOrigin?, isReported: Bool
    ) {
        self.init(
            queue: queue, number: number, id: message.id, kind: message.kind, body: message.body, key: message.key,
            priority: message.priority, enqueued: enqueued, notBefore: notBefore, attempts: attempts,
            lastError: lastError, redrives: redrives, origin: origin, isReported: isReported)
    }

    /// The message as it arrives on another queue of its family.
    package func moved(
        to queue: QueueName, as number: Int64, because reason: MessageOrigin.Reason, at time: Timestamp
    ) -> Message {
        let origin = MessageOrigin(queue: self.queue, reason: reason, attempts: attempts, enqueued: enqueued)
        let error = reason == .completed ? nil : lastError
        return Message(
            queue: queue, number: number, sent: content, at: time, redrives: redrives, lastError: error, origin: origin)
    }

    /// The dead letter as it comes back to the queue where it was, after a delay, with all its attempts before it.
    package func redriven(
        to queue: QueueName, as number: Int64, after delay: Duration, at time: Timestamp
    ) -> Message {
        var content = content
        content.notBefore = time.later(by: delay)
        return Message(
            queue: queue, number: number, sent: content, at: time, redrives: redrives + 1, lastError: lastError)
    }

    private var content: NewMessage {
        NewMessage(id, kind: kind, body: body, key: key, priority: priority)
    }
}
