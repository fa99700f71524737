import Determinism
import WorkflowModel

extension QueueState {
    mutating func lease(upTo count: Int?, holder: String, at time: Timestamp) -> [Lease] {
        let allowance = settings.allowance(wanted: count, counters, at: time)
        let chosen = candidates(at: time).prefix(allowance)
        guard !chosen.isEmpty else { return [] }
        let token = counters.takeToken(for: chosen.count, settings, at: time)
        let expires = settings.leaseEnd(from: time)
        return chosen.map { message in
            var message = message
            message.attempts += 1
            update(message.number) { entry in
                entry.message = message
                entry.lease = (holder, token, expires)
            }
            return Lease(message: message, holder: holder, token: token, expires: expires)
        }
    }

    private func candidates(at time: Timestamp) -> [Message] {
        var found: [Message] = []
        forEachInOrder(at: time) { message, state in
            if state == .available { found.append(message) }
        }
        return found.sorted { ($1.priority, $0.number) < ($0.priority, $1.number) }
    }

    /// Every message with its state, oldest first.
    func forEachInOrder(at time: Timestamp, _ body: (Message, QueuedMessage.State) -> Void) {
        var keys: Set<String> = []
        for number in order {
            guard let entry = entries[number] else { continue }
            var isHead = true
            if settings.ordering == .firstInFirstOut, let key = entry.message.key {
                isHead = keys.insert(key).inserted
            }
            body(entry.message, state(of: entry, isHead: isHead, at: time))
        }
    }

    private func state(of entry: Entry, isHead: Bool, at time: Timestamp) -> QueuedMessage.State {
        if let lease = entry.lease { return .inFlight(holder: lease.holder, expires: lease.expires) }
        guard isHead else { return .heldBack }
        return entry.message.notBefore > time ? .delayed : .available
    }

    /// The message of a lease that still holds; throws `.staleLease` for any other.
    private func held(_ receipt: LeaseReceipt) throws -> Message {
        guard let entry = entries[receipt.number], entry.lease?.token == receipt.token else {
            throw QueueError.stale(receipt)
        }
        return entry.message
    }

    mutating func acknowledge(_ receipt: LeaseReceipt, at time: Timestamp) throws -> [Move] {
        let message = try held(receipt)
        remove(message.number)
        countAcknowledged(at: time)
        return settings.successQueue.map { [Move(message: message, target: $0, reason: .completed)] } ?? []
    }

    mutating func extend(_ receipt: LeaseReceipt, by duration: Duration?, at time: Timestamp) throws -> Timestamp {
        let number = try held(receipt).number
        let end = time.later(by: duration ?? settings.visibilityTimeout)
        update(number) { $0.lease?.expires = end }
        return end
    }

    mutating func release(_ receipt: LeaseReceipt) throws {
        let number = try held(receipt).number
        update(number) { entry in
            entry.message.attempts -= 1
            entry.lease = nil
        }
        counters.inFlight -= 1
        counters.totals.delivered -= 1
    }

    mutating func fail(
        _ receipt: LeaseReceipt, _ failure: Failure, at time: Timestamp
    ) throws -> (FailureDecision, [Move]) {
        let message = try held(receipt)
        counters.totals.failed += 1
        return end(message, failure, at: time)
    }

    /// Ends an attempt that failed.
    private mutating func end(
        _ message: Message, _ failure: Failure, at time: Timestamp
    ) -> (FailureDecision, [Move]) {
        var message = message
        message.lastError = failure.error
        var moves = settings.errorQueue.map { [Move(message: message, target: $0, reason: .failed)] } ?? []
        let decision = settings.decision(after: failure, attempts: message.attempts, at: time)
        switch decision {
        case .retry(let moment):
            message.notBefore = moment
            update(message.number) { $0 = Entry(message: message) }
            counters.inFlight -= 1
        case .deadLetter(let reason):
            remove(message.number)
            moves += giveUp(message, because: reason)
        }
        return (decision, moves)
    }

    private mutating func giveUp(_ message: Message, because reason: MessageOrigin.Reason) -> [Move] {
        guard let target = settings.deadLetterQueue else { return [] }
        counters.totals.deadLettered += 1
        return [Move(message: message, target: target, reason: reason)]
    }

    /// Takes back messages whose lease has ended and gives up those that are too old.
    mutating func settle(at time: Timestamp) -> [Move] {
        var moves: [Move] = []
        for message in ended(at: time) {
            counters.totals.timedOut += 1
            moves += end(message, .timedOut, at: time).1
        }
        guard let limit = settings.retentionLimit(at: time) else { return moves }
        let old = order.prefix { entries[$0].map { $0.message.enqueued <= limit } ?? true }
        for number in old where entries[number]?.lease == nil {
            guard let message = remove(number) else { continue }
            counters.totals.expired += 1
            moves += giveUp(message, because: .expired)
        }
        return moves
    }

    /// The messages whose lease has ended, the one that ended first at the front.
    private func ended(at time: Timestamp) -> [Message] {
        var found: [(expires: Timestamp, message: Message)] = []
        for number in order {
            if let entry = entries[number], let lease = entry.lease, lease.expires <= time {
                found.append((lease.expires, entry.message))
            }
        }
        return found.sorted { ($0.expires, $0.message.number) < ($1.expires, $1.message.number) }.map(\.message)
    }
}
