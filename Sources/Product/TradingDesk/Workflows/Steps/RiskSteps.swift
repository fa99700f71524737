import Accounting
import Analysis
import Determinism
import RiskControl
import TradingModel
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// Steps that look at what is held and what it could lose.
enum RiskSteps {
    static let all = [
        review, assessment, monitoring, market, volatility,
        review.named("closing_review", "Says what is held into the night and what the day brought"),
    ]

    private static let position = ValueShape.object([
        "symbol": .text, "quantity": .number, "value": .number, "profit": .number, "share": .number,
    ])

    static let review = Step(
        "portfolio_review", "Says what is held, what it is worth and what the day brought",
        outputs: [
            "equity": .number, "cash": .number, "exposure": .number, "day_change": .number,
            "positions": .list(of: position),
        ]
    ) { call in
        .object(try review(call))
    }

    static func review(_ call: StepCall) throws -> [String: Value] {
        let portfolio = call.scene.portfolio
        let equity = try portfolio.equity.double
        let start = call.scene.risk.dayStartEquity?.double
        let rows = try portfolio.held.map { id -> Value in
            let position = portfolio[id]
            return [
                "symbol": call.symbol(id), "quantity": Value(position.quantity.double),
                "value": Value(position.marketValue.double), "profit": Value(try position.unrealisedProfit.double),
                "share": Value(equity > 0 ? position.marketValue.double / equity : nil),
            ]
        }
        return [
            "equity": Value(equity), "cash": Value(portfolio.cash.double),
            "exposure": Value(equity > 0 ? try portfolio.grossExposure.double / equity : nil),
            "day_change": Value(start.flatMap { $0 > 0 ? equity / $0 - 1 : nil }), "positions": .list(rows),
        ]
    }

    static let assessment = Step(
        "risk_assessment", "Measures volatility, losses to expect and correlations of what is traded and held",
        params: ["symbols": .symbols],
        outputs: [
            "risk_score": .number, "trading": .text(["active", "reduce_only", "halted"]), "reason": .text,
            "equity": .number, "cash": .number, "exposure": .number, "day_change": .number,
            "positions": .list(of: position),
            "readings": .list(
                of: .object(["symbol": .text, "volatility": .number, "shortfall": .number, "score": .number])),
        ]
    ) { call in
        let readings = call.riskReadings(try call.instruments()).readings
        let worst = readings.map(\.score).max()
        let rows = readings.map { reading -> Value in
            [
                "symbol": call.symbol(reading.instrument), "volatility": Value(reading.volatility),
                "shortfall": Value(reading.tail.historicalShortfall95), "score": Value(reading.score),
            ]
        }
        let found: [String: Value] = ["risk_score": Value(worst), "readings": .list(rows)]
        return .object(found.merging(try review(call)) { first, _ in first }.merging(state(call)) { first, _ in first })
    }

    /// What the risk gate lets through, and why not more.
    static func state(_ call: StepCall) -> [String: Value] {
        switch call.scene.risk.state {
        case .active: ["trading": "active", "reason": .null]
        case .reduceOnly(let reason): ["trading": "reduce_only", "reason": .text(reason)]
        case .halted(let reason): ["trading": "halted", "reason": .text(reason.description)]
        }
    }

    static let monitoring = Step(
        "risk_monitoring", "Says how much of the day's loss limit is used and what the gate lets through",
        outputs: [
            "trading": .text(["active", "reduce_only", "halted"]), "reason": .text, "day_change": .number,
            "loss_limit_used": .number, "orders_in_flight": .integer, "volatility": .number,
        ]
    ) { call in
        let change = try review(call)["day_change"]?.number
        let limit = call.scene.risk.limits.maxDailyLoss
        let used = change.flatMap { change in limit.map { max(0, -change) / $0 } }
        let found: [String: Value] = [
            "day_change": Value(change), "loss_limit_used": Value(used),
            "orders_in_flight": Value(call.scene.risk.ordersInFlight.count),
            "volatility": Value(call.scene.volatility?.level),
        ]
        return .object(found.merging(state(call)) { first, _ in first })
    }

    static let market = Step(
        "monitor_market", "Names the instruments that moved most since their last close but one",
        params: ["symbols": .symbols, "threshold": .number],
        outputs: [
            "as_of": .text, "moved": .list(of: .object(["symbol": .text, "change": .number])),
            "volatility": .number,
        ]
    ) { call in
        let threshold = try call.number("threshold", 0...1, default: 0.02)
        let moved = call.technical(try call.instruments()).readings.compactMap { reading -> (Value, Double)? in
            guard let change = reading.values?.change1, abs(change) >= threshold else { return nil }
            return (call.symbol(reading.instrument), change)
        }
        let rows = moved.map { ["symbol": $0.0, "change": Value($0.1)] as Value }
        return [
            "as_of": Value(call.scene.window.asOf), "moved": .list(rows),
            "volatility": Value(call.scene.volatility?.level),
        ]
    }

    static let volatility = Step(
        "volatility_check", "Says whether the market still moves more than it should",
        params: ["level": .number],
        outputs: ["volatility": .number, "volatility_source": .text, "is_high": .boolean, "exposure": .number]
    ) { call in
        let level = try call.number("level", 0...1_000, default: 30)
        let found = call.scene.volatility
        return [
            "volatility": Value(found?.level), "volatility_source": Value(found?.source.rawValue),
            "is_high": found.map { .boolean($0.level > level) } ?? .null,
            "exposure": try review(call)["exposure"] ?? .null,
        ]
    }
}
