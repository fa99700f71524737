import Accounting
import Analysis
import Determinism
import RiskControl
import TradingModel
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// Steps that conclude what to trade.
enum SignalSteps {
    static let all = [generation, trades, validation]

    private static let row = ValueShape.object([
        "symbol": .text, "action": .text(["BUY", "SELL", "HOLD"]), "confidence": .number, "stop": .number,
        "target": .number,
    ])

    static let generation = Step(
        "signal_generation", "Concludes BUY, SELL or HOLD from prices, patterns, news and risk",
        params: ["symbols": .symbols, "threshold": .number],
        outputs: [
            "signals": .list(of: row), "signal": .text(["BUY", "SELL", "HOLD"]), "symbol": .text,
            "confidence": .number,
        ]
    ) { call in
        let threshold = try call.number("threshold", 0...1, default: 0.7)
        let found = call.signals(try call.instruments(), threshold: threshold)
        let strongest = found.decisions.filter { $0.signal.action != .hold }
            .max { ($0.signal.confidence, $1.instrument) < ($1.signal.confidence, $0.instrument) }
        return [
            "signals": .list(found.decisions.map { value($0.signal, call) }),
            "signal": found.decisions.isEmpty ? .null : .text(strongest?.signal.action.rawValue ?? "HOLD"),
            "symbol": strongest.map { call.symbol($0.instrument) } ?? .null,
            "confidence": Value(strongest?.signal.confidence),
        ]
    }

    private static func value(_ signal: Signal, _ call: StepCall) -> Value {
        [
            "symbol": call.symbol(signal.instrument), "action": .text(signal.action.rawValue),
            "confidence": Value(signal.confidence), "stop": Value(signal.stop?.double),
            "target": Value(signal.target?.double),
        ]
    }

    static let trades = Step(
        "generate_trades", "Plans the trades from what is held to what should be held, and asks the risk gate",
        params: ["symbols": .symbols, "threshold": .number, "risk_adjustment": .number],
        outputs: [
            "trades": .list(of: Trade.shape), "count": .integer, "value": .number,
            "skipped": .list(of: .object(["symbol": .text, "reason": .text])), "risk_adjustment": .number,
        ], hasEffect: true
    ) { call in
        let factor = try call.number("risk_adjustment", 0...1, default: 1)
        let threshold = try call.number("threshold", 0...1, default: call.scene.pipeline.threshold)
        let signals = call.signals(try call.instruments(), threshold: threshold)
        if !call.isTest { call.desk.remember(signals) }
        let plan = try plan(signals, call.scene)
        let wanted = plan.trades.compactMap { planned -> Value? in
            let lot = call.scene.universe[planned.intent.instrument].lot
            return Trade(planned, factor: factor, lot: lot)?.value(price: planned.price, call)
        }
        return [
            "trades": .list(wanted), "count": Value(wanted.count), "value": Value(plan.value * factor),
            "skipped": .list(
                plan.skipped.map { ["symbol": call.symbol($0.instrument), "reason": .text($0.reason)] }),
            "risk_adjustment": Value(factor),
        ]
    }

    /// The pipeline's own optimisation and planning.
    static func plan(_ signals: SignalSet, _ scene: DeskScene) throws -> ExecutionPlan {
        var optimisation = PortfolioOptimisation()
        optimisation.method = scene.pipeline.optimiser == .minimumVariance ? .minimumVariance : .riskParity
        optimisation.cap = scene.pipeline.maximumWeight
        do {
            let target = try optimisation.optimise(scene.window, signals, scene.portfolio)
            return ExecutionPlanning().plan(target, signals, scene.portfolio, scene.window, busy: scene.busy)
        } catch {
            throw TaskFailure(code: "optimisation", "no target weights were found: \(error)")
        }
    }

    static let validation = Step(
        "validate_trades", "Asks the risk gate what it would say of the trades; nothing is sent",
        params: ["trades": .optional(.list(of: Trade.shape))],
        outputs: [
            "valid": .list(of: Trade.shape),
            "refused": .list(of: .object(["symbol": .text, "reason": .text])), "is_valid": .boolean,
        ]
    ) { call in
        let wanted = (call.param("trades") ?? call.found("trades"))?.list ?? []
        var (valid, refused): ([Value], [Value]) = ([], [])
        for value in wanted {
            let trade = try Trade(value, call)
            switch try call.scene.risk.assess(trade.intent, portfolio: call.scene.portfolio, at: call.scene.time)?
                .verdict
            {
            case .approved?: valid.append(value)
            case .refused(let refusal)?:
                refused.append(["symbol": call.symbol(trade.intent.instrument), "reason": .text(refusal.text)])
            case nil: refused.append(["symbol": call.symbol(trade.intent.instrument), "reason": "no price is known"])
            }
        }
        return ["valid": .list(valid), "refused": .list(refused), "is_valid": .boolean(refused.isEmpty)]
    }
}
