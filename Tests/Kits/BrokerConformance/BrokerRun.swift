public import Determinism
public import Execution
import RiskControl
public import TradingModel

/// A broker under test, with everything that was sent to it and everything it said.
public struct BrokerRun<B: Broker>: Sendable {
    /// The broker.
    public var broker: B
    /// The account that the reports add up to.
    public private(set) var gate: GenerousGate
    /// Every order: those sent, and the exits the broker placed.
    public private(set) var orders: [Order] = []
    /// The names of those the broker placed.
    public private(set) var exits: Set<OrderID> = []
    /// Every report, in order.
    public private(set) var reports: [OrderReport] = []
    /// The time of the last action.
    public private(set) var now: Timestamp = .minute(0)
    private var sent: [ApprovedOrder] = []

    /// A broker to which nothing has been done yet.
    public init(_ broker: B, _ universe: Universe) throws {
        self.broker = broker
        gate = try GenerousGate(universe)
    }

    /// Does one thing after the other.
    public mutating func perform(_ actions: some Sequence<TradingAction>) throws {
        for action in actions { try perform(action) }
    }

    /// Does one thing and takes note of the reports that follow; returns them.
    @discardableResult
    public mutating func perform(_ action: TradingAction) throws -> [OrderReport] {
        var new: [OrderReport] = []
        switch action {
        case .send(let intent):
            guard let approved = try gate.approve(intent, at: now) else { break }
            orders.append(approved.order)
            sent.append(approved)
            broker.submit(approved, at: now, reports: &new)
        case .repeatOrder(let back):
            guard let approved = sent.dropLast(back - 1).last, isStanding(approved.order.id) else { break }
            broker.submit(approved, at: now, reports: &new)
        case .cancel(let back):
            if let order = orders.dropLast(back - 1).last { broker.cancel(order.id, at: now, reports: &new) }
        case .market(let event):
            now = event.time
            try broker.observe(event, reports: &new)
        }
        try follow(new)
        return new
    }

    /// The reports of one order.
    public func reports(of id: OrderID) -> [OrderReport] { reports.filter { $0.order == id } }

    private func isStanding(_ id: OrderID) -> Bool {
        !reports.contains { $0.order == id && $0.outcome.isFinal }
    }

    private mutating func follow(_ new: [OrderReport]) throws {
        for report in new {
            reports.append(report)
            try gate.follow(report)
            guard case .exitPlaced(let exit) = report.outcome else { continue }
            orders.append(exit)
            exits.insert(exit.id)
        }
    }
}

extension OrderReport.Outcome {
    /// True where nothing but the placing of exits can follow.
    public var isFinal: Bool {
        switch self {
        case .filled(let fill, _): fill.leaves == 0
        case .rejected, .cancelled, .expired: true
        case .accepted, .triggered, .exitPlaced, .unknown: false
        }
    }
}
