import TradingModel

// Protective exits: placed by an entry's fill, tied in pairs, gone with the position.
extension MatchingSession {
    /// Places the exits of a bracket for what was filled.
    mutating func place(
        _ bracket: Bracket, for fill: Fill, of entry: WorkingOrder, _ inside: Bool, _ reports: inout [OrderReport]
    ) throws(Overflow) {
        let stop = try bracket.stopLoss.map { level throws(Overflow) in try price(level, of: fill, isStop: true) }
        let target = try bracket.takeProfit.map { level throws(Overflow) in try price(level, of: fill, isStop: false) }
        var exits: [Order] = []
        if let stop { exits.append(exit(.stop(stop), for: fill, of: entry.order, number: 1)) }
        if let target { exits.append(exit(.limit(target), for: fill, of: entry.order, number: 2)) }
        for (index, order) in exits.enumerated() {
            var working = WorkingOrder(order, active: fill.time)
            working.otherExit = exits.count == 2 ? exits[1 - index].id : nil
            working.placedInside = inside ? bar.end : nil
            book.orders.append(working)
            report(entry.order.id, .exitPlaced(order), &reports)
        }
    }

    /// Keeps the other exit of a pair in step, and removes exits that have nothing left to reduce.
    mutating func settleExits(
        after fill: Fill, of working: WorkingOrder, _ reports: inout [OrderReport]
    ) throws(Overflow) {
        if let other = working.otherExit, let index = book.orders.firstIndex(where: { $0.order.id == other }) {
            let remaining = try (book.orders[index].remaining ?? 0) - fill.quantity
            book.orders[index].remaining = remaining
            if remaining <= 0 { remove(other, because: "the other exit was filled", &reports) }
        }
        let idle = book.orders.filter { $0.isExit && !canReduce($0.order.side) }
        for exit in idle { remove(exit.order.id, because: "no position is left to reduce", &reports) }
    }

    /// Says so where the stop is taken although the target lay inside the same bar.
    func bothExitsNote(_ working: WorkingOrder) -> String? {
        guard case .stop = working.order.kind, let other = working.otherExit,
            let target = book.orders.first(where: { $0.order.id == other }), target.active < bar.end,
            BarMatch.of(target, bar) != .none
        else { return nil }
        return "stop and target both lie inside this bar; the stop is taken first"
    }

    private func canReduce(_ side: Side) -> Bool {
        side == .sell ? book.held > 0 : book.held < 0
    }

    private func price(_ level: ExitLevel, of fill: Fill, isStop: Bool) throws(Overflow) -> Price {
        switch level {
        case .price(let price): return price
        case .distance(let distance):
            let isBelow = (fill.side == .buy) == isStop
            let price = try fill.price.moved(by: isBelow ? -distance : distance)
            return max(book.priceIncrement, price.roundedDown(toMultipleOf: book.priceIncrement))
        }
    }

    /// Exits are named after their entry: its ordinal times ten thousand, then two numbers for each fill.
    private func exit(_ kind: OrderKind, for fill: Fill, of entry: Order, number: UInt32) -> Order {
        let ordinal = entry.id.ordinal &* 10_000 &+ fill.ordinal &* 2 &+ number &- 2
        return Order(
            id: OrderID(desk: entry.id.desk, step: entry.id.step, ordinal: ordinal), instrument: entry.instrument,
            side: entry.side.opposite, size: .units(fill.quantity), kind: kind, reduceOnly: true, decided: fill.time)
    }
}
