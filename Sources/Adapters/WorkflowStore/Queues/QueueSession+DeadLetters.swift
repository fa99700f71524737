import Determinism
import Storage
import TaskQueues

extension QueueSession {
    mutating func redrive(
        _ selection: MessageSelection, from name: QueueName, after delay: Duration,
        _ transaction: borrowing Transaction
    ) throws -> Int {
        let queue = try queue(name, transaction)
        let letters = try QueueTables.deadLetters(on: queue, numbers: selection.list, transaction)
        for letter in letters { try redrive(letter, after: delay, transaction) }
        return letters.count
    }

    private mutating func redrive(
        _ letter: StoredMessage, after delay: Duration, _ transaction: borrowing Transaction
    ) throws {
        guard let origin = letter.message.origin else { return }
        _ = try queue(origin.queue, transaction)
        try remove(letter, transaction)
        count(letter.message.queue) { $0.totals.redriven += 1 }
        let number = takeNumber(origin.queue)
        try add(letter.message.redriven(to: origin.queue, as: number, after: delay, at: time), transaction)
        count(origin.queue) { $0.totals.moved += 1 }
    }

    mutating func discard(
        _ selection: MessageSelection, of name: QueueName, _ transaction: borrowing Transaction
    ) throws -> Int {
        let queue = try queue(name, transaction)
        let keys = try QueueTables.discard(selection.list, from: queue.number, transaction)
        count(name) { counters in
            counters.messages -= keys.count
            counters.totals.discarded += keys.count
        }
        try promote(keys, on: queue, transaction)
        return keys.count
    }

    mutating func handle(
        _ name: QueueName, by rules: DeadLetterRules, limit: Int, _ transaction: borrowing Transaction
    ) throws -> [HandledDeadLetter] {
        let queue = try queue(name, transaction)
        let letters = try QueueTables.unreported(on: queue, limit: max(0, limit), transaction)
        return try letters.map { letter in
            let decision = rules.decide(letter.message)
            switch decision {
            case .retry(let delay): try redrive(letter, after: delay, transaction)
            case .delete:
                try remove(letter, transaction)
                count(name) { $0.totals.discarded += 1 }
            case .alert: try QueueTables.report(letter.message, on: queue.number, transaction)
            }
            return HandledDeadLetter(letter.message, decision)
        }
    }
}

extension MessageSelection {
    /// The numbers as SQLite reads a list; nil for all.
    fileprivate var list: String? {
        switch self {
        case .all: nil
        case .numbers(let numbers): QueueSession.list(numbers)
        }
    }
}
