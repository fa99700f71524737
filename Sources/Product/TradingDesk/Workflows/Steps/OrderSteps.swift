import Accounting
import Analysis
import Determinism
import RiskControl
import TradingModel
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// Steps that want orders; all go through the risk gate.
enum OrderSteps {
    static let all = [
        execution, execution.named("trade", "Trades what the steps before found, else what the analysis finds now"),
        orders, rebalance, hedge, tracking, expiration,
    ]

    static let execution = Step(
        "trade_execution", "Trades the signals of the steps before it, no trade risking more than a share of equity",
        params: ["symbols": .symbols, "risk_limit": .number, "risk_adjustment": .number, "threshold": .number],
        outputs: ValueShape.ordering, hasEffect: true
    ) { call in
        let limit = try call.number("risk_limit", 0...1, default: 0.02)
        let factor = try call.number("risk_adjustment", 0...1, default: 1)
        let equity = try call.scene.portfolio.equity.double
        let plan = try SignalSteps.plan(try wanted(&call), call.scene)
        let trades = plan.trades.compactMap { planned -> Intent? in
            let id = planned.intent.instrument
            let share = limited(planned, to: limit * equity, call.scene) * factor
            return Trade(planned, factor: share, lot: call.scene.universe[id].lot)?.intent
        }
        return call.ordering(try call.submit(trades))
    }

    /// The signals that were found before, sure enough as they are; where there are none, those of now.
    private static func wanted(_ call: inout StepCall) throws -> SignalSet {
        let threshold = try call.number("threshold", 0...1, default: 0.7)
        guard let found = call.found("signals")?.list else {
            return call.signals(try call.instruments(), threshold: threshold)
        }
        let names = Set(found.filter { $0["action"]?.text != "HOLD" }.compactMap { $0["symbol"]?.text })
        let ids = try call.instruments().filter { names.contains(call.scene.universe.symbol($0).name) }
        let sure = found.compactMap { $0["confidence"]?.number }.min() ?? threshold
        return call.signals(ids, threshold: min(threshold, sure))
    }

    /// The share of a planned trade whose loss at its stop stays within an amount.
    private static func limited(_ planned: PlannedTrade, to amount: Double, _ scene: DeskScene) -> Double {
        guard !planned.intent.reduceOnly else { return 1 }
        var distance = scene.risk.limits.stopLoss.map { $0 * planned.price }
        if case .price(let stop)? = planned.intent.bracket?.stopLoss { distance = abs(planned.price - stop.double) }
        guard let distance, distance > 0 else { return 1 }
        return min(1, amount / (distance * planned.quantity.double))
    }

    static let orders = Step(
        "execute_orders", "Sends the trades of the steps before it through the risk gate",
        params: ["trades": .optional(.list(of: Trade.shape))], outputs: ValueShape.ordering, hasEffect: true
    ) { call in
        let wanted = (call.param("trades") ?? call.found("valid") ?? call.found("trades"))?.list ?? []
        let busy = call.scene.busy
        let trades = try wanted.map { try Trade($0, call).intent }.filter { !busy.contains($0.instrument) }
        return call.ordering(try call.submit(trades))
    }

    static let rebalance = Step(
        "rebalance", "Sells the part of a position that is over the largest share of equity",
        params: ["max_share": .number, "band": .number], outputs: ValueShape.ordering, hasEffect: true
    ) { call in
        let largest = try call.number("max_share", 0...1, default: call.scene.pipeline.maximumWeight)
        let band = try call.number("band", 0...1, default: 0.02)
        let portfolio = call.scene.portfolio
        let equity = try portfolio.equity.double
        let busy = call.scene.busy
        let intents = portfolio.held.compactMap { id -> Intent? in
            let share = equity > 0 ? abs(portfolio[id].marketValue.double) / equity : 0
            guard !busy.contains(id), share > largest + band else { return nil }
            return reduction(of: id, by: 1 - largest / share, call, "rebalance to \(largest) of equity")
        }
        return call.ordering(try call.submit(intents))
    }

    static let hedge = Step(
        "immediate_hedge", "Closes a share of every position, or of the symbols named",
        params: ["symbols": .symbols, "share": .number], outputs: ValueShape.ordering, hasEffect: true
    ) { call in
        let share = try call.number("share", 0...1, default: 0.5)
        let wanted = Set(try call.instruments())
        let intents = call.scene.portfolio.held.filter(wanted.contains).compactMap {
            reduction(of: $0, by: share, call, "hedge \(share) of the position")
        }
        return call.ordering(try call.submit(intents))
    }

    /// A market order that closes a share of a position, in whole lots; nil where that is nothing.
    private static func reduction(of id: InstrumentID, by share: Double, _ call: StepCall, _ why: String) -> Intent? {
        let held = call.scene.portfolio[id].quantity
        let wanted = Quantity(nearest: held.magnitude.double * share) ?? 0
        let units = min(held.magnitude, wanted).roundedDown(toMultipleOf: call.scene.universe[id].lot)
        guard units > 0 else { return nil }
        return Intent(
            instrument: id, side: held > 0 ? .sell : .buy, size: .units(units), reduceOnly: true, origin: why)
    }

    static let tracking = Step(
        "order_tracking", "Says which orders stand and how far those are that the run sent",
        outputs: [
            "in_flight": .integer,
            "orders": .list(of: .object(["order_id": .text, "symbol": .text, "side": .text, "filled": .number])),
        ]
    ) { call in
        let own = call.desk.ledger.orders.filter { $0.value.run == call.run }.sorted { $0.key < $1.key }
        let rows = own.map { name, progress -> Value in
            [
                "order_id": .text(name), "symbol": .text(progress.symbol.name),
                "side": .text(progress.side.rawValue), "filled": Value(progress.filled.double),
            ]
        }
        return ["in_flight": Value(call.scene.risk.ordersInFlight.count), "orders": .list(rows)]
    }

    static let expiration = Step(
        "roll_or_close", "Looks for contracts that expire; the desk trades shares and pairs, so there are none",
        params: ["action": .optional(.text(["roll", "close", "roll_or_close"]))],
        outputs: ["expiring": .integer, "note": .text]
    ) { _ in
        ["expiring": 0, "note": "the desk holds no contracts that expire"]
    }
}
