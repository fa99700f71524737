public import Accounting
public import TradingModel

/// The risk node: how much each instrument moves and falls, with what it moves, and how easily it is sold.
public struct RiskAnalysis: Sendable, Hashable, Codable {
    /// Bars an instrument must have: twenty returns.
    public static let barsNeeded = 21

    /// The share of the turnover that selling may take.
    public var participation = 0.1
    /// The position, as a share of equity, for which liquidity is judged where less is held.
    public var plannedShare = 0.1

    /// The node with the desk's settings.
    public init() {}

    /// Reads every instrument asked for that has bars enough.
    public func assess(
        _ window: MarketWindow, _ instruments: [InstrumentID], portfolio: Portfolio?
    ) -> RiskAssessment {
        let ids = instruments.canonical.filter { window.bars($0).count >= RiskAnalysis.barsNeeded }
        let held = (portfolio?.held ?? []).filter { window.bars($0).count >= RiskAnalysis.barsNeeded }
        let table = ReturnTable(window, (ids + held).canonical)
        let book = CorrelationBook(table, portfolio)
        let asked = Set(ids)
        let readings = table.instruments.indices.filter { asked.contains(table.instruments[$0]) }.map { place in
            read(window, table, place, book, portfolio)
        }
        return RiskAssessment(readings: readings)
    }

    private func read(
        _ window: MarketWindow, _ table: ReturnTable, _ place: Int, _ book: CorrelationBook, _ portfolio: Portfolio?
    ) -> RiskReading {
        let id = table.instruments[place]
        let bars = window.bars(id)
        let returns = table.returns(place)
        let year = window.barsPerYear(id).squareRoot()
        let mean = returns.reduce(0, +) / Double(returns.count)
        let volatility = RiskReading.TailRisk.deviation(returns, mean) * year
        let recent = RiskAnalysis.weightedDeviation(returns) * year
        let tail = RiskReading.TailRisk(returns)
        let drawdown = RiskAnalysis.maximumDrawdown(bars.close)
        let liquidity = liquidity(bars, portfolio, id)
        let parts = RiskScores(
            volatility: max(volatility, recent), yearlyShortfall: tail.historicalShortfall95 * year,
            drawdown: drawdown, correlation: book.toPortfolio[place], liquidity: liquidity
        ).all.normalised()
        return RiskReading(
            instrument: id, observations: returns.count, volatility: volatility, recentVolatility: recent, tail: tail,
            maximumDrawdown: drawdown, correlationToPortfolio: book.toPortfolio[place], closest: book.closest[place],
            meanCorrelation: book.mean[place], liquidity: liquidity, score: min(1, max(0, parts.score ?? 0)),
            parts: parts)
    }

    /// The deepest fall of closes from the highest before, 0...1.
    static func maximumDrawdown(_ close: [Double]) -> Double {
        var (peak, deepest) = (0.0, 0.0)
        for price in close {
            peak = max(peak, price)
            deepest = max(deepest, 1 - price / peak)
        }
        return deepest
    }

    /// Begun with the mean square of the first twenty returns, then 0.94 of the old and 0.06 of each new square.
    static func weightedDeviation(_ returns: [Double]) -> Double {
        let first = returns.prefix(20)
        guard !first.isEmpty else { return 0 }
        var variance = first.reduce(0) { $0 + $1 * $1 } / Double(first.count)
        for value in returns.dropFirst(20) { variance = 0.94 * variance + 0.06 * value * value }
        return variance.squareRoot()
    }

    private func liquidity(
        _ bars: BarHistory, _ portfolio: Portfolio?, _ id: InstrumentID
    ) -> RiskReading.Liquidity? {
        let first = max(0, bars.count - 20)
        var turnover = 0.0
        for index in first..<bars.count { turnover += bars.close[index] * bars.volume[index] }
        turnover /= Double(max(1, bars.count - first))
        let held = portfolio.map { $0.positions.indices.contains(id.index) ? $0[id].marketValue.double.magnitude : 0 }
        let planned = plannedShare * ((try? portfolio?.equity)?.double ?? 0)
        guard turnover > 0, let bars = max(held ?? 0, planned).over(participation * turnover) else { return nil }
        return RiskReading.Liquidity(meanTurnover: turnover, barsToLiquidate: bars)
    }
}
