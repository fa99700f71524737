public import Determinism
public import RiskControl
public import TradingModel

/// An exchange inside the process: fills orders from bars by stated, conservative rules.
///
/// An order can trade in the first bar that ends after it has arrived, and then at that bar's open; how it trades
/// inside a bar is said at `BarMatch`. Where a stop and a target both lie inside one bar the worse is taken first and
/// the fill says so. A fill takes at most the model's share of the bar's volume; what remains stands. Orders that may
/// only reduce are cut to what is held here, and go when nothing is held. It is a value: a copy is a checkpoint.
public struct SimulatedExchange: Broker, Hashable, Codable {
    /// What trading costs here.
    public let model: FillModel
    var books: ContiguousArray<Book>

    /// What stands and what is held of one instrument.
    struct Book: Sendable, Hashable, Codable {
        let lot: Quantity
        let priceIncrement: Price
        var held: Quantity = 0
        /// In order of arrival.
        var orders: [WorkingOrder] = []
    }

    /// An exchange that trades every instrument of a universe.
    public init(_ universe: Universe, model: FillModel) {
        self.model = model
        books = ContiguousArray(
            universe.instruments.map { Book(lot: $0.lot, priceIncrement: $0.priceIncrement) })
    }

    /// How many orders stand.
    public var orderCount: Int { books.reduce(0) { $0 + $1.orders.count } }

    /// What is held of an instrument according to the exchange.
    public func held(_ id: InstrumentID) -> Quantity { books[id.index].held }

    public mutating func submit(_ approved: ApprovedOrder, at time: Timestamp, reports: inout [OrderReport]) {
        let order = approved.order
        if let reason = flaw(of: order) {
            reports.append(OrderReport(order: order.id, outcome: .rejected(reason: reason), time: time))
            return
        }
        let active = Timestamp(nanoseconds: time.nanoseconds + model.latency)
        books[order.instrument.index].orders.append(WorkingOrder(order, active: active))
        reports.append(OrderReport(order: order.id, outcome: .accepted, time: time))
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
        case .bar(let id, let bar): if hasOrders(id) { try match(id, bar, &reports) }
        case .dayEnded(_, let time): expireDayOrders(at: time, &reports)
        case .quote, .trade, .dayStarted: break
        }
    }

    @usableFromInline
    func hasOrders(_ id: InstrumentID) -> Bool {
        !books[id.index].orders.isEmpty
    }

    @usableFromInline
    mutating func match(_ id: InstrumentID, _ bar: Bar, _ reports: inout [OrderReport]) throws(Overflow) {
        var session = MatchingSession(book: books[id.index], bar: bar, model: model)
        books[id.index].orders = []
        defer { books[id.index] = session.book }
        try session.run(&reports)
    }

    @usableFromInline
    mutating func expireDayOrders(at time: Timestamp, _ reports: inout [OrderReport]) {
        for book in books.indices {
            for working in books[book].orders where working.order.timeInForce == .day {
                reports.append(OrderReport(order: working.order.id, outcome: .expired, time: time))
            }
            books[book].orders.removeAll { $0.order.timeInForce == .day }
        }
    }

    private func flaw(of order: Order) -> String? {
        let lot = books[order.instrument.index].lot
        switch order.size {
        case .units(let quantity):
            if quantity <= 0 { return "the quantity \(quantity) is not above zero" }
            if quantity.roundedDown(toMultipleOf: lot) != quantity {
                return "the quantity \(quantity) is no multiple of the lot \(lot)"
            }
        case .notional(let amount):
            if amount <= 0 || order.side == .sell { return "an order sized by money must buy for more than zero" }
        }
        return nil
    }
}
