import Determinism
import TradingModel

/// Matches one instrument's standing orders against one bar.
///
/// First everything that trades at the open, in order of arrival; then stops touched inside the bar and orders that
/// arrived inside it; then limits touched inside the bar; then the exits that those placed, by the same rounds. Orders
/// that are done keep their place until all rounds are over.
struct MatchingSession {
    var book: SimulatedExchange.Book
    /// What the account can still pay with; nil for no bound.
    var cash: Money?
    let bar: Bar
    let model: FillModel
    /// What the bar's volume still gives; nil for no bound.
    private var volumeLeft: Quantity?

    init(book: consuming SimulatedExchange.Book, cash: Money?, bar: Bar, model: FillModel) {
        volumeLeft = model.available(in: bar.volume, lot: book.lot)
        self.book = book
        self.cash = cash
        self.bar = bar
        self.model = model
    }

    private enum Round {
        case atOpen, inside, limits, touches
    }

    mutating func run(_ reports: inout [OrderReport]) throws(Overflow) {
        try attemptAll(in: .atOpen, &reports)
        if !isOver { try runInside(&reports) }
        endImmediateOrders(&reports)
        if !isOver { moveTrailingStops() }
        removeDone()
    }

    private mutating func runInside(_ reports: inout [OrderReport]) throws(Overflow) {
        try attemptAll(in: .inside, &reports)
        let count = book.orders.count
        try attemptAll(in: .limits, &reports)
        if book.orders.count > count {
            try attemptAll(in: .inside, &reports)
            try attemptAll(in: .limits, &reports)
        }
        try attemptAll(in: .touches, &reports)
    }

    private var isOver: Bool { book.orders.allSatisfy { $0.isDone } }

    private mutating func removeDone() {
        if isOver {
            while !book.orders.isEmpty { book.orders.removeLast() }
        } else {
            book.orders.removeAll { $0.isDone }
        }
    }

    /// Exits placed on the way are appended, and attempted in the same round.
    private mutating func attemptAll(in round: Round, _ reports: inout [OrderReport]) throws(Overflow) {
        var index = 0
        while index < book.orders.count {
            if canTrade(index) { try attempt(index, in: round, &reports) }
            index += 1
        }
    }

    func canTrade(_ index: Int) -> Bool {
        !book.orders[index].isDone && book.orders[index].active < bar.end
    }

    private mutating func attempt(_ index: Int, in round: Round, _ reports: inout [OrderReport]) throws(Overflow) {
        let match = BarMatch.of(book.orders[index], bar, path: book.orders[index].trails ? path(of: index) : nil)
        switch (match, round) {
        case (.takes(let price, let limit, atOpen: true), .atOpen), (.takes(let price, let limit, atOpen: _), .inside):
            let traded = try model.taken(book.orders[index].order.side, at: price, limit: limit)
            try trade(index, at: traded, inside: round != .atOpen, &reports)
        case (.rests(let price), .limits): try trade(index, at: price, inside: true, &reports)
        case (.triggersOnly, .touches): trigger(index, &reports)
        default: break
        }
    }

    private mutating func trade(
        _ index: Int, at price: Price, inside: Bool, _ reports: inout [OrderReport]
    ) throws(Overflow) {
        let wanted = try units(index, at: price)
        guard wanted > 0 else { return end(index, because: "nothing to reduce, or less than one lot", &reports) }
        let quantity = obtainable(wanted, index)
        let note = inside ? note(index) : nil
        if quantity < wanted { trigger(index, &reports) }
        guard quantity > 0 else { return }
        let fill = try book(quantity, of: index, wanted: wanted, at: price, inside: inside)
        report(fill.order, .filled(fill, note: note), &reports)
        book.orders[index].isDone = fill.leaves.raw == 0
        try settleExits(after: fill, other: book.orders[index].otherExit, &reports)
        try place(index, for: fill, inside, &reports)
        if quantity == wanted { end(index, because: "the rest can neither be paid for nor reduce anything", &reports) }
    }

    /// Units the order still wants at a price: what remains, cut to what it can pay for and, where it may only reduce,
    /// to what is held.
    private func units(_ index: Int, at price: Price) throws(Overflow) -> Quantity {
        var wanted = book.orders[index].remaining ?? Quantity(raw: .max)
        if let budget = book.orders[index].budget {
            wanted = min(wanted, try model.affordable(budget, at: price, lot: book.lot))
        }
        let side = book.orders[index].order.side
        let closing = side == .sell ? book.held : try -book.held
        if book.orders[index].order.reduceOnly { return max(0, min(wanted, closing)) }
        guard let cash, side == .buy, wanted > closing else { return wanted }
        if try model.cost(of: wanted, at: price) <= cash { return wanted }
        let free = max(0, closing)
        let left = try cash - model.cost(of: free, at: price)
        return try min(wanted, free + model.affordable(left, at: price, lot: book.lot))
    }

    /// What the bar's volume gives of that; nothing where all or nothing was asked and not all can be had.
    private func obtainable(_ wanted: Quantity, _ index: Int) -> Quantity {
        guard let volumeLeft, volumeLeft < wanted else { return wanted }
        return book.orders[index].order.timeInForce == .fillOrKill ? 0 : volumeLeft
    }

    private mutating func book(
        _ quantity: Quantity, of index: Int, wanted: Quantity, at price: Price, inside: Bool
    ) throws(Overflow) -> Fill {
        let (id, instrument) = (book.orders[index].order.id, book.orders[index].order.instrument)
        let side = book.orders[index].order.side
        let value = try price * quantity
        let fee = try value.fraction(model.fee)
        let leaves = try (book.orders[index].remaining ?? wanted) - quantity
        try pay(side == .buy ? value + fee : fee - value, for: index)
        book.held = side == .buy ? try book.held + quantity : try book.held - quantity
        if let left = volumeLeft { volumeLeft = try left - quantity }
        book.orders[index].remaining = leaves
        book.orders[index].fills += 1
        let time = inside ? bar.end : max(bar.start, book.orders[index].active)
        return Fill(
            order: id, ordinal: book.orders[index].fills, instrument: instrument, side: side, quantity: quantity,
            price: price, fee: fee, time: time, leaves: leaves)
    }

    private mutating func pay(_ cost: Money, for index: Int) throws(Overflow) {
        if let budget = book.orders[index].budget { book.orders[index].budget = try budget - cost }
        if let balance = cash { cash = try balance - cost }
    }

    /// What an immediate order did not get in its first bar is cancelled.
    private mutating func endImmediateOrders(_ reports: inout [OrderReport]) {
        for index in book.orders.indices where book.orders[index].isImmediate && canTrade(index) {
            let isWhole = book.orders[index].order.timeInForce == .fillOrKill
            end(
                index, because: isWhole ? "it could not be filled as a whole" : "not all could be had at once", &reports
            )
        }
    }

    /// A stop that was touched, and not filled in full, stands as a market or limit order from now on.
    private mutating func trigger(_ index: Int, _ reports: inout [OrderReport]) {
        guard book.orders[index].isUntouchedStop else { return }
        book.orders[index].isTriggered = true
        report(book.orders[index].order.id, .triggered, &reports)
    }

    /// Cancels an order unless it is done.
    mutating func end(_ index: Int, because reason: String, _ reports: inout [OrderReport]) {
        guard !book.orders[index].isDone else { return }
        book.orders[index].isDone = true
        report(book.orders[index].order.id, .cancelled(reason: reason), &reports)
    }

    func report(_ id: OrderID, _ outcome: OrderReport.Outcome, _ reports: inout [OrderReport]) {
        reports.append(OrderReport(order: id, outcome: outcome, time: bar.end))
    }
}
