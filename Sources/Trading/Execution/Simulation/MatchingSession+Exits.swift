import TradingModel

// Protective exits: placed by an entry's fill, tied in pairs, gone with the position.
extension MatchingSession {
    /// Exits are numbered by fill; beyond this many an entry's rest is given up, so that no two exits share a name.
    static let mostFills: UInt32 = 400_000

    /// Places the exits of a bracket for what the fill opened; what merely closed a position needs none.
    mutating func place(
        _ index: Int, for fill: Fill, _ inside: Bool, _ reports: inout [OrderReport]
    ) throws(Overflow) {
        guard let bracket = book.orders[index].order.bracket else { return }
        let opened = try min(fill.quantity, fill.side == .buy ? book.held : -book.held)
        guard opened > 0 else { return }
        let exits = try exits(of: bracket, for: fill, opened, of: book.orders[index].order)
        for (number, order) in exits.enumerated() {
            var working = WorkingOrder(
                order, sent: inside ? bar.end : bar.start, active: inside ? bar.start : fill.time)
            working.otherExit = exits.count == 2 ? exits[1 - number].id : nil
            book.orders.append(working)
            report(fill.order, .exitPlaced(order), &reports)
        }
        if fill.ordinal == MatchingSession.mostFills { end(index, because: "too many part fills", &reports) }
    }

    /// Keeps the other exit of a pair in step, and removes exits that have nothing left to reduce.
    mutating func settleExits(
        after fill: Fill, other: OrderID?, _ reports: inout [OrderReport]
    ) throws(Overflow) {
        if let index = standing(other) {
            let remaining = try (book.orders[index].remaining ?? 0) - fill.quantity
            book.orders[index].remaining = remaining
            if remaining <= 0 { end(index, because: "the other exit was filled", &reports) }
        }
        for index in book.orders.indices where book.orders[index].order.reduceOnly {
            let canReduce = book.orders[index].order.side == .sell ? book.held > 0 : book.held < 0
            if !canReduce { end(index, because: "no position is left to reduce", &reports) }
        }
    }

    /// Says so where the stop is taken although the target lay inside the same bar.
    func bothExitsNote(_ stop: Int) -> String? {
        guard book.orders[stop].order.kind.waitsForTouch, let index = standing(book.orders[stop].otherExit) else {
            return nil
        }
        guard book.orders[index].active < bar.end, BarMatch.of(book.orders[index], bar) != .none else { return nil }
        return "stop and target both lie inside this bar; the stop is taken first"
    }

    func standing(_ id: OrderID?) -> Int? {
        guard let id else { return nil }
        return book.orders.firstIndex { $0.order.id == id && !$0.isDone }
    }

    private func exits(
        of bracket: Bracket, for fill: Fill, _ quantity: Quantity, of entry: Order
    ) throws(Overflow) -> [Order] {
        var exits: [Order] = []
        if let stop = bracket.stopLoss {
            let price = try price(stop, of: fill, isStop: true)
            exits.append(exit(.stop(price), quantity, for: fill, of: entry, number: 1))
        }
        if let trail = bracket.trail {
            let fixed: Price? = if case .stop(let price) = exits.first?.kind { price } else { nil }
            let path = TrailingPath(
                side: fill.side.opposite, trail: trail, step: book.priceIncrement, stop: fixed)
            let kind = OrderKind.trailingStop(stop: path.following(fill.price, from: fixed), by: trail)
            exits = [exit(kind, quantity, for: fill, of: entry, number: 1)]
        }
        if let target = bracket.takeProfit {
            let price = try price(target, of: fill, isStop: false)
            exits.append(exit(.limit(price), quantity, for: fill, of: entry, number: 2))
        }
        return exits
    }

    /// A distance becomes a price on the grid: upwards for a long position and downwards for a short one, so that the
    /// stop loses no more and the target gains no less than asked; the stop stays at least a step from the fill.
    private func price(_ level: ExitLevel, of fill: Fill, isStop: Bool) throws(Overflow) -> Price {
        guard case .distance(let distance) = level else { return level.fixedPrice ?? fill.price }
        let step = book.priceIncrement
        let isLong = fill.side == .buy
        let exact = try fill.price.moved(by: isLong == isStop ? -distance : distance)
        let below = exact.roundedDown(toMultipleOf: step)
        var price = isLong && below < exact ? try below + step : below
        if isStop, isLong, price >= fill.price { price = try price - step }
        if isStop, !isLong, price <= fill.price { price = try price + step }
        return max(step, price)
    }

    /// Exits are named after their entry: its ordinal times a million, then two numbers for each fill.
    private func exit(
        _ kind: OrderKind, _ quantity: Quantity, for fill: Fill, of entry: Order, number: UInt32
    ) -> Order {
        let ordinal = entry.id.ordinal * 1_000_000 + fill.ordinal * 2 + number - 2
        return Order(
            id: OrderID(desk: entry.id.desk, step: entry.id.step, ordinal: ordinal), instrument: entry.instrument,
            side: entry.side.opposite, size: .units(quantity), kind: kind, reduceOnly: true, decided: fill.time)
    }
}

extension ExitLevel {
    var fixedPrice: Price? {
        if case .price(let price) = self { price } else { nil }
    }
}
