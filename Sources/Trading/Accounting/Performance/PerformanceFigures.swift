import Determinism
public import TradingModel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What an account achieved; a figure that cannot be known is nil, never zero.
///
/// Returns are those from one sample of the equity curve to the next, so the curve's sampling must match the basis:
/// daily samples for 252 or 365 periods a year.
public struct PerformanceFigures: Sendable, Hashable, Codable {
    /// Equity at the end over equity at the start, less one.
    public var totalReturn: Double?
    /// The constant yearly growth that gives the total return in the time that passed, a year being 365.25 days.
    ///
    /// Nil below 30 days: extrapolating a shorter time would make chance look like a result.
    public var annualReturn: Double?
    /// Figures of the returns from sample to sample.
    public var returns: ReturnFigures
    /// The fall that took the largest share of a peak; nil where equity never fell.
    public var maxDrawdown: Drawdown?
    /// Annual return over the depth of the deepest drawdown (T. W. Young 1991); nil without a drawdown.
    public var calmar: Double?
    /// The share of time in which something was held.
    public var timeInMarket: Double?
    /// The mean over the samples of gross exposure over equity.
    public var meanExposure: Double?
    /// The money traded, bought and sold.
    public var turnover: Money
    /// Turnover over mean equity, per year; nil below 30 days.
    public var annualTurnover: Double?
    /// Every fee paid.
    public var fees: Money
    /// What holding positions cost, borrowing and funding, less what it brought in.
    public var carryCosts: Money
    /// What the closed round trips came to.
    public var trades: TradeFigures

    /// The figures of a curve, its round trips and its account.
    public init(
        curve: EquityCurve, trades: TradeLedger, portfolio: Portfolio, basis: PerformanceBasis = PerformanceBasis()
    ) throws(Overflow) {
        let samples = curve.samples
        returns = ReturnFigures(PerformanceFigures.returns(samples), basis)
        maxDrawdown = curve.deepestDrawdown
        turnover = portfolio.turnover
        fees = portfolio.fees
        carryCosts = portfolio.carryCosts
        self.trades = try TradeFigures(trades.closed)
        guard let first = curve.first, let last = curve.last else { return }
        setReturns(first, last)
        setExposure(samples, curve: curve, from: first, to: last)
    }

    /// Returns from sample to sample; none where equity was not above zero throughout.
    public static func returns(_ samples: [EquityCurve.Sample]) -> [Double] {
        guard samples.allSatisfy({ $0.equity > 0 }) else { return [] }
        return zip(samples, samples.dropFirst()).map { $1.equity.double / $0.equity.double - 1 }
    }

    private mutating func setReturns(_ first: EquityCurve.Sample, _ last: EquityCurve.Sample) {
        guard first.equity > 0, last.time > first.time else { return }
        let growth = last.equity.double / first.equity.double
        totalReturn = growth - 1
        guard let years = PerformanceFigures.years(first, last), growth > 0 else { return }
        let annual = pow(growth, 1 / years) - 1
        annualReturn = annual
        if let depth = maxDrawdown?.depth, depth > 0 { calmar = annual / depth }
    }

    private mutating func setExposure(
        _ samples: [EquityCurve.Sample], curve: EquityCurve, from first: EquityCurve.Sample, to last: EquityCurve.Sample
    ) {
        if last.time > first.time { timeInMarket = curve.timeInMarket / (last.time - first.time) }
        let solvent = samples.filter { $0.equity > 0 }
        guard !solvent.isEmpty else { return }
        let ratios = solvent.map { $0.exposure.double / $0.equity.double }
        meanExposure = ratios.reduce(0, +) / Double(solvent.count)
        let meanEquity = solvent.reduce(0) { $0 + $1.equity.double } / Double(solvent.count)
        annualTurnover = PerformanceFigures.years(first, last).map { turnover.double / meanEquity / $0 }
    }

    /// Nil below 30 days.
    private static func years(_ first: EquityCurve.Sample, _ last: EquityCurve.Sample) -> Double? {
        let days = (last.time - first.time) / .seconds(86_400)
        return days < 30 ? nil : days / 365.25
    }
}
