import TradingDesk
import TradingModel
import WorkflowModel

/// What is drawn on an instrument's chart.
enum MarksAnswer {
    static let schema = ValueSchema.named(
        "Marks",
        .object([
            .init("symbol", .text), .init("simulated", .boolean), .init("signals", .list(signalSchema)),
            .init("orders", .list(orderSchema)), .init("fills", .list(fillSchema)),
            .init("position", positionSchema.orNull),
            .init("from", .time.orNull, "What happened before is not among them; null for nothing left out"),
        ]))

    private static let signalSchema = ValueSchema.object([
        .init("time", .time), .init("action", .text), .init("confidence", .number), .init("sequence", .integer),
    ])

    private static let orderSchema = ValueSchema.object([
        .init("time", .time), .init("id", .text), .init("side", .text), .init("type", .text),
        .init("quantity", .text.orNull), .init("price", .text.orNull), .init("state", .choice(OrderAnswer.states)),
    ])

    private static let fillSchema = ValueSchema.object([
        .init("time", .time), .init("id", .text), .init("order", .text), .init("side", .text),
        .init("quantity", .text), .init("price", .text),
    ])

    private static let positionSchema = ValueSchema.object([
        .init("quantity", .number), .init("average_price", .number.orNull), .init("stop", .number.orNull),
        .init("target", .number.orNull),
    ])

    /// Records looked at, so that a long run costs no more than a short one; results of nodes are large.
    private static let most = (orders: 3000, nodes: 1000)

    /// How results that hold signals begin.
    private static let conclusion = #"{"node":"signal_generation","#

    static func value(_ symbol: Symbol, _ picture: DeskPicture, _ records: DeskRecords) throws -> Value {
        var found = Found(symbol: symbol.name)
        let ends = [
            try records.archive.walk(["decision", "report"], from: nil, most: most.orders) { found.take($0) },
            try records.archive.walk(["node"], from: nil, most: most.nodes, beginning: conclusion) { found.take($0) },
        ]
        let first = try ends.compactMap(\.self).max().flatMap { try records.archive.record($0)?.time }
        return [
            "symbol": .text(symbol.name), "simulated": .boolean(picture.plan.isSimulated),
            "signals": .list(found.signals.reversed()), "orders": .list(found.orders.reversed()),
            "fills": .list(found.fills.reversed()),
            "position": picture.positions.first { $0.symbol == symbol }.map(position) ?? .null,
            "from": Value(first),
        ]
    }

    private static func position(_ holding: DeskPicture.Holding) -> Value {
        [
            "quantity": Value(holding.quantity), "average_price": Value(holding.averagePrice),
            "stop": Value(holding.stop), "target": Value(holding.target),
        ]
    }

    /// What records say of one instrument, newest first, for the record is read backwards.
    private struct Found {
        let symbol: String
        var signals: [Value] = []
        var orders: [Value] = []
        var fills: [Value] = []
        /// How orders ended: their last reports come first.
        private var states: [String: String] = [:]

        init(symbol: String) {
            self.symbol = symbol
        }

        /// Takes what a record says, and asks for the next one.
        mutating func take(_ record: ArchivedRecord) -> Bool {
            switch record.kind {
            case "node": takeSignals(record)
            case "report": takeReport(record)
            default:
                for verdict in (record.body["verdicts"]?.list ?? []).reversed() {
                    if let order = verdict["order"] { take(order: order, record) }
                }
            }
            return true
        }

        private mutating func takeSignals(_ record: ArchivedRecord) {
            guard record.body["node"]?.text == "signal_generation" else { return }
            for decision in record.body["output"]?["decisions"]?.list ?? [] {
                guard let signal = decision["signal"], signal["instrument"]?.text == symbol,
                    let action = signal["action"]?.text, action != "HOLD"
                else { continue }
                signals.append([
                    "time": Value(record.time), "action": .text(action), "confidence": signal.field("confidence"),
                    "sequence": Value(record.sequence),
                ])
            }
        }

        private mutating func takeReport(_ record: ArchivedRecord) {
            let body = record.body
            if let id = body["order"]?.text, states[id] == nil { states[id] = MarksAnswer.state(body) }
            if let exit = body["exit"] { take(order: exit, record) }
            guard let fill = body["fill"], fill["symbol"]?.text == symbol else { return }
            let id = "\(fill["order"]?.text ?? "")/\(fill["ordinal"]?.integer ?? 0)"
            fills.append([
                "time": fill.field("time"), "id": .text(id), "order": fill.field("order"), "side": fill.field("side"),
                "quantity": fill.field("quantity"), "price": fill.field("price"),
            ])
        }

        private mutating func take(order: Value, _ record: ArchivedRecord) {
            guard order["symbol"]?.text == symbol, let id = order["id"]?.text else { return }
            orders.append([
                "time": Value(record.time), "id": .text(id), "side": order.field("side"), "type": order.field("type"),
                "quantity": order.field("quantity"), "price": order["limit"] ?? order["stop"] ?? .null,
                "state": .text(states[id] ?? "open"),
            ])
        }
    }

    /// What a last report leaves an order in; nil for a report that is about another one.
    private static func state(_ body: Value) -> String? {
        switch body["outcome"]?.text {
        case "filled": body["fill"]?["leaves"]?.text == "0" ? "filled" : "open"
        case "exit_placed": nil
        case "accepted", "triggered": "open"
        case let other: other
        }
    }
}
