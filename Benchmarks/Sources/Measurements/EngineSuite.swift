import AllocationCounter
import Backtesting
import Execution
import Indicators
import MarketData
import ReferenceBars
import RiskControl
import Strategies
import TradingEngine
import TradingModel

/// The peers' work (moving-average cross 10/50, fee 0.1 %) through the whole engine: risk gate, orders, exchange.
enum EngineSuite {
    static func run() throws -> [Measurement] {
        try minutes() + days()
    }

    private static func backtest(cash: Money, sizing: MovingAverageCross.Sizing) -> Backtest<MovingAverageCross> {
        guard let symbol = Symbol("TEST") else { preconditionFailure("a fixed symbol") }
        return Backtest(
            strategy: MovingAverageCross(fast: 10, slow: 50, deadBand: 1e-4, sizing: sizing, instruments: 1),
            universe: Universe([Instrument(symbol, .equity)]), cash: cash, limits: .unlimited,
            model: FillModel(fee: Rate(raw: 100_000), latency: .zero))
    }

    private static func minutes() throws -> [Measurement] {
        let bars = ReferenceBars.minutes()
        var speeds: [Double] = []
        var allocations: [Double] = []
        for _ in 0..<7 {
            var test = backtest(cash: 10_000_000, sizing: .units(1))
            var counter = StepCounter()
            let before = allocations_so_far()
            let taken = try seconds { try test.run(bars, of: InstrumentID(0), recorder: &counter) }
            allocations.append(Double(allocations_so_far() - before) / Double(bars.count))
            speeds.append(Double(bars.count) / taken)
        }
        return [
            Measurement("engine.m1.bars_per_second", "bars/s", of: speeds),
            Measurement("engine.m1.allocations_per_bar", "allocations/bar", of: allocations),
        ]
    }

    private static func days() throws -> [Measurement] {
        let series = (0..<150).map { ReferenceBars.days(of: $0) }
        let speeds = try (0..<7).map { _ in
            let taken = try seconds {
                for bars in series {
                    var test = backtest(cash: 1_000_000, sizing: .allCash)
                    var counter = StepCounter()
                    try test.run(bars, of: InstrumentID(0), recorder: &counter)
                }
            }
            return Double(series.count * series[0].count) / taken
        }
        return [Measurement("engine.daily.bars_per_second", "bars/s", of: speeds)]
    }
}
