import TradingModel

/// The orders in flight and the cash reserved for them.
struct OpenOrders: Sendable, Hashable, Codable {
    private(set) var orders: ContiguousArray<OpenOrder> = []
    /// Always the sum over `orders`.
    private(set) var reserved: Money = 0

    mutating func add(_ open: OpenOrder) throws(Overflow) {
        reserved = try reserved + open.reserved
        orders.append(open)
    }

    /// Units of an instrument that orders in flight will bring nearer to zero; broker-placed exits apart.
    ///
    /// A market exit counts only market exits, so that a waiting target never stands in the way of getting out.
    func closing(_ id: InstrumentID, atMarket: Bool) throws(Overflow) -> Quantity {
        var sum = Quantity.zero
        for open in orders where open.order.instrument == id && !open.isBracketExit {
            if !atMarket || open.isAtMarket { sum = try sum + open.closing }
        }
        return sum
    }

    /// What orders in flight would add to an instrument's exposure.
    func exposure(_ id: InstrumentID) throws(Overflow) -> Money {
        var sum = Money.zero
        for open in orders where open.order.instrument == id { sum = try sum + open.exposure }
        return sum
    }

    /// True for a stop that a broker placed.
    func isStop(_ id: OrderID) -> Bool {
        guard let open = orders.last(where: { $0.order.id == id }), open.isBracketExit else { return false }
        if case .stop = open.order.kind { return true }
        return false
    }

    mutating func report(_ report: OrderReport, lot: (InstrumentID) -> Quantity) throws(Overflow) {
        if case .exitPlaced(let exit) = report.outcome { return try addExit(exit) }
        guard let index = orders.lastIndex(where: { $0.order.id == report.order }) else { return }
        switch report.outcome {
        case .accepted, .triggered: orders[index].isAnswered = true
        case .unknown, .exitPlaced: break
        case .rejected, .cancelled, .expired: try remove(index)
        case .filled(let fill, _):
            let (released, isDone) = try orders[index].fill(fill, lot: lot(fill.instrument))
            reserved = try reserved - released
            if isDone { try remove(index) }
        }
    }

    /// Takes back the orders added last, down to so many.
    mutating func forgetAll(after count: Int) throws(Overflow) {
        while orders.count > count { try remove(orders.count - 1) }
    }

    private mutating func remove(_ index: Int) throws(Overflow) {
        reserved = try reserved - orders[index].reserved
        orders.remove(at: index)
    }

    private mutating func addExit(_ exit: Order) throws(Overflow) {
        guard !orders.contains(where: { $0.order.id == exit.id }) else { return }
        var open = OpenOrder(order: exit, reserved: 0, unitCost: 0, price: 0)
        if case .units(let units) = exit.size { open.closing = units }
        open.isBracketExit = true
        open.isAnswered = true
        try add(open)
    }
}
