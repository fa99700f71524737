public import Determinism
public import RiskControl
public import TradingModel

/// An exchange inside the process: fills orders from bars by stated, conservative rules.
///
/// An order can trade in the first bar that ends after it has arrived: at that bar's open where it was sent before the
/// bar began, at its close where it was sent inside it; how it trades is said at `BarMatch`. Where a stop and a target
/// both lie inside one bar the worse is taken first and the fill says so. All orders of an instrument together take at
/// most the model's share of the bar's volume; what remains stands. Orders that may only reduce are cut to what is held
/// here, and go when nothing is held; with an account's cash known, a purchase is cut to what can be paid for. It is a
/// value: a copy is a checkpoint.
public struct SimulatedExchange: Broker, Hashable, Codable {
    /// What trading costs here.
    public let model: FillModel
    /// What the account can still pay with; nil where purchases are not bounded by cash.
    public internal(set) var cash: Money?
    var books: ContiguousArray<Book>
    /// The last trading day that started, where borrowing costs something.
    var day: CivilDate?
    /// What was charged and not taken yet.
    @usableFromInline var charges: [Charge] = []
    /// True where holding costs something.
    @usableFromInline let carries: Bool

    /// What stands and what is held of one instrument.
    struct Book: Sendable, Hashable, Codable {
        let lot: Quantity
        let priceIncrement: Price
        var held: Quantity = 0
        /// In order of arrival.
        var orders: [WorkingOrder] = []
        /// Nil where holding costs nothing.
        var holding: Holding?
    }

    /// An exchange that trades every instrument of a universe, for an account with `cash` or, by default, with credit.
    public init(_ universe: Universe, model: FillModel, cash: Money? = nil) {
        self.model = model
        self.cash = cash
        carries = model.carry != nil
        books = ContiguousArray(
            universe.instruments.map { one in
                let holding = model.carry.map { _ in Holding(isPerpetual: one.assetClass == .crypto) }
                return Book(lot: one.lot, priceIncrement: one.priceIncrement, holding: holding)
            })
    }

    /// How many orders stand.
    public var orderCount: Int { books.reduce(0) { $0 + $1.orders.count } }

    /// The orders that stand, in order of instrument and arrival.
    public var standing: [Order] { books.flatMap { $0.orders.map(\.order) } }

    /// What is held of an instrument according to the exchange.
    public func held(_ id: InstrumentID) -> Quantity { books[id.index].held }

    public mutating func submit(_ approved: ApprovedOrder, at time: Timestamp, reports: inout [OrderReport]) {
        let id = approved.order.id
        if let reason = flaw(of: approved.order) {
            reports.append(OrderReport(order: id, outcome: .rejected(reason: reason), time: time))
            return
        }
        let book = approved.order.instrument.index
        guard !books[book].orders.contains(where: { $0.order.id == id }) else { return }
        let (arrival, isLate) = time.nanoseconds.addingReportingOverflow(max(0, model.latency))
        let active = Timestamp(nanoseconds: isLate ? .max : arrival)
        books[book].orders.append(WorkingOrder(approved.order, sent: time, active: active))
        reports.append(OrderReport(order: id, outcome: .accepted, time: time))
    }

    public mutating func cancel(_ id: OrderID, at time: Timestamp, reports: inout [OrderReport]) {
        for book in books.indices {
            guard let index = books[book].orders.firstIndex(where: { $0.order.id == id }) else { continue }
            books[book].orders.remove(at: index)
            reports.append(OrderReport(order: id, outcome: .cancelled(reason: "as asked"), time: time))
            return
        }
    }

    @inlinable
    public mutating func observe(_ event: MarketEvent, reports: inout [OrderReport]) throws(Overflow) {
        switch event {
        case .bar(let id, let bar):
            if hasOrders(id) { try match(id, bar, &reports) }
            if carries { try carry(id, bar) }
        case .dayEnded(_, let time): expireDayOrders(at: time, &reports)
        case .dayStarted(let date, let time): if carries { try startDay(date, at: time) }
        case .quote, .trade: break
        }
    }

    @usableFromInline
    func hasOrders(_ id: InstrumentID) -> Bool {
        !books[id.index].orders.isEmpty
    }

    @usableFromInline
    mutating func match(_ id: InstrumentID, _ bar: Bar, _ reports: inout [OrderReport]) throws(Overflow) {
        var book = Book(lot: books[id.index].lot, priceIncrement: books[id.index].priceIncrement)
        swap(&book, &books[id.index])
        var session = MatchingSession(book: consume book, cash: cash, bar: bar, model: model)
        defer {
            swap(&books[id.index], &session.book)
            cash = session.cash
        }
        try session.run(&reports)
    }

    /// An order that had no chance to trade before the day ended stands for the next day.
    @usableFromInline
    mutating func expireDayOrders(at time: Timestamp, _ reports: inout [OrderReport]) {
        for book in books.indices where !books[book].orders.isEmpty {
            for working in books[book].orders where working.expires(at: time) {
                reports.append(OrderReport(order: working.order.id, outcome: .expired, time: time))
            }
            books[book].orders.removeAll { $0.expires(at: time) }
        }
    }

    private func flaw(of order: Order) -> String? {
        guard books.indices.contains(order.instrument.index) else { return "the instrument is not traded here" }
        return order.flaw(lot: books[order.instrument.index].lot)
    }
}

extension WorkingOrder {
    fileprivate func expires(at time: Timestamp) -> Bool {
        order.timeInForce == .day && active < time
    }
}
