import Accounting
import Determinism
import Foundation
import Testing
import TradingModel

@Suite struct PerformanceFiguresTests {
    private let start = Timestamp(CivilDate(daysSinceEpoch: 18_000)) + .seconds(43_200)

    private func curve(_ equities: [Money], days: Int, exposure: Money = 0) -> EquityCurve {
        var curve = EquityCurve()
        for (index, equity) in equities.enumerated() {
            curve.record(equity, exposure: exposure, at: start + .seconds(86_400 * days * index))
        }
        return curve
    }

    private func figures(_ curve: EquityCurve, _ fills: [Fill] = []) throws -> PerformanceFigures {
        var ledger = TradeLedger(instruments: 1)
        var portfolio = Portfolio(cash: 1000, instruments: 1)
        for fill in fills {
            try ledger.apply(fill)
            try portfolio.apply(fill)
        }
        return try PerformanceFigures(curve: curve, trades: ledger, portfolio: portfolio)
    }

    private func trip(_ entry: Price, _ exit: Price, fee: Money = 0) -> [Fill] {
        [(Side.buy, entry), (.sell, exit)].map { side, price in
            Fill(
                order: OrderID(desk: 1, step: 1, ordinal: 1), ordinal: 1, instrument: InstrumentID(0), side: side,
                quantity: 10, price: price, fee: fee, time: start)
        }
    }

    @Test func `without a curve and trades nothing is known`() throws {
        let figures = try figures(EquityCurve())
        #expect(figures.totalReturn == nil && figures.annualReturn == nil && figures.calmar == nil)
        #expect(figures.timeInMarket == nil && figures.meanExposure == nil && figures.annualTurnover == nil)
        #expect(figures.trades.accuracy == nil && figures.trades.winRate == nil && figures.trades.best == nil)
        #expect(figures.trades.count == 0)
        let lines = Targets().compared(with: figures)
        #expect(lines.allSatisfy { $0.actual == nil && $0.isMet == nil })
    }

    @Test func `two years of doubling are 41 percent a year`() throws {
        var curve = EquityCurve()
        curve.record(100, exposure: 0, at: start)
        curve.record(80, exposure: 0, at: start + .seconds(86_400 * 100))
        curve.record(200, exposure: 0, at: start + .seconds(86_400 * 7305 / 10))
        let figures = try figures(curve)
        #expect(figures.totalReturn == 1)
        let annual = try #require(figures.annualReturn)
        #expect(abs(annual - (2.0.squareRoot() - 1)) < 1e-12)
        #expect(abs(try #require(figures.calmar) - annual / 0.2) < 1e-9)
    }

    @Test func `less than 30 days are not stretched to a year`() throws {
        #expect(try figures(curve([100, 110], days: 29)).annualReturn == nil)
        #expect(try figures(curve([100, 110], days: 30)).annualReturn != nil)
    }

    @Test func `an account that was ruined has no annual return and no ratio`() throws {
        let figures = try figures(curve([100, 50, -10], days: 30))
        #expect(abs(try #require(figures.totalReturn) + 1.1) < 1e-12)
        #expect(figures.annualReturn == nil && figures.returns.sharpe == nil)
        #expect(abs(try #require(figures.maxDrawdown?.depth) - 1.1) < 1e-12)
    }

    @Test func `accuracy and win rate count profit after fees`() throws {
        let fills = trip(10, 12) + trip(10, 11, fee: 5) + trip(10, 9) + trip(10, 11, fee: 6)
        let trades = try figures(EquityCurve(), fills).trades
        #expect(trades.count == 4 && trades.wins == 1 && trades.losses == 2)
        #expect(trades.accuracy == 0.25)
        #expect(trades.winRate == 1.0 / 3)
        #expect(trades.profitFactor == 20.0 / 12)
        #expect(trades.averageProfit == 2)
        #expect(trades.best == 0.2 && trades.worst == -0.1)
        #expect(abs(try #require(trades.averageReturn) - 0.02) < 1e-12)
    }

    @Test func `gains without a loss have no profit factor`() throws {
        #expect(try figures(EquityCurve(), trip(10, 12)).trades.profitFactor == nil)
    }

    @Test func `fees, turnover and exposure are those of the account`() throws {
        let figures = try figures(curve([1000, 1000], days: 365, exposure: 250), trip(10, 12, fee: 1))
        #expect(figures.fees == 2 && figures.turnover == 220)
        #expect(figures.meanExposure == 0.25 && figures.timeInMarket == 1)
        #expect(abs(try #require(figures.annualTurnover) - 0.22 * 365.25 / 365) < 1e-12)
    }

    @Test func `targets stand beside what was achieved`() throws {
        let figures = try figures(curve([1000, 1100, 990, 1250], days: 122), trip(10, 12))
        let lines = Targets().compared(with: figures)
        #expect(lines.map(\.name) == ["accuracy", "annual return", "maximum drawdown", "Sharpe ratio"])
        #expect(lines.map(\.isMet) == [true, true, true, true])
        #expect(lines[0].target == "above 0.6")
        let again = try JSONDecoder().decode(PerformanceFigures.self, from: JSONEncoder().encode(figures))
        #expect(again == figures)
    }
}
