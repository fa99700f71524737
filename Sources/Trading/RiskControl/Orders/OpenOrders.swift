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

    /// Where an order is kept; nil where it is not in flight.
    func index(of id: OrderID) -> Int? {
        orders.lastIndex { $0.order.id == id }
    }

    /// The broker has said something of the order.
    mutating func markAnswered(_ id: OrderID) {
        if let index = index(of: id) { orders[index].isAnswered = true }
    }

    /// Takes a fill off an order, which leaves where nothing is left of it.
    mutating func fill(_ index: Int, _ fill: Fill, lot: Quantity) throws(Overflow) {
        let (released, isDone) = try orders[index].fill(fill, lot: lot)
        reserved = try reserved - released
        if isDone { try remove(at: index) }
    }

    /// Takes out an order that stands no more, with what is reserved for it.
    mutating func remove(_ id: OrderID) throws(Overflow) {
        if let index = index(of: id) { try remove(at: index) }
    }

    /// Takes back the orders added last, down to so many.
    mutating func forgetAll(after count: Int) throws(Overflow) {
        while orders.count > count { try remove(at: orders.count - 1) }
    }

    private mutating func remove(at index: Int) throws(Overflow) {
        reserved = try reserved - orders[index].reserved
        if index == orders.count - 1 { orders.removeLast() } else { orders.remove(at: index) }
    }

    /// Keeps an exit that a broker placed; one that is known is left as it is.
    mutating func addExit(_ exit: Order) throws(Overflow) {
        guard !orders.contains(where: { $0.order.id == exit.id }) else { return }
        var open = OpenOrder(order: exit, reserved: 0, unitCost: 0, price: 0)
        if case .units(let units) = exit.size { open.closing = units }
        open.isBracketExit = true
        open.isAnswered = true
        try add(open)
    }
}
