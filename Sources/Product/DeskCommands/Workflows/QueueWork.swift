import Determinism
import TaskQueues
import WorkflowModel

/// What commands do with queues.
struct QueueWork: Sendable {
    /// How many messages a status shows of each queue.
    private static let shown = 20
    /// How many dead letters are looked through.
    private static let mostLetters = 100_000

    private let queues: any TaskQueue
    private let time: Timestamp

    init(_ context: CommandContext) {
        queues = context.services.workflows.queues
        time = context.time
    }

    /// How one queue or all of them stand.
    func status(_ name: String?, messages: Bool) throws -> Value {
        let wanted = name.map { [QueueName($0)] }
        let report = try telling {
            try queues.status(of: wanted, including: messages ? QueueWork.shown : nil, at: time)
        }
        let value = try Value(coding: report)
        guard messages, name != nil, let found = report.queues.first?.messages else { return value }
        return value.adding(["messages": .list(try found.map { try Value(coding: $0) })])
    }

    /// What waits on a queue, or its dead letters, oldest first.
    func messages(_ name: String, areDead: Bool, _ request: PageRequest) throws -> Value {
        let (queue, start) = (QueueName(name), try request.numbers(1)?.first ?? 0)
        let found: [QueuedMessage] = try telling {
            guard areDead else { return try queues.peek(queue, limit: QueueWork.mostLetters, at: time) }
            let target = try queues.settings(of: queue).deadLetterQueue ?? .deadLetters
            guard try queues.queues().contains(target) else { return [] }
            return try queues.peek(target, limit: QueueWork.mostLetters, at: time).filter {
                $0.message.origin?.isDeadLetter == true && ($0.message.origin?.queue == queue || target == queue)
            }
        }
        // Numbers are never given twice, so that a page's end stays where it is.
        let rest = found.filter { $0.message.number > start }.sorted { $0.message.number < $1.message.number }
        let page = rest.prefix(request.limit)
        let last = page.count < rest.count ? page.last.map { [Value($0.message.number)] } : nil
        return try request.page(page.map { try Value(coding: $0) }, endingAt: last)
    }

    func send(_ message: NewMessage, to name: String) throws -> Value {
        let queue = QueueName(name)
        let isTaken = try telling { try queues.enqueue([message], to: queue, at: time) }.first == .accepted
        return [
            "queue": .text(name), "id": .text(message.id.text), "result": isTaken ? "accepted" : "duplicate",
        ]
    }

    /// Sends dead letters back: those on a dead-letter queue, or those that came from another one.
    func redrive(_ name: String, _ numbers: Value?) throws -> Value {
        let queue = QueueName(name)
        let count = try telling { () throws -> Int in
            let target = try queues.settings(of: queue).deadLetterQueue ?? .deadLetters
            guard target != queue, queue != .deadLetters else {
                return try queues.redrive(selection(numbers), from: queue, at: time)
            }
            guard try queues.queues().contains(target) else { return 0 }
            let letters = try queues.peek(target, limit: QueueWork.mostLetters, at: time).map(\.message)
            let own = letters.filter { $0.origin?.queue == queue && $0.origin?.isDeadLetter == true }.map(\.number)
            let wanted = numbers.flatMap(QueueWork.numbers).map { Set($0).intersection(own) } ?? Set(own)
            return wanted.isEmpty
                ? 0 : try queues.redrive(.numbers(wanted.sorted()), from: target, at: time)
        }
        return try counted(name, numbers, count)
    }

    func purge(_ name: String, _ numbers: Value?) throws -> Value {
        let count = try telling { try queues.purge(QueueName(name), selection(numbers), at: time) }
        return try counted(name, numbers, count)
    }

    private func counted(_ name: String, _ numbers: Value?, _ count: Int) throws -> Value {
        guard count > 0 || numbers.flatMap(QueueWork.numbers)?.isEmpty ?? true else {
            throw CommandProblem.notFound("'\(name)' holds none of these messages, or somebody has them")
        }
        return ["queue": .text(name), "messages": Value(count)]
    }

    private func selection(_ numbers: Value?) -> MessageSelection {
        numbers.flatMap(QueueWork.numbers).map { .numbers($0) } ?? .all
    }

    private static func numbers(_ value: Value) -> [Int64]? { value.list?.compactMap(\.integer) }

    /// A text's own bytes, or the JSON of anything else.
    static func bytes(of body: Value) throws -> [UInt8] {
        if let text = body.text { return Array(text.utf8) }
        return try body.json()
    }

    private func telling<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as QueueError {
            switch error.code {
            case .unknownQueue:
                let known = try queues.queues().map(\.text).joined(separator: ", ")
                throw CommandProblem.notFound("\(error.message); there are \(known.isEmpty ? "none" : known)")
            case .full, .staleLease: throw CommandProblem(.conflict, error.message)
            case .invalidSettings: throw CommandProblem(.invalid, error.message)
            case .corrupt: throw CommandProblem(.failed, error.message)
            }
        }
    }
}
