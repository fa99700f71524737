import Accounting
import TradingDesk
import TradingModel

/// The figures of a summary in the order in which they are read.
struct FigureRows {
    /// A figure, what it came to and, where there is one, its target.
    struct Row {
        let name: String
        let result: String
        var sign: Double?
        var target: Targets.Line?
    }

    let rows: [Row]

    init(_ summary: DeskSummary) {
        let targets = summary.targets.map { Row(name: $0.name, result: $0.result, target: $0) }
        rows = FigureRows.money(summary) + targets + FigureRows.measures(summary.figures)
    }

    private static func money(_ summary: DeskSummary) -> [Row] {
        let figures = summary.figures
        let carry = figures.carryCosts == 0 ? [] : [Row(name: "borrow and funding", result: amount(figures.carryCosts))]
        return [
            Row(name: "equity", result: amount(summary.equity)),
            Row(name: "cash", result: amount(summary.cash)),
            change("realised profit", summary.realisedProfit),
            change("open profit", summary.unrealisedProfit),
            Row(name: "fees", result: amount(summary.fees)),
        ] + carry + [
            Row(
                name: "total return", result: NumberText.percent(figures.totalReturn, signed: true),
                sign: figures.totalReturn)
        ]
    }

    private static func measures(_ figures: PerformanceFigures) -> [Row] {
        let trades = figures.trades
        return [
            Row(name: "Sortino ratio", result: NumberText.decimal(figures.returns.sortino)),
            Row(name: "volatility a year", result: percent(figures.returns.volatility)),
            Row(name: "trades closed", result: NumberText.grouped(trades.count)),
            Row(name: "win rate", result: percent(trades.winRate)),
            Row(name: "average trade", result: NumberText.percent(trades.averageReturn, signed: true)),
            Row(name: "gains over losses", result: NumberText.decimal(trades.profitFactor)),
            Row(name: "exposure on average", result: percent(figures.meanExposure)),
            Row(name: "turnover", result: amount(figures.turnover)),
        ]
    }

    private static func amount(_ money: Money) -> String { NumberText.decimal(money.double) }

    private static func percent(_ share: Double?) -> String { NumberText.percent(share, decimals: 1) }

    private static func change(_ name: String, _ money: Money) -> Row {
        Row(name: name, result: NumberText.decimal(money.double, signed: true), sign: money.double)
    }
}
