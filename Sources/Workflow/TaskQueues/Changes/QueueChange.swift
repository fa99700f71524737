public import Determinism

/// Something to be done to a queue, as a value: what a store commits together with its other changes.
public enum QueueChange: Sendable, Hashable {
    /// Put messages on a queue; where they do not all fit, none is taken.
    case enqueue([NewMessage], to: QueueName)
    /// The message is done: remove it, and leave a record on the success queue where there is one.
    case acknowledge(LeaseReceipt)
    /// The attempt failed: try again later, or make it a dead letter; a record goes on the error queue if there is one.
    case fail(LeaseReceipt, Failure)
    /// Keep the message for so long from now; nil for the queue's visibility timeout.
    case extend(LeaseReceipt, by: Duration? = nil)
    /// Give the message back as if it had not been handed out; the attempt is not counted.
    case release(LeaseReceipt)
    /// Send dead letters back to where they were, after a delay; the queue there may grow beyond its capacity.
    case redrive(MessageSelection, from: QueueName, delay: Duration = .zero)
    /// Remove messages that nobody has at the moment.
    case discard(MessageSelection, of: QueueName)
    /// Do with up to `limit` dead letters, oldest first, what the rules say; those already reported are left alone.
    ///
    /// What is to be logged and alerted is in the effect alone, once: who must not lose it writes it down in the same
    /// transaction.
    case applyRules(DeadLetterRules, to: QueueName, limit: Int)
}

/// Which messages of a queue.
public enum MessageSelection: Sendable, Hashable {
    /// All of them.
    case all
    /// Those with these numbers, as far as they are there.
    case numbers([Int64])
}

/// What a change did.
public enum QueueEffect: Sendable, Hashable {
    /// For every message, in order, whether it was taken.
    case enqueued([EnqueueResult])
    /// The message is gone.
    case acknowledged
    /// What became of the message.
    case failed(FailureDecision)
    /// The lease lasts until then.
    case extended(until: Timestamp)
    /// The message is back on the queue.
    case released
    /// How many dead letters were sent back.
    case redriven(Int)
    /// How many messages were removed.
    case discarded(Int)
    /// What was done with each dead letter.
    case handled([HandledDeadLetter])
}

/// Whether a message was taken.
public enum EnqueueResult: String, Sendable, Hashable, Codable {
    /// It is on the queue.
    case accepted
    /// One of its name was taken before; nothing was added.
    case duplicate
}
