import Accounting
import Analysis
import Determinism
import RiskControl
import TradingModel
import WorkflowEngine
import WorkflowModel

/// Steps that look back on the day and prepare the next one.
enum BookSteps {
    static let all = [performance, report, preparation, maintenance]

    private static let figures: [String: ValueShape] = [
        "equity": .number, "day_change": .number, "total_return": .number, "sharpe": .number,
        "max_drawdown": .number, "trades": .integer, "win_rate": .number, "fees": .number,
        "hit_rates": .list(of: .object(["name": .text, "count": .integer, "rate": .number])),
    ]

    static let performance = Step(
        "performance_analysis", "Measures what the desk achieved and how often its conclusions were right",
        outputs: figures
    ) { call in
        .object(try performance(call))
    }

    private static func performance(_ call: StepCall) throws -> [String: Value] {
        let (state, portfolio) = (call.scene.state, call.scene.portfolio)
        let isEquity = call.scene.universe.instruments.contains { $0.assetClass == .equity }
        let found = try PerformanceFigures(
            curve: state.curve, trades: state.ledger, portfolio: portfolio,
            basis: PerformanceBasis(periodsPerYear: isEquity ? 252 : 365))
        let rates = state.scorecard.feedback.actions.map { rate -> Value in
            ["name": .text(rate.name), "count": Value(rate.count), "rate": Value(rate.rate)]
        }
        return [
            "equity": Value(try portfolio.equity.double),
            "day_change": try RiskSteps.review(call)["day_change"] ?? .null,
            "total_return": Value(found.totalReturn), "sharpe": Value(found.returns.sharpe),
            "max_drawdown": Value(found.maxDrawdown?.depth), "trades": Value(found.trades.count),
            "win_rate": Value(found.trades.winRate), "fees": Value(portfolio.fees.double),
            "hit_rates": .list(rates),
        ]
    }

    static let report = Step(
        "report_generation", "Writes the day in a few sentences",
        outputs: ["report": .text, "equity": .number]
    ) { call in
        let found = try performance(call)
        let equity = try call.scene.portfolio.equity
        var lines = ["Equity \(equity)."]
        if let change = found["day_change"]?.number { lines.append("The day changed it by \(percent(change)).") }
        lines.append(
            "\(call.scene.portfolio.held.count) positions are held; \(call.scene.state.counts.fills) fills so far.")
        if let volatility = call.scene.volatility {
            lines.append("Volatility \(round(volatility.level)) (\(volatility.source.rawValue)).")
        }
        return ["report": .text(lines.joined(separator: " ")), "equity": Value(equity.double)]
    }

    /// Two digits after the point.
    private static func percent(_ share: Double) -> String { "\(round(share * 100)) %" }

    private static func round(_ number: Double) -> Double { (number * 100).rounded() / 100 }

    static let preparation = Step(
        "next_day_preparation", "Names what to watch on the next session and what is held into it",
        outputs: [
            "held": .list(of: .text), "watch": .list(of: .object(["symbol": .text, "confidence": .number])),
            "orders_in_flight": .integer,
        ]
    ) { call in
        let ranked = call.signals(call.scene.universe.ids, threshold: 0).decisions
            .filter { $0.signal.action == .buy }
            .sorted { ($0.signal.confidence, $1.instrument) > ($1.signal.confidence, $0.instrument) }
        return [
            "held": .list(call.scene.portfolio.held.map(call.symbol)),
            "watch": .list(
                ranked.prefix(5).map {
                    ["symbol": call.symbol($0.instrument), "confidence": Value($0.signal.confidence)]
                }),
            "orders_in_flight": Value(call.scene.risk.ordersInFlight.count),
        ]
    }

    static let maintenance = Step(
        "maintenance", "Counts what the desk keeps in memory",
        outputs: ["headlines": .integer, "bars": .integer, "moments": .integer]
    ) { call in
        let window = call.scene.window
        return [
            "headlines": Value(call.scene.state.headlines.count),
            "bars": Value(window.histories.reduce(0) { $0 + $1.count }), "moments": Value(call.scene.state.moments),
        ]
    }
}
