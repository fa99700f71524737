import Determinism

extension QueueMachine {
    mutating func apply(_ change: QueueChange, at time: Timestamp) throws -> QueueEffect {
        switch change {
        case .enqueue(let messages, let queue):
            return .enqueued(try enqueue(messages, to: queue, at: time))
        case .acknowledge(let receipt):
            let moves = try self.change(receipt.queue) { try $0.acknowledge(receipt, at: time) }
            deliver(moves, at: time)
            return .acknowledged
        case .fail(let receipt, let failure):
            let (decision, moves) = try self.change(receipt.queue) { try $0.fail(receipt, failure, at: time) }
            deliver(moves, at: time)
            return .failed(decision)
        case .extend(let receipt, let duration):
            return .extended(until: try self.change(receipt.queue) { try $0.extend(receipt, by: duration, at: time) })
        case .release(let receipt):
            try self.change(receipt.queue) { try $0.release(receipt) }
            return .released
        case .redrive(let selection, let queue, let delay):
            return .redriven(try redrive(try chosen(selection, queue), after: delay, at: time))
        case .discard(let selection, let queue):
            return .discarded(try discard(try chosen(selection, queue)))
        case .applyRules(let rules, let queue, let limit):
            return .handled(try handle(queue, by: rules, limit: limit, at: time))
        }
    }

    private mutating func enqueue(
        _ messages: [NewMessage], to queue: QueueName, at time: Timestamp
    ) throws -> [EnqueueResult] {
        try change(queue) { state in
            let isNew = state.admission(of: messages, at: time)
            let added = isNew.count { $0 }
            let held = state.counters.messages
            if let capacity = state.settings.capacity, added > 0, held + added > capacity {
                throw QueueError.full(queue, capacity: capacity, holds: held, adding: added)
            }
            for (message, isNew) in zip(messages, isNew) where isNew { state.accept(message, at: time) }
            state.counters.totals.duplicates += messages.count - added
            return isNew.map { $0 ? .accepted : .duplicate }
        }
    }

    /// The messages of a selection that nobody has, oldest first.
    private func chosen(_ selection: MessageSelection, _ queue: QueueName) throws -> [Message] {
        let waiting = try state(queue).waiting
        guard case .numbers(let numbers) = selection else { return waiting }
        let wanted = Set(numbers)
        return waiting.filter { wanted.contains($0.number) }
    }

    private mutating func redrive(_ letters: [Message], after delay: Duration, at time: Timestamp) throws -> Int {
        var count = 0
        for letter in letters {
            guard let origin = letter.origin, origin.isDeadLetter else { continue }
            let number = try change(origin.queue) { $0.counters.takeNumber() }
            try change(letter.queue) { state in
                state.remove(letter.number)
                state.counters.totals.redriven += 1
            }
            try change(origin.queue) { state in
                state.add(letter.redriven(to: origin.queue, as: number, after: delay, at: time))
                state.counters.totals.moved += 1
            }
            count += 1
        }
        return count
    }

    private mutating func discard(_ messages: [Message]) throws -> Int {
        for message in messages {
            try change(message.queue) { state in
                state.remove(message.number)
                state.counters.totals.discarded += 1
            }
        }
        return messages.count
    }

    private mutating func handle(
        _ queue: QueueName, by rules: DeadLetterRules, limit: Int, at time: Timestamp
    ) throws -> [HandledDeadLetter] {
        let letters = try state(queue).waiting.filter { !$0.isReported && $0.origin?.isDeadLetter == true }
        return try letters.prefix(max(0, limit)).map { letter in
            let decision = rules.decide(letter)
            switch decision {
            case .retry(let delay): _ = try redrive([letter], after: delay, at: time)
            case .delete: _ = try discard([letter])
            case .alert: try change(queue) { $0.update(letter.number) { $0.message.isReported = true } }
            }
            return HandledDeadLetter(letter, decision)
        }
    }
}
