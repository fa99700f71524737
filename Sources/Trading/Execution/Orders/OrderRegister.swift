public import TradingModel

/// The orders that stand, or may stand, at a broker; orders that are done leave.
public struct OrderRegister: Sendable, Hashable, Codable {
    /// Ascending by id.
    private var machines: [OrderStateMachine] = []

    /// No orders.
    public init() {}

    /// How many stand.
    public var count: Int { machines.count }

    /// Every order that stands, ascending by id.
    public var all: [OrderStateMachine] { machines }

    /// The orders of an instrument, ascending by id.
    public func of(_ instrument: InstrumentID) -> [OrderStateMachine] {
        machines.filter { $0.order.instrument == instrument }
    }

    /// True where a protective stop stands for an instrument.
    public func hasStop(for instrument: InstrumentID) -> Bool {
        machines.contains { machine in
            guard machine.order.instrument == instrument, machine.order.reduceOnly else { return false }
            switch machine.order.kind {
            case .stop, .stopLimit: return true
            case .market, .limit: return false
            }
        }
    }

    /// The order with an id, where it stands.
    public subscript(id: OrderID) -> OrderStateMachine? {
        index(of: id).map { machines[$0] }
    }

    /// Adds an order that is about to be sent.
    public mutating func insert(_ order: Order) {
        let machine = OrderStateMachine(order)
        guard let last = machines.last, order.id < last.order.id else {
            machines.append(machine)
            return
        }
        let place = machines.firstIndex { order.id < $0.order.id } ?? machines.endIndex
        machines.insert(machine, at: place)
    }

    /// Applies a report; nil where no such order stands (its end was reported before, or it is not ours).
    public mutating func handle(
        _ report: OrderReport
    ) throws(OrderStateMachine.Violation) -> OrderStateMachine.Effect? {
        if case .exitPlaced(let exit) = report.outcome {
            if index(of: exit.id) == nil { insert(exit) }
            return .applied
        }
        guard let index = index(of: report.order) else { return nil }
        let effect = try machines[index].handle(report.outcome)
        if machines[index].state.isFinal { machines.remove(at: index) }
        return effect
    }

    private func index(of id: OrderID) -> Int? {
        machines.firstIndex { $0.order.id == id }
    }
}
