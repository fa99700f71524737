import Accounting
import Analysis
import Determinism
import RiskControl
import TradingModel
import WorkflowEngine
import WorkflowModel

/// A trade as one step writes it and another reads it.
struct Trade {
    let intent: Intent
    let quantity: Quantity

    static let shape = ValueShape.object([
        "symbol": .text, "side": .text(["buy", "sell"]), "quantity": .number, "reduce_only": .boolean,
        "stop": .number, "target": .number, "price": .number, "reason": .text,
    ])

    /// A planned trade, `factor` times its size; an exit keeps its size. Nil where nothing is left of it.
    init?(_ planned: PlannedTrade, factor: Double, lot: Quantity) {
        var (intent, quantity) = (planned.intent, planned.quantity)
        if !intent.reduceOnly, factor != 1 {
            guard let cut = Quantity(nearest: quantity.double * factor) else { return nil }
            quantity = min(quantity, cut).roundedDown(toMultipleOf: lot)
            intent.size = .units(quantity)
        }
        guard quantity > 0 else { return nil }
        self.intent = intent
        self.quantity = quantity
    }

    /// Reads what `value` writes; throws where it is no trade of this desk.
    init(_ value: Value, _ call: StepCall) throws {
        guard let name = value["symbol"]?.text, let side = value["side"]?.text?.lowercased().side,
            let units = value["quantity"]?.number, let quantity = Quantity(nearest: units), quantity > 0
        else {
            throw TaskFailure(
                code: "invalid_trade", "a trade needs a symbol, a side (buy, sell) and a quantity above zero",
                mayRetry: false)
        }
        let stop = value["stop"]?.number.flatMap(Price.init(nearest:))
        let target = value["target"]?.number.flatMap(Price.init(nearest:))
        let bracket = Bracket(stopLoss: stop.map { .price($0) }, takeProfit: target.map { .price($0) })
        self.quantity = quantity
        intent = Intent(
            instrument: try call.instrument(name), side: side, size: .units(quantity),
            reduceOnly: value["reduce_only"]?.boolean ?? false,
            bracket: stop == nil && target == nil ? nil : bracket,
            origin: value["reason"]?.text ?? "step \(call.order.key.task) of \(call.run)")
    }

    /// The trade as text and numbers.
    func value(price: Double?, _ call: StepCall) -> Value {
        [
            "symbol": call.symbol(intent.instrument), "side": .text(intent.side.rawValue),
            "quantity": Value(quantity.double), "reduce_only": .boolean(intent.reduceOnly),
            "stop": Value(Trade.level(intent.bracket?.stopLoss)),
            "target": Value(Trade.level(intent.bracket?.takeProfit)), "price": Value(price),
            "reason": .text(intent.origin),
        ]
    }

    private static func level(_ level: ExitLevel?) -> Double? {
        guard case .price(let price)? = level else { return nil }
        return price.double
    }
}

extension String {
    fileprivate var side: Side? { Side(rawValue: self) }
}

extension StepCall {
    /// Hands intents to the risk gate; in a test the gate only says what it would do, and nothing leaves.
    mutating func submit(_ intents: [Intent], cancelling: [OrderID] = []) throws -> [SubmittedOrder] {
        guard !isTest else { return intents.isEmpty ? [] : try trial(intents) }
        // After a crash the desk may have done what the step's output does not tell yet.
        let earlier = try desk.submitted(under: order.idempotencyKey)
        guard earlier != nil || !intents.isEmpty || !cancelling.isEmpty else { return [] }
        let sent = try earlier ?? desk.submit(intents, cancelling: cancelling, key: order.idempotencyKey)
        for one in sent {
            guard let name = one.order else { continue }
            desk.ledger.orders[name.description] = OrderProgress(
                run: run, symbol: one.symbol, side: one.side, filled: 0)
        }
        return sent
    }

    private func trial(_ intents: [Intent]) throws -> [SubmittedOrder] {
        var gate = scene.risk
        let verdicts = try gate.judge(intents, portfolio: scene.portfolio, at: scene.time, step: 0, desk: 0)
        return verdicts.map { SubmittedOrder($0, scene.universe, isTest: true) }
    }

    /// What a step puts out for the orders it wanted.
    func ordering(_ orders: [SubmittedOrder]) -> Value {
        let sent = orders.count { $0.status != .refused }
        let status = orders.isEmpty ? "none" : sent == 0 ? "refused" : isTest ? "test" : "sent"
        return [
            "orders": .list(orders.map(\.value)), "sent": Value(isTest ? 0 : sent),
            "refused": Value(orders.count - sent), "status": .text(status),
            "order_id": Value(orders.compactMap(\.order).first?.description),
        ]
    }
}

extension SubmittedOrder {
    /// What the gate said of an intent.
    init(_ verdict: Verdict, _ universe: Universe, isTest: Bool) {
        switch verdict {
        case .approved(let approved, let adjusted):
            let order = approved.order
            let quantity: Quantity? = if case .units(let units) = order.size { units } else { nil }
            self.init(
                symbol: universe.symbol(order.instrument), side: order.side, quantity: quantity,
                status: isTest ? .test : .sent, order: isTest ? nil : order.id,
                reason: adjusted.isEmpty ? nil : adjusted.map(\.text).joined(separator: "; "))
        case .refused(let refusal):
            self.init(
                symbol: universe.symbol(refusal.intent.instrument), side: refusal.intent.side, quantity: nil,
                status: .refused, order: nil, reason: refusal.text)
        }
    }

    /// The order as a step puts it out.
    var value: Value {
        [
            "symbol": .text(symbol.name), "side": .text(side.rawValue), "quantity": Value(quantity?.double),
            "status": .text(status.rawValue), "order_id": Value(order?.description), "reason": Value(reason),
        ]
    }
}
