public import Analysis
public import Determinism
public import TaskQueues
public import TradingModel
public import WorkflowModel

/// The desk as steps see it: what is known, and the few things that may be done.
///
/// Orders go through the desk's risk gate and nowhere else.
public protocol DeskView: Sendable {
    /// What is known at present.
    var scene: DeskScene { get throws }

    /// What steps have done already, by their keys.
    var ledger: EffectLedger { get set }

    /// Hands intents to the risk gate, after the orders named were cancelled where they still stand.
    ///
    /// `key` names the proposal in the record. Throws only where the desk itself cannot go on.
    mutating func submit(_ intents: [Intent], cancelling: [OrderID], key: String) throws -> [SubmittedOrder]

    /// What became of intents that were handed in under a key before; nil where none were.
    func submitted(under key: String) throws -> [SubmittedOrder]?

    /// Takes note of conclusions, to be judged later by what prices did.
    mutating func remember(_ signals: SignalSet)

    /// Tells people something.
    mutating func notify(_ notice: DeskNotice) throws

    /// Puts a message on a queue; throws a `TaskFailure` where there is none.
    mutating func send(_ message: NewMessage, to queue: QueueName) throws
}

extension DeskView {
    /// Nothing that the ledger does not know of.
    public func submitted(under key: String) -> [SubmittedOrder]? { nil }
}

/// Something that people should know.
public struct DeskNotice: Sendable, Hashable, Codable {
    /// When.
    public let time: Timestamp
    /// What is to be known, a sentence.
    public let text: String
    /// Whether somebody must look at it.
    public let isAlert: Bool
    /// The same for every telling of the same thing.
    public let key: String

    /// Something to be known.
    public init(at time: Timestamp, _ text: String, isAlert: Bool, key: String) {
        self.time = time
        self.text = text
        self.isAlert = isAlert
        self.key = key
    }
}

/// What became of an intent.
public struct SubmittedOrder: Sendable, Hashable, Codable {
    /// In one word.
    public enum Status: String, Sendable, Hashable, Codable {
        /// The gate approved it and it was sent.
        case sent
        /// The gate refused it.
        case refused
        /// The gate would have approved it; nothing was sent because this is a test.
        case test
    }

    /// What is to be traded.
    public let symbol: Symbol
    /// Bought or sold.
    public let side: Side
    /// How many units were approved; nil where the order is sized in money or was refused.
    public let quantity: Quantity?
    /// What became of it.
    public let status: Status
    /// The order's name; nil where none was sent.
    public let order: OrderID?
    /// Why it was refused or made smaller; nil where it was neither.
    public let reason: String?

    /// What became of an intent.
    public init(
        symbol: Symbol, side: Side, quantity: Quantity?, status: Status, order: OrderID?, reason: String?
    ) {
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.status = status
        self.order = order
        self.reason = reason
    }
}

/// What steps have done, by their idempotency keys, so that nothing is done twice.
public struct EffectLedger: Sendable, Hashable, Codable {
    /// What was put out, by key.
    public private(set) var outputs: [String: Value] = [:]
    /// Cash that runs have set aside for orders of their own, by run.
    public internal(set) var holds: [String: Money] = [:]
    /// The orders that steps sent and how far they are, by name.
    public internal(set) var orders: [String: OrderProgress] = [:]

    /// Nothing was done.
    public init() {}

    /// All cash set aside.
    public var held: Money {
        get throws(Overflow) {
            var sum = Money.zero
            for hold in holds.values { sum = try sum + hold }
            return sum
        }
    }

    mutating func keep(_ output: Value, of key: String) { outputs[key] = output }

    /// Takes note of a fill of an order that a step sent; others change nothing.
    public mutating func note(_ fill: Fill) throws(Overflow) {
        let name = fill.order.description
        guard let progress = orders[name] else { return }
        orders[name]?.filled = try progress.filled + fill.quantity
    }

    /// The same without what other runs did than these.
    public func keeping(runs: Set<String>) -> EffectLedger {
        let known = outputs.keys.compactMap { $0.split(separator: "/").first.map(String.init) }
        var kept = self
        for run in Set(known + holds.keys + orders.values.map(\.run)) where !runs.contains(run) {
            kept.forget(run: run)
        }
        return kept
    }

    /// Forgets what finished runs did; orders and holds of other runs stay.
    mutating func forget(run: String) {
        outputs = outputs.filter { !$0.key.hasPrefix("\(run)/") }
        orders = orders.filter { $0.value.run != run }
        holds[run] = nil
    }
}

/// How far an order is that a step sent.
public struct OrderProgress: Sendable, Hashable, Codable {
    /// The run whose step sent it.
    public let run: String
    /// What is traded.
    public let symbol: Symbol
    /// Bought or sold.
    public let side: Side
    /// Units filled so far.
    public internal(set) var filled: Quantity
}
