import Determinism
public import TaskQueues
import Testing
import WorkflowModel

/// Random work on two sets of queues at once, which must agree in everything that can be seen.
public struct QueueAgreement {
    private let left: any TaskQueue
    private let right: any TaskQueue
    private let seed: UInt64
    private var random: SeededRandom
    private var seconds = 0.0
    private var leases: [LeaseReceipt] = []
    private var sent = 0

    private static let work: [QueueName] = ["plain", "keyed", "limited"]

    /// Two empty sets of queues, and the seed of the work.
    public init(_ left: any TaskQueue, _ right: any TaskQueue, seed: UInt64) throws {
        self.left = left
        self.right = right
        self.seed = seed
        random = SeededRandom(seed: seed)
        for queue in [left, right] {
            for name in QueueAgreement.work {
                try queue.createQueue(name, QueueAgreement.settings(name), at: QueueScene.time(0))
            }
        }
    }

    /// Does so many things to both, compares after each, and gives what the queues have counted.
    @discardableResult
    public mutating func run(steps: Int) throws -> [QueueTotals] {
        for step in 0..<steps {
            seconds += [0, 0.5, 1, 3, 20][pick(5)]
            try doSomething(Comment("seed \(seed), step \(step)"))
        }
        return try left.status(of: nil, including: nil, at: QueueScene.time(seconds)).queues.map(\.totals)
    }

    private static func settings(_ name: QueueName) -> QueueSettings {
        var settings = QueueSettings()
        settings.maxRetries = 2
        settings.retryMaxDelay = .seconds(8)
        settings.visibilityTimeout = .seconds(15)
        settings.messageRetention = .seconds(120)
        settings.batchSize = 5
        switch name {
        case "plain":
            settings.ordering = .none
            settings.deadLetterQueue = nil
            settings.deduplication = false
        case "keyed":
            settings.successQueue = "done"
            settings.errorQueue = "errors"
        default:
            settings.capacity = 8
            settings.maxInFlight = 3
            settings.rateLimit = RateLimit(4, per: .seconds(7))
        }
        return settings
    }

    private mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    private mutating func doSomething(_ scene: Comment) throws {
        let time = QueueScene.time(seconds)
        switch pick(10) {
        case 0...3:
            let (queue, count) = (aQueue(), pick(6))
            let taken = try both(scene) { try $0.lease(from: queue, upTo: count, holder: "w", at: time) }
            leases += (taken ?? []).map(\.receipt)
        case 4:
            _ = try both(scene) { try $0.sweep(at: time) }
        default:
            let changes = (0...pick(3)).map { _ in aChange() }
            _ = try both(scene) { try $0.apply(changes, at: time) }
        }
        if pick(5) == 0 { leases.removeFirst(leases.count / 2) }
        _ = try both(scene) { try $0.status(of: nil, including: 1000, at: time) }
    }

    private mutating func aQueue() -> QueueName {
        pick(12) == 0 ? [.deadLetters, "done", "errors"][pick(3)] : QueueAgreement.work[pick(3)]
    }

    private mutating func aChange() -> QueueChange {
        switch pick(14) {
        case 0...4: return .enqueue((0...pick(4)).map { _ in aMessage() }, to: aQueue())
        case 5...7: return .acknowledge(aLease())
        case 8, 9: return .fail(aLease(), aFailure())
        case 10: return .extend(aLease(), by: [nil, .seconds(3), .seconds(40)][pick(3)])
        case 11: return .release(aLease())
        case 12: return .redrive(aSelection(), from: .deadLetters, delay: .seconds(pick(3)))
        default:
            return pick(3) > 0
                ? .applyRules(.standard, to: .deadLetters, limit: pick(4)) : .discard(aSelection(), of: aQueue())
        }
    }

    private mutating func aMessage() -> NewMessage {
        sent += 1
        return NewMessage(
            MessageID("m\(sent - (pick(3) == 0 ? pick(10) : 0))"), kind: "test", body: [UInt8(pick(256))],
            key: [nil, "k", "l"][pick(3)], priority: Priority.allCases[pick(4)],
            notBefore: pick(6) == 0 ? QueueScene.time(seconds + Double(pick(20))) : nil)
    }

    /// A lease that mostly still holds.
    private mutating func aLease() -> LeaseReceipt {
        guard !leases.isEmpty, pick(20) > 0 else { return LeaseReceipt(queue: "keyed", number: 1, id: "m1", token: 1) }
        let place = pick(leases.count)
        return pick(8) == 0 ? leases[place] : leases.remove(at: place)
    }

    private mutating func aFailure() -> Failure {
        Failure(
            ["rate_limit", "invalid_symbol", "other"][pick(3)], detail: pick(2) == 0 ? nil : "why",
            retry: [.backoff, .after(.seconds(2)), .after(.zero), .never][pick(4)])
    }

    private mutating func aSelection() -> MessageSelection {
        pick(2) == 0 ? .all : .numbers((0..<4).map { _ in Int64(pick(30)) })
    }

    /// Does the same to both and compares what comes of it; nil where both refuse alike.
    private func both<Result: Equatable>(
        _ scene: Comment, _ body: (any TaskQueue) throws -> Result
    ) throws -> Result? {
        let (one, other) = (try outcome(left, body), try outcome(right, body))
        #expect(one == other, scene)
        guard case .result(let result) = one else { return nil }
        return result
    }

    private enum Outcome<Result: Equatable>: Equatable {
        case result(Result)
        case refused(QueueError)
    }

    private func outcome<Result: Equatable>(
        _ queue: any TaskQueue, _ body: (any TaskQueue) throws -> Result
    ) throws -> Outcome<Result> {
        do {
            return .result(try body(queue))
        } catch let error as QueueError {
            return .refused(error)
        }
    }
}
