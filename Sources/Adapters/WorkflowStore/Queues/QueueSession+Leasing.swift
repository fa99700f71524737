import Determinism
import Storage
import TaskQueues

extension QueueSession {
    mutating func lease(
        from name: QueueName, upTo count: Int?, holder: String, _ transaction: borrowing Transaction
    ) throws -> [Lease] {
        try settle(name, transaction)
        let queue = try queue(name, transaction)
        let allowance = queue.settings.allowance(wanted: count, queue.counters, at: time)
        guard allowance > 0 else { return [] }
        try QueueTables.wake(queue.number, at: time, transaction)
        let ready = try QueueTables.ready(on: queue, limit: allowance, at: time, transaction)
        guard !ready.isEmpty else { return [] }
        let token = takeToken(for: ready.count, queue)
        let expires = queue.settings.leaseEnd(from: time)
        let numbers = QueueSession.list(ready.map(\.message.number))
        try QueueTables.hold(numbers, on: queue.number, as: (token, holder, expires), transaction)
        return ready.map { stored in
            var message = stored.message
            message.attempts += 1
            return Lease(message: message, holder: holder, token: token, expires: expires)
        }
    }

    /// Takes back messages whose lease has ended and gives up those that are too old.
    mutating func settle(_ name: QueueName, _ transaction: borrowing Transaction) throws {
        let queue = try queue(name, transaction)
        if queue.counters.inFlight > 0 {
            for stored in try QueueTables.ended(on: queue, at: time, transaction) {
                count(name) { $0.totals.timedOut += 1 }
                _ = try end(stored, .timedOut, transaction)
            }
        }
        guard let limit = queue.settings.retentionLimit(at: time),
            let oldest = try QueueTables.oldest(queue.number, transaction), oldest <= limit
        else { return }
        try expire(queue, upTo: limit, transaction)
    }

    private mutating func expire(
        _ queue: StoredQueue, upTo limit: Timestamp, _ transaction: borrowing Transaction
    ) throws {
        var last: Int64 = 0
        while true {
            let piece = try QueueTables.messages(on: queue, after: last, limit: 256, transaction)
            for stored in piece {
                guard stored.message.enqueued <= limit else { return }
                if stored.place != .leased { try expire(stored, transaction) }
            }
            guard let end = piece.last else { return }
            last = end.message.number
        }
    }

    private mutating func expire(_ stored: StoredMessage, _ transaction: borrowing Transaction) throws {
        try remove(stored, transaction)
        count(stored.message.queue) { $0.totals.expired += 1 }
        try giveUp(stored.message, because: .expired, transaction)
    }

    private mutating func giveUp(
        _ message: Message, because reason: MessageOrigin.Reason, _ transaction: borrowing Transaction
    ) throws {
        guard let target = try queue(message.queue, transaction).settings.deadLetterQueue else { return }
        count(message.queue) { $0.totals.deadLettered += 1 }
        try move(message, to: target, because: reason, transaction)
    }

    /// Ends an attempt that failed.
    mutating func end(
        _ stored: StoredMessage, _ failure: Failure, _ transaction: borrowing Transaction
    ) throws -> FailureDecision {
        var stored = stored
        stored.message.lastError = failure.error
        let queue = try queue(stored.message.queue, transaction)
        if let target = queue.settings.errorQueue {
            try move(stored.message, to: target, because: .failed, transaction)
        }
        let decision = queue.settings.decision(after: failure, attempts: stored.message.attempts, at: time)
        switch decision {
        case .retry(let moment):
            stored.message.notBefore = moment
            try QueueTables.giveBack(stored.message, on: queue.number, at: time, transaction)
            count(queue.name) { $0.inFlight -= 1 }
        case .deadLetter(let reason):
            try remove(stored, transaction)
            try giveUp(stored.message, because: reason, transaction)
        }
        return decision
    }
}
