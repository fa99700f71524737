public import Accounting
import Determinism
import TradingModel

/// The figures of a run under the names that programs know them by; what cannot be known is null, never zero.
public struct FigureLine: Encodable {
    let figures: PerformanceFigures

    /// The figures of a run.
    public init(figures: PerformanceFigures) {
        self.figures = figures
    }

    private enum CodingKeys: String, CodingKey {
        case signalAccuracy, winRate, averageReturn, profitFactor, trades, bestTrade, worstTrade
        case totalReturn, annualReturn, volatility, sharpe, sortino, calmar, valueAtRisk, expectedShortfall
        case maxDrawdown, maxDrawdownDays, maxDrawdownRecovered, exposure, timeInMarket, turnover, annualTurnover, fees,
            carryCosts
    }

    /// Writes each under its name in camel case; encoders of output change that to snake case.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let trades = figures.trades
        let returns = figures.returns
        let values: [(CodingKeys, Double?)] = [
            (.signalAccuracy, trades.accuracy), (.winRate, trades.winRate), (.averageReturn, trades.averageReturn),
            (.profitFactor, trades.profitFactor), (.bestTrade, trades.best), (.worstTrade, trades.worst),
            (.totalReturn, figures.totalReturn), (.annualReturn, figures.annualReturn),
            (.volatility, returns.volatility), (.sharpe, returns.sharpe), (.sortino, returns.sortino),
            (.calmar, figures.calmar), (.valueAtRisk, returns.valueAtRisk),
            (.expectedShortfall, returns.expectedShortfall), (.maxDrawdown, figures.maxDrawdown?.depth),
            (.maxDrawdownDays, figures.maxDrawdown.map(days)), (.exposure, figures.meanExposure),
            (.timeInMarket, figures.timeInMarket), (.turnover, figures.turnover.double),
            (.annualTurnover, figures.annualTurnover), (.fees, figures.fees.double),
            (.carryCosts, figures.carryCosts.double),
        ]
        for (key, value) in values { try container.encode(value, forKey: key) }
        try container.encode(trades.count, forKey: .trades)
        try container.encode(figures.maxDrawdown.map { $0.recovery != nil }, forKey: .maxDrawdownRecovered)
    }

    /// From the peak to the recovery, else to the lowest point.
    private func days(_ drawdown: Drawdown) -> Double {
        let end = drawdown.recovery ?? drawdown.bottom
        return (Double((end - drawdown.start).components.seconds) / 86_400).rounded()
    }
}
