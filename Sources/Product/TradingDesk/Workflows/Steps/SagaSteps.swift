import Accounting
import Analysis
import Determinism
import RiskControl
import TradingModel
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// Steps of an order in parts, each with the step that undoes it.
enum SagaSteps {
    static let all = [reserve, release, place, cancel, update, revert]

    static let reserve = Step(
        "reserve_funds", "Sets cash aside for the run; fails where there is not enough",
        params: ["amount": .number], outputs: ["reserved": .number, "available": .number], hasEffect: true
    ) { call in
        let free = try call.scene.portfolio.cash - call.scene.risk.reserved - call.desk.ledger.held
        let usual = max(0, free.double) * 0.01
        let wanted = try call.number("amount", 0...1e10, default: usual)
        guard let amount = Money(nearest: wanted), amount <= free else {
            throw TaskFailure(
                code: "insufficient_funds", "\(wanted) is wanted and \(free) is free", mayRetry: false)
        }
        if !call.isTest { call.desk.ledger.holds[call.run] = amount }
        return ["reserved": Value(amount.double), "available": Value((try free - amount).double)]
    }

    static let release = Step(
        "release_funds", "Gives back the cash that the run set aside", outputs: ["released": .number], hasEffect: true
    ) { call in
        let held = call.desk.ledger.holds.removeValue(forKey: call.run)
        return ["released": Value(held?.double ?? 0)]
    }

    static let place = Step(
        "place_order", "Sends one order through the risk gate; fails where the gate refuses it",
        params: [
            "symbol": .text, "side": .optional(.text(["buy", "sell"])), "quantity": .number, "stop": .number,
            "target": .number, "reduce_only": .optional(.boolean),
        ],
        outputs: ValueShape.ordering, hasEffect: true
    ) { call in
        let intent = try Trade(try wanted(call), call).intent
        let sent = try call.submit([intent])
        if let refused = sent.first(where: { $0.status == .refused }) {
            let why = refused.reason ?? "the risk gate refused it"
            throw TaskFailure(code: "refused", "\(refused.symbol): \(why)", mayRetry: false)
        }
        return call.ordering(sent)
    }

    /// The order as told; without a symbol the surest BUY there is, for the cash that was set aside.
    private static func wanted(_ call: StepCall) throws -> Value {
        if let name = call.param("symbol")?.text {
            return [
                "symbol": .text(name), "side": call.param("side") ?? "buy",
                "quantity": call.param("quantity") ?? .null, "stop": call.param("stop") ?? .null,
                "target": call.param("target") ?? .null, "reduce_only": call.param("reduce_only") ?? .null,
            ]
        }
        let best = call.signals(try call.instruments(), threshold: 0).decisions
            .filter { $0.signal.action == .buy }.max { $0.signal.confidence < $1.signal.confidence }
        let cash = call.found("reserved")?.number ?? 0
        guard let id = best?.instrument, let price = call.scene.window.lastClose(id), price > 0, cash > 0,
            let units = Quantity(nearest: cash / price * 0.98)?.roundedDown(toMultipleOf: call.scene.universe[id].lot),
            units > 0
        else {
            throw TaskFailure(
                code: "no_order", "no symbol is given, and nothing is worth buying for \(cash)", mayRetry: false)
        }
        return ["symbol": call.symbol(id), "side": "buy", "quantity": Value(units.double)]
    }

    static let cancel = Step(
        "cancel_order", "Takes an order back; what was filled of it is reversed by an order through the risk gate",
        params: ["order_id": .text],
        outputs: ValueShape.ordering.merging(["cancelled": .integer, "reversed": .number]) { first, _ in first },
        hasEffect: true
    ) { call in
        let names = call.param("order_id")?.text.map { [$0] } ?? sent(by: call)
        let standing = Set(call.scene.risk.ordersInFlight.map(\.id))
        let cancels = names.compactMap(OrderID.init).filter(standing.contains)
        let filled = names.compactMap { call.desk.ledger.orders[$0] }.filter { $0.filled > 0 }
        let intents = try filled.map { try reversal(of: $0, call) }
        let orders = try call.submit(intents, cancelling: cancels)
        let found: [String: Value] = [
            "cancelled": Value(call.isTest ? 0 : cancels.count),
            "reversed": Value(filled.reduce(0) { $0 + $1.filled.double }),
        ]
        return .object(found.merging(call.ordering(orders).fields ?? [:]) { first, _ in first })
    }

    /// The orders that the run's steps sent, by name.
    private static func sent(by call: StepCall) -> [String] {
        call.desk.ledger.orders.filter { $0.value.run == call.run }.keys.sorted()
    }

    private static func reversal(of progress: OrderProgress, _ call: StepCall) throws -> Intent {
        Intent(
            instrument: try call.instrument(progress.symbol.name), side: progress.side.opposite,
            size: .units(progress.filled), reduceOnly: true, origin: "reverses what \(call.run) had filled")
    }

    static let update = Step(
        "update_portfolio",
        "Says what the run's orders have made of the portfolio; the books follow fills by themselves",
        outputs: [
            "equity": .number, "cash": .number, "exposure": .number, "day_change": .number,
            "positions": .list(of: .any),
        ]
    ) { call in
        .object(try RiskSteps.review(call))
    }

    static let revert = update.named(
        "revert_portfolio", "Says what the portfolio is after the run's orders were taken back or reversed")
}
