import TradingDesk
import TradingModel
import WorkflowModel

/// Orders, newest first: where each stands follows from the record.
struct OrderList: Sendable {
    let records: DeskRecords
    /// `open`, `done` or `all`.
    let state: String
    let symbol: String?

    func page(_ request: PageRequest, _ services: DeskServices) throws -> Value {
        state == "open" ? try open(request, services) : try recorded(request)
    }

    /// The orders that stand, which the desk knows by itself.
    private func open(_ request: PageRequest, _ services: DeskServices) throws -> Value {
        let lines = try services.desk.picture()?.openOrders ?? []
        let wanted = lines.filter { symbol == nil || $0.symbol.name == symbol }
        let items = try wanted.reversed().compactMap { line in
            try RecordedOrder(line.order.id.description, in: records.archive).map { OrderAnswer.value($0, records.run) }
        }
        return try request.slice(of: items, by: ["id"])
    }

    /// Orders as the record brings them up, page by page.
    private func recorded(_ request: PageRequest) throws -> Value {
        let start = try request.numbers(2)
        var items: [Value] = []
        var position: [Value]?
        let end = try records.archive.walk(["decision", "report"], from: start?[0]) { record in
            let names = RecordedOrder.orders(madeBy: record)
            for (place, name) in names.enumerated().reversed() {
                if let start, record.sequence == start[0], place >= start[1] { continue }
                guard let order = try RecordedOrder(name, in: records.archive), fits(order) else { continue }
                items.append(OrderAnswer.value(order, records.run))
                position = [Value(record.sequence), Value(place)]
                if items.count == request.limit { return false }
            }
            position = [Value(record.sequence), 0]
            return true
        }
        return try request.page(items, endingAt: end == nil ? nil : position)
    }

    private func fits(_ order: RecordedOrder) -> Bool {
        (symbol == nil || order.order["symbol"]?.text == symbol)
            && (state == "all" || order.state != .open && order.state != .unknown)
    }

    /// Everything there is to say of one order.
    static func full(_ order: RecordedOrder, _ records: DeskRecords) throws -> Value {
        let stations = try DecisionTrail(ofOrder: order.id, in: records.archive)?.stations ?? []
        let fault = try records.archive.fault(in: stations.map(\.record.sequence))
        return OrderAnswer.value(order, records.run).adding([
            "reports": OrderAnswer.reports(order),
            "fills": .list(order.fills.map { FillAnswer.value($0.fill, $0.record, records.run) }),
            "stations": .list(stations.map { StationAnswer.value($0, records) }),
            "verified": .boolean(fault == nil),
        ])
    }
}

/// Fills, newest first.
struct FillList: Sendable {
    let records: DeskRecords
    let symbol: String?

    func page(_ request: PageRequest) throws -> Value {
        let start = try request.numbers(1)?.first
        var items: [Value] = []
        let end = try records.archive.walk(["report"], from: start) { record in
            guard let fill = record.body["fill"], symbol == nil || fill["symbol"]?.text == symbol else { return true }
            items.append(FillAnswer.value(fill, record, records.run))
            return items.count < request.limit
        }
        return try request.page(items, endingAt: end.map { [Value($0 - 1)] })
    }
}
