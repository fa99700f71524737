import Determinism
import Storage
import TaskQueues

extension QueueSession {
    mutating func apply(_ changes: [QueueChange], _ transaction: borrowing Transaction) throws -> [QueueEffect] {
        var effects: [QueueEffect] = []
        effects.reserveCapacity(changes.count)
        while effects.count < changes.count {
            let group = acknowledgements(in: changes[effects.count...])
            if let first = group.first, try queue(first.queue, transaction).settings.successQueue == nil {
                try acknowledge(group, transaction)
                effects += repeatElement(.acknowledged, count: group.count)
            } else {
                effects.append(try apply(changes[effects.count], transaction))
            }
        }
        return effects
    }

    /// The acknowledgements at the front that share a queue and a token: what was leased together.
    private func acknowledgements(in changes: ArraySlice<QueueChange>) -> [LeaseReceipt] {
        var group: [LeaseReceipt] = []
        for change in changes {
            guard case .acknowledge(let receipt) = change else { break }
            if let first = group.first, first.queue != receipt.queue || first.token != receipt.token { break }
            group.append(receipt)
        }
        return group
    }

    private mutating func acknowledge(_ group: [LeaseReceipt], _ transaction: borrowing Transaction) throws {
        guard let first = group.first else { return }
        let queue = try queue(first.queue, transaction)
        let removed = try QueueTables.remove(
            held: QueueSession.list(group.map(\.number)), token: first.token, from: queue.number, transaction)
        var left = Set(removed.map(\.number))
        for receipt in group where left.remove(receipt.number) == nil { throw QueueError.stale(receipt) }
        count(queue.name) { counters in
            counters.messages -= removed.count
            counters.inFlight -= removed.count
            counters.totals.acknowledged += removed.count
        }
        try QueueTables.countDone(removed.count, on: queue.number, at: time, transaction)
        try promote(removed.map(\.key), on: queue, transaction)
    }

    private mutating func apply(_ change: QueueChange, _ transaction: borrowing Transaction) throws -> QueueEffect {
        switch change {
        case .enqueue(let messages, let queue):
            return .enqueued(try enqueue(messages, to: queue, transaction))
        case .acknowledge(let receipt):
            try acknowledgeRecording(receipt, transaction)
            return .acknowledged
        case .fail(let receipt, let failure):
            let stored = try held(receipt, transaction)
            count(receipt.queue) { $0.totals.failed += 1 }
            return .failed(try end(stored, failure, transaction))
        case .extend(let receipt, let duration):
            return .extended(until: try extend(receipt, by: duration, transaction))
        case .release(let receipt):
            try release(receipt, transaction)
            return .released
        case .redrive(let selection, let queue, let delay):
            return .redriven(try redrive(selection, from: queue, after: delay, transaction))
        case .discard(let selection, let queue):
            return .discarded(try discard(selection, of: queue, transaction))
        case .applyRules(let rules, let queue, let limit):
            return .handled(try handle(queue, by: rules, limit: limit, transaction))
        }
    }

    private mutating func enqueue(
        _ messages: [NewMessage], to name: QueueName, _ transaction: borrowing Transaction
    ) throws -> [EnqueueResult] {
        let queue = try queue(name, transaction)
        let limit = queue.settings.retentionLimit(at: time)
        let results = try messages.map { message -> EnqueueResult in
            let isNew =
                try !queue.settings.deduplication
                || QueueTables.note(message.id, on: queue.number, at: time, after: limit, transaction)
            guard isNew else { return .duplicate }
            let number = takeNumber(name)
            try add(Message(queue: name, number: number, sent: message, at: time), transaction)
            return .accepted
        }
        let added = results.count { $0 == .accepted }
        let held = queue.counters.messages
        if let capacity = queue.settings.capacity, added > 0, held + added > capacity {
            throw QueueError.full(name, capacity: capacity, holds: held, adding: added)
        }
        count(name) { counters in
            counters.totals.accepted += added
            counters.totals.duplicates += results.count - added
        }
        return results
    }

    /// The message of a lease that still holds; throws `.staleLease` for any other.
    private mutating func held(
        _ receipt: LeaseReceipt, _ transaction: borrowing Transaction
    ) throws -> StoredMessage {
        let queue = try queue(receipt.queue, transaction)
        guard let stored = try QueueTables.held(receipt, on: queue, transaction) else {
            throw QueueError.stale(receipt)
        }
        return stored
    }

    private mutating func acknowledgeRecording(
        _ receipt: LeaseReceipt, _ transaction: borrowing Transaction
    ) throws {
        let stored = try held(receipt, transaction)
        try remove(stored, transaction)
        let queue = try queue(receipt.queue, transaction)
        count(queue.name) { $0.totals.acknowledged += 1 }
        try QueueTables.countDone(1, on: queue.number, at: time, transaction)
        if let target = queue.settings.successQueue {
            try move(stored.message, to: target, because: .completed, transaction)
        }
    }

    private mutating func extend(
        _ receipt: LeaseReceipt, by duration: Duration?, _ transaction: borrowing Transaction
    ) throws -> Timestamp {
        let message = try held(receipt, transaction).message
        let queue = try queue(receipt.queue, transaction)
        let end = time.later(by: duration ?? queue.settings.visibilityTimeout)
        try QueueTables.extend(message, on: queue.number, to: end, transaction)
        return end
    }

    private mutating func release(_ receipt: LeaseReceipt, _ transaction: borrowing Transaction) throws {
        var message = try held(receipt, transaction).message
        message.attempts -= 1
        let queue = try queue(receipt.queue, transaction)
        try QueueTables.giveBack(message, on: queue.number, at: time, transaction)
        count(queue.name) { counters in
            counters.inFlight -= 1
            counters.totals.delivered -= 1
        }
    }
}
