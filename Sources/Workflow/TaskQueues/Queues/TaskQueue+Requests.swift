public import Determinism

extension TaskQueue {
    /// Puts messages on a queue and tells for each whether it was taken.
    ///
    /// Throws `.full` where those that are no duplicates do not all fit; then none is taken.
    @discardableResult
    public func enqueue(
        _ messages: [NewMessage], to queue: QueueName, at time: Timestamp
    ) throws -> [EnqueueResult] {
        let effect = try one(.enqueue(messages, to: queue), at: time)
        guard case .enqueued(let results) = effect else { throw unexpected(effect) }
        return results
    }

    /// Hands out up to `batchSize` messages.
    public func lease(from queue: QueueName, holder: String, at time: Timestamp) throws -> [Lease] {
        try lease(from: queue, upTo: nil, holder: holder, at: time)
    }

    /// Says that messages are done, all or none; throws `.staleLease` where one is no longer the caller's.
    public func acknowledge(_ receipts: [LeaseReceipt], at time: Timestamp) throws {
        _ = try apply(receipts.map { .acknowledge($0) }, at: time)
    }

    /// Says that an attempt failed; throws `.staleLease` where the message is no longer the caller's.
    @discardableResult
    public func fail(_ receipt: LeaseReceipt, _ failure: Failure, at time: Timestamp) throws -> FailureDecision {
        let effect = try one(.fail(receipt, failure), at: time)
        guard case .failed(let decision) = effect else { throw unexpected(effect) }
        return decision
    }

    /// Keeps a message for so long from now, nil for the visibility timeout, and tells until when.
    @discardableResult
    public func extend(_ receipt: LeaseReceipt, by duration: Duration? = nil, at time: Timestamp) throws -> Timestamp {
        let effect = try one(.extend(receipt, by: duration), at: time)
        guard case .extended(let end) = effect else { throw unexpected(effect) }
        return end
    }

    /// Gives messages back as if they had not been handed out, all or none.
    public func release(_ receipts: [LeaseReceipt], at time: Timestamp) throws {
        _ = try apply(receipts.map { .release($0) }, at: time)
    }

    /// Sends dead letters back to where they were and tells how many.
    @discardableResult
    public func redrive(
        _ selection: MessageSelection = .all, from queue: QueueName = .deadLetters, delay: Duration = .zero,
        at time: Timestamp
    ) throws -> Int {
        let effect = try one(.redrive(selection, from: queue, delay: delay), at: time)
        guard case .redriven(let count) = effect else { throw unexpected(effect) }
        return count
    }

    /// Removes messages that nobody has and tells how many.
    @discardableResult
    public func purge(
        _ queue: QueueName, _ selection: MessageSelection = .all, at time: Timestamp
    ) throws -> Int {
        let effect = try one(.discard(selection, of: queue), at: time)
        guard case .discarded(let count) = effect else { throw unexpected(effect) }
        return count
    }

    /// Does with up to `limit` dead letters what the rules say; the caller logs and alerts by what is returned.
    public func handleDeadLetters(
        on queue: QueueName = .deadLetters, by rules: DeadLetterRules = .standard, limit: Int = 1000, at time: Timestamp
    ) throws -> [HandledDeadLetter] {
        let effect = try one(.applyRules(rules, to: queue, limit: limit), at: time)
        guard case .handled(let letters) = effect else { throw unexpected(effect) }
        return letters
    }

    /// The oldest dead letters of a dead-letter queue.
    public func deadLetters(
        on queue: QueueName = .deadLetters, limit: Int = 100, at time: Timestamp
    ) throws -> [Message] {
        try peek(queue, limit: limit, at: time).map(\.message).filter { $0.origin?.isDeadLetter == true }
    }

    private func one(_ change: QueueChange, at time: Timestamp) throws -> QueueEffect {
        let effects = try apply([change], at: time)
        guard let effect = effects.first else {
            throw QueueError(.corrupt, "a queue said nothing of what \(change) did")
        }
        return effect
    }

    private func unexpected(_ effect: QueueEffect) -> QueueError {
        QueueError(.corrupt, "a queue answered with another change's effect: \(effect)")
    }
}
