import Accounting
import DeskCommands
import Determinism
import Foundation
import TradingDesk
import TradingModel
import WorkflowModel

/// What a backtest came to.
struct BacktestReport {
    let plan: DeskPlan
    let state: DeskState
    let summary: DeskSummary
    let benchmark: BuyAndHold
    /// The most trades that are listed.
    private static let trades = 1000

    /// Figures, targets, equity, trades, costs and what holding would have come to.
    func value() throws -> Value {
        let summary = try Value(json: [UInt8](try DeskLines(plan).line(summary)))
        let closed = state.ledger.closed
        return [
            "simulated": .boolean(plan.isSimulated), "until": summary["until"] ?? .null,
            "bars": summary["bars"] ?? .null, "cash": summary["cash"] ?? .null,
            "final_equity": summary["equity"] ?? .null,
            "figures": summary["figures"] ?? .null, "targets": .list(self.summary.targets.map(BacktestReport.target)),
            "equity": .list(equity), "trade_count": .integer(Int64(closed.count)),
            "trades": .list(closed.suffix(BacktestReport.trades).map(trade)),
            "best": .list(closed.sorted { share($0) > share($1) }.prefix(5).map(trade)),
            "worst": .list(closed.sorted { share($0) < share($1) }.prefix(5).map(trade)), "costs": costs,
            "benchmark": try benchmarkValue(),
        ]
    }

    private static func target(_ line: Targets.Line) -> Value {
        [
            "name": .text(line.name), "target": .text(line.target), "actual": number(line.actual),
            "met": line.isMet.map(Value.boolean) ?? .null,
        ]
    }

    private static func number(_ number: Double?) -> Value {
        number.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
    }

    private func share(_ trip: RoundTrip) -> Double { trip.profitShare ?? 0 }

    /// The curve with how far each point is below the highest before it, and what holding was worth then.
    private var equity: [Value] {
        let holding = Dictionary(benchmark.curve.samples.map { ($0.time, $0.equity.double) }) { $1 }
        var peak = 0.0
        return DeskPicture(plan, state, run: "", activity: .finished).equity.map { point in
            let equity = point.equity.double
            peak = max(peak, equity)
            return [
                "time": .text("\(point.time)"), "equity": .number(equity),
                "drawdown": BacktestReport.number(peak > 0 ? 1 - equity / peak : nil),
                "benchmark": BacktestReport.number(holding[point.time]),
            ]
        }
    }

    private func trade(_ trip: RoundTrip) -> Value {
        [
            "symbol": .text(plan.universe.symbol(trip.instrument).name), "side": .text(trip.side.rawValue),
            "quantity": .number(trip.quantity.double), "entry_time": .text("\(trip.opened)"),
            "entry_price": BacktestReport.number(trip.entryPrice?.double), "exit_time": .text("\(trip.closed)"),
            "exit_price": BacktestReport.number(trip.exitPrice?.double),
            "profit": BacktestReport.number((try? trip.profit)?.double),
            "return": BacktestReport.number(trip.profitShare), "fees": .number(trip.fees.double),
        ]
    }

    private var costs: Value {
        let figures = summary.figures
        return [
            "fees": .number(figures.fees.double), "carry_costs": .number(figures.carryCosts.double),
            "turnover": .number(figures.turnover.double),
        ]
    }

    private func benchmarkValue() throws -> Value {
        let samples = benchmark.curve.samples
        guard let first = samples.first, let last = samples.last, first.equity > 0 else { return .null }
        let periods = plan.universe.instruments.contains { $0.assetClass == .equity } ? 252.0 : 365.0
        let returns = ReturnFigures(
            PerformanceFigures.returns(samples), PerformanceBasis(periodsPerYear: periods))
        return [
            "name": "buy and hold of the same instruments, without fees",
            "return": .number(last.equity.double / plan.capital.double - 1),
            "drawdown": .number(benchmark.curve.deepestDrawdown?.depth ?? 0),
            "sharpe": BacktestReport.number(returns.sharpe),
        ]
    }
}
