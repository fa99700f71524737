import Determinism
import TradingModel

/// Matches one instrument's standing orders against one bar.
///
/// First everything that trades at the open, in order of arrival; then stops touched inside the bar; then limits
/// touched inside the bar. Exits that an entry places join the later rounds of the same bar.
struct MatchingSession {
    var book: SimulatedExchange.Book
    let bar: Bar
    let model: FillModel

    init(book: SimulatedExchange.Book, bar: Bar, model: FillModel) {
        self.book = book
        self.bar = bar
        self.model = model
    }

    private enum Round: CaseIterable {
        case atOpen, stops, limits
    }

    mutating func run(_ reports: inout [OrderReport]) throws(Overflow) {
        for round in Round.allCases {
            var index = 0
            while index < book.orders.count {
                let id = book.orders[index].order.id
                try attempt(index, in: round, &reports)
                // An order that is done has left its place to the next one.
                if index < book.orders.count, book.orders[index].order.id == id { index += 1 }
            }
        }
        endImmediateOrders(&reports)
    }

    private mutating func attempt(
        _ index: Int, in round: Round, _ reports: inout [OrderReport]
    ) throws(Overflow) {
        let working = book.orders[index]
        guard working.active < bar.end else { return }
        switch (match(working), round) {
        case (.takes(let price, atOpen: true), .atOpen), (.takes(let price, atOpen: _), .stops):
            let traded = try model.taken(working.order.side, at: price)
            try trade(index, at: traded, inside: round != .atOpen, &reports)
        case (.rests(let price, atOpen: true), .atOpen), (.rests(let price, atOpen: _), .limits):
            try trade(index, at: price, inside: round != .atOpen, &reports)
        case (.triggersOnly, .atOpen) where !working.isTriggered:
            book.orders[index].isTriggered = true
            report(working.order.id, .triggered, &reports)
        default: break
        }
    }

    /// Exits placed inside this bar know only what came after them for sure: the close, and the worse extreme.
    private func match(_ working: WorkingOrder) -> BarMatch {
        guard working.placedInside == bar.end else { return BarMatch.of(working, bar) }
        let isLong = working.order.side == .sell
        switch working.order.kind {
        case .stop(let stop):
            let openedBeyond = isLong ? bar.open <= stop : bar.open >= stop
            let worst = openedBeyond ? bar.close : (isLong ? bar.low : bar.high)
            return (isLong ? worst <= stop : worst >= stop) ? .takes(stop, atOpen: false) : .none
        case .limit(let target):
            return (isLong ? bar.close >= target : bar.close <= target) ? .rests(target, atOpen: false) : .none
        case .market, .stopLimit: return .none
        }
    }

    private mutating func trade(
        _ index: Int, at price: Price, inside: Bool, _ reports: inout [OrderReport]
    ) throws(Overflow) {
        let working = book.orders[index]
        let wanted = try units(working, at: price)
        let quantity = obtainable(wanted, working)
        guard quantity > 0 else {
            if wanted <= 0 { remove(working.order.id, because: "nothing to trade: less than one lot", &reports) }
            return
        }
        let note = bothExitsNote(working)
        let fill = try book(quantity, of: wanted, index, at: price, inside: inside)
        report(working.order.id, .filled(fill, note: note), &reports)
        if fill.leaves.raw == 0 { book.orders.removeAll { $0.order.id == working.order.id } }
        try settleExits(after: fill, of: working, &reports)
        if let bracket = working.order.bracket { try place(bracket, for: fill, of: working, inside, &reports) }
    }

    /// Units the order still wants at a price: all that remains, cut to the position where it may only reduce.
    private func units(_ working: WorkingOrder, at price: Price) throws(Overflow) -> Quantity {
        if let remaining = working.remaining {
            guard working.order.reduceOnly else { return remaining }
            let reducible = working.order.side == .sell ? book.held : try -book.held
            return max(0, min(remaining, reducible))
        }
        guard case .notional(let amount) = working.order.size else { return 0 }
        let unit = try Money(raw: price.raw) + Money(raw: price.raw).fraction(model.fee)
        return try amount.quantity(at: Price(raw: unit.raw)).roundedDown(toMultipleOf: book.lot)
    }

    /// What the bar's volume gives of that; nothing where all or nothing was asked and not all can be had.
    private func obtainable(_ wanted: Quantity, _ working: WorkingOrder) -> Quantity {
        guard let available = model.available(in: bar.volume, lot: book.lot), available < wanted else { return wanted }
        return working.order.timeInForce == .fillOrKill ? 0 : available
    }

    private mutating func book(
        _ quantity: Quantity, of wanted: Quantity, _ index: Int, at price: Price, inside: Bool
    ) throws(Overflow) -> Fill {
        let order = book.orders[index].order
        let leaves = try wanted - quantity
        let fee = try (price * quantity).fraction(model.fee)
        book.held = order.side == .buy ? try book.held + quantity : try book.held - quantity
        book.orders[index].remaining = leaves
        book.orders[index].fills += 1
        let time = inside ? bar.end : max(bar.start, min(book.orders[index].active, bar.end))
        return Fill(
            order: order.id, ordinal: book.orders[index].fills, instrument: order.instrument, side: order.side,
            quantity: quantity, price: price, fee: fee, time: time, leaves: leaves)
    }

    /// What an immediate order did not get in its first bar is cancelled.
    private mutating func endImmediateOrders(_ reports: inout [OrderReport]) {
        for working in book.orders where working.active < bar.end {
            switch working.order.timeInForce {
            case .immediateOrCancel: remove(working.order.id, because: "not all could be had at once", &reports)
            case .fillOrKill: remove(working.order.id, because: "it could not be filled as a whole", &reports)
            case .day, .goodTilCancelled: break
            }
        }
    }

    mutating func remove(_ id: OrderID, because reason: String, _ reports: inout [OrderReport]) {
        book.orders.removeAll { $0.order.id == id }
        report(id, .cancelled(reason: reason), &reports)
    }

    func report(_ id: OrderID, _ outcome: OrderReport.Outcome, _ reports: inout [OrderReport]) {
        reports.append(OrderReport(order: id, outcome: outcome, time: bar.end))
    }
}
