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

    /// True where an order stands that gets out of a losing position: a stop, or an exit at the market.
    ///
    /// A profit target alone does not.
    public func protects(_ instrument: InstrumentID) -> Bool {
        machines.contains { machine in
            guard machine.order.instrument == instrument, machine.order.reduceOnly else { return false }
            switch machine.order.kind {
            case .market, .stop, .stopLimit, .trailingStop: return true
            case .limit: return false
            }
        }
    }

    /// The order with an id, where it stands.
    public subscript(id: OrderID) -> OrderStateMachine? {
        index(of: id).map { machines[$0] }
    }

    /// Adds an order that is about to be sent; one that is known already is left as it is.
    public mutating func insert(_ order: Order) {
        insert(OrderStateMachine(order))
    }

    /// Applies a report; nil where no such order stands (its end was reported before, or it is not ours).
    public mutating func handle(
        _ report: OrderReport
    ) throws(OrderStateMachine.Violation) -> OrderStateMachine.Effect? {
        if case .exitPlaced(let exit) = report.outcome {
            insert(OrderStateMachine(placed: exit))
            return .applied
        }
        guard let index = index(of: report.order) else { return nil }
        let effect = try machines[index].handle(report.outcome)
        if machines[index].state.isFinal { remove(index) }
        return effect
    }

    private mutating func insert(_ machine: OrderStateMachine) {
        let place = place(of: machine.order.id)
        if place == machines.count { return machines.append(machine) }
        if machines[place].order.id == machine.order.id { return }
        machines.insert(machine, at: place)
    }

    private mutating func remove(_ index: Int) {
        if index == machines.count - 1 { machines.removeLast() } else { machines.remove(at: index) }
    }

    private func index(of id: OrderID) -> Int? {
        let place = place(of: id)
        return place < machines.count && machines[place].order.id == id ? place : nil
    }

    /// Where an order with this id stands or would stand, by bisection.
    private func place(of id: OrderID) -> Int {
        var low = 0
        var high = machines.count
        while low < high {
            let middle = (low + high) / 2
            if machines[middle].order.id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
