public import Analysis
public import Determinism
import Foundation
public import MarketData
import RiskControl
public import TaskQueues
public import TradingModel
import WorkflowEngine

/// A desk that a feed drives, as the steps of workflows that run beside it see it.
///
/// What a step orders is an input of the run: it is obeyed at a moment of its own between two moments of the market,
/// recorded first, and found again under the step's key where it was obeyed before.
public struct DriverDesk<Source: ResumableFeed & Sendable>: DeskView {
    /// The driver, which has moved on where something was ordered.
    public private(set) var driver: DeskDriver<Source>
    public var ledger: EffectLedger
    /// What happened because of what was ordered.
    public private(set) var events: [DeskEvent] = []
    /// Why the desk cannot go on; nil where it can.
    public private(set) var failure: (any Error)?
    private let outlets: DeskOutlets
    private let time: Timestamp?

    /// A desk between two moments; `time` is the market's time now, nil where it does not pass at a pace.
    public init(_ driver: DeskDriver<Source>, ledger: EffectLedger, at time: Timestamp?, _ outlets: DeskOutlets) {
        self.driver = driver
        self.ledger = ledger
        self.time = time
        self.outlets = outlets
    }

    public var scene: DeskScene { driver.session.scene }

    public mutating func submit(
        _ intents: [Intent], cancelling: [OrderID], key: String
    ) throws -> [SubmittedOrder] {
        let name = "workflow:\(key)"
        guard let moment = driver.moment(near: time) else {
            throw TaskFailure(code: "busy", "the desk is between two parts of one moment; try again", mayRetry: true)
        }
        let control = DeskControl(.proposal(intents: intents, cancels: cancelling), by: name, request: name)
        outlets.willOrder(control)
        do {
            let told = try driver.intervene(at: moment, controls: [control])
            events += told
            return SubmittedOrder.first(intents.count, of: told, scene.universe)
        } catch {
            failure = error
            throw error
        }
    }

    public func submitted(under key: String) throws -> [SubmittedOrder]? { try outlets.decided("workflow:\(key)") }

    /// The run's own pipeline is judged by what it recommends; what workflows find is kept in their runs.
    public mutating func remember(_ signals: SignalSet) {}

    public mutating func notify(_ notice: DeskNotice) throws { try outlets.notify(notice) }

    public mutating func send(_ message: NewMessage, to queue: QueueName) throws { try outlets.send(message, queue) }
}

/// What a desk that is driven needs of whoever runs it.
public struct DeskOutlets: Sendable {
    /// What was decided under a name before; nil where nothing was.
    public var decided: @Sendable (String) throws -> [SubmittedOrder]?
    /// Hears of what is going to be obeyed, right before its record is made.
    public var willOrder: @Sendable (DeskControl) -> Void
    /// Tells people something.
    public var notify: @Sendable (DeskNotice) throws -> Void
    /// Puts a message on a queue.
    public var send: @Sendable (NewMessage, QueueName) throws -> Void

    /// Outlets.
    public init(
        decided: @escaping @Sendable (String) throws -> [SubmittedOrder]?,
        willOrder: @escaping @Sendable (DeskControl) -> Void,
        notify: @escaping @Sendable (DeskNotice) throws -> Void,
        send: @escaping @Sendable (NewMessage, QueueName) throws -> Void
    ) {
        self.decided = decided
        self.willOrder = willOrder
        self.notify = notify
        self.send = send
    }
}

extension DeskDriver {
    /// A moment between the last and the next, as near to a time as can be; nil where there is none.
    public func moment(near time: Timestamp?) -> Timestamp? {
        guard let last = lastTime, let next = nextTime, next.nanoseconds - last.nanoseconds > 1 else { return nil }
        return min(max(time ?? last, last + .nanoseconds(1)), next - .nanoseconds(1))
    }
}

extension SubmittedOrder {
    /// The first verdicts among what happened, as steps put them out.
    static func first(_ count: Int, of events: [DeskEvent], _ universe: Universe) -> [SubmittedOrder] {
        let verdicts = events.compactMap { event -> Verdict? in
            guard case .verdict(let verdict, _) = event else { return nil }
            return verdict
        }
        return verdicts.prefix(count).map { SubmittedOrder($0, universe, isTest: false) }
    }

    private struct Recorded: Decodable {
        struct Verdict: Decodable {
            struct Order: Decodable { let id: OrderID }

            let symbol: Symbol
            let side: Side
            let quantity: Quantity?
            let approved: Bool
            let order: Order?
            let text: String?
            let adjustments: [String]?
        }

        let verdicts: [Verdict]
    }

    /// What a decision's record says of its intents.
    public static func recorded(in body: [UInt8]) throws -> [SubmittedOrder] {
        try JSONDecoder().decode(Recorded.self, from: Data(body)).verdicts.map { verdict in
            SubmittedOrder(
                symbol: verdict.symbol, side: verdict.side, quantity: verdict.approved ? verdict.quantity : nil,
                status: verdict.approved ? .sent : .refused, order: verdict.order?.id,
                reason: verdict.text ?? verdict.adjustments?.joined(separator: "; "))
        }
    }
}
