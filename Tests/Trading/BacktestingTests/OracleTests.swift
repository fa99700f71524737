import Accounting
import Backtesting
import Execution
import Indicators
import MarketData
import ReferenceBars
import RiskControl
import Strategies
import Testing
import TradingEngine
import TradingModel

/// The moving-average cross of the peers' benchmark against the equity and fills of its plain-Python oracle.
@Suite struct OracleTests {
    private func run(
        _ bars: [Bar], cash: Money, sizing: MovingAverageCross.Sizing
    ) throws -> (equity: Money, fills: Int) {
        let universe = Universe([Instrument(try #require(Symbol("TEST")), .equity)])
        let strategy = MovingAverageCross(fast: 10, slow: 50, deadBand: 1e-4, sizing: sizing, instruments: 1)
        let model = FillModel(fee: Rate(raw: 100_000), latency: .zero)
        var backtest = Backtest(strategy: strategy, universe: universe, cash: cash, limits: .unlimited, model: model)
        var counter = StepCounter()
        try backtest.run(bars, of: InstrumentID(0), recorder: &counter)
        let portfolio = backtest.loop.engine.portfolio
        return (try portfolio.equity, portfolio.fillCount)
    }

    @Test func `a million one-minute bars end with the oracle's equity and fills`() throws {
        let result = try run(ReferenceBars.minutes(), cash: 10_000_000, sizing: .units(1))
        #expect((result.equity.double * 10_000).rounded() == 99_748_424_463)
        #expect(result.fills == 27_520)
    }

    @Test func `150 all-in daily accounts end with the oracle's equity and fills`() throws {
        var equity: Money = 0
        var fills = 0
        for number in 0..<150 {
            let result = try run(ReferenceBars.days(of: number), cash: 1_000_000, sizing: .allCash)
            equity = try equity + result.equity
            fills += result.fills
        }
        #expect((equity.double * 10_000).rounded() == 1_613_742_519_458)
        #expect(fills == 10_143)
    }
}
