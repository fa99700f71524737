import Accounting
import Determinism
import Foundation
import TradingDesk
import TradingModel

/// What a run came to, as a page for a person.
enum SummaryPage {
    static func lines(_ summary: DeskSummary, style: Styler) -> [String] {
        var lines: [String] = []
        if summary.simulated { lines.append(style("SIMULATED market: nobody traded at these prices", .yellow, .bold)) }
        lines += account(summary)
        lines += [""] + figures(summary.figures)
        lines += ["", style("target beside result (a target is no promise)", .dim)]
        lines += summary.targets.map { target in
            let mark = target.isMet.map { $0 ? style("met", .green) : style("missed", .yellow) } ?? "not known"
            return row(target.name, "\(Figures.number(target.actual))  target \(target.target)  \(mark)")
        }
        if !summary.positions.isEmpty { lines += [""] + positions(summary.positions) }
        if let head = summary.auditHead { lines += ["", style("audit head \(head)", .dim)] }
        return lines
    }

    private static func account(_ summary: DeskSummary) -> [String] {
        let counts = summary.counts
        return [
            row("until", summary.until.map { "\($0)" } ?? "nothing happened"),
            row("bars", "\(counts.bars) of \(summary.instruments) instruments"),
            row("recommendations", "\(counts.recommendations) in \(counts.runs) runs of the pipeline"),
            row("orders", "\(counts.orders), \(counts.fills) fills, \(counts.refusals) refused"),
            row("equity", "\(Figures.money(summary.equity)), cash \(Figures.money(summary.cash))"),
            row(
                "profit",
                "\(Figures.money(summary.realisedProfit)) realised, \(Figures.money(summary.unrealisedProfit)) open, "
                    + "fees \(Figures.money(summary.fees))"),
            row("trading", summary.state),
        ]
    }

    private static func figures(_ figures: PerformanceFigures) -> [String] {
        [
            row("total return", "\(Figures.percent(figures.totalReturn)), \(Figures.percent(figures.annualReturn)) a year"),
            row("Sharpe, Sortino", "\(Figures.number(figures.returns.sharpe)), \(Figures.number(figures.returns.sortino))"),
            row("drawdown", figures.maxDrawdown.map { "\(Figures.percent($0.depth)) from \($0.start.date)" } ?? "none"),
            row(
                "trades",
                "\(figures.trades.count), win rate \(Figures.percent(figures.trades.winRate)), average "
                    + Figures.percent(figures.trades.averageReturn)),
            row(
                "exposure",
                "\(Figures.percent(figures.meanExposure)) on average, turnover \(Figures.money(figures.turnover))"),
        ]
    }

    private static func positions(_ holdings: [DeskSummary.Holding]) -> [String] {
        holdings.map { holding in
            let average = holding.averagePrice.map { "\($0)" } ?? "-"
            return row(
                "\(holding.symbol)",
                "\(holding.quantity) at \(average), now \(Figures.money(holding.marketValue)), open "
                    + Figures.money(holding.unrealisedProfit))
        }
    }

    private static func row(_ name: String, _ value: String) -> String {
        name.padding(toLength: max(18, name.count + 1), withPad: " ", startingAt: 0) + value
    }
}

/// Figures as people read them.
enum Figures {
    /// Two decimals, thousands apart: `1,234,567.89`.
    static func money(_ amount: Money) -> String {
        let cents = (amount.raw.magnitude + 500_000) / 1_000_000
        let whole = String(cents / 100)
        let grouped = whole.reversed().enumerated().reduce(into: "") { text, digit in
            if digit.offset > 0, digit.offset % 3 == 0 { text.append(",") }
            text.append(digit.element)
        }
        let part = String(cents % 100)
        return "\(amount.raw < 0 ? "-" : "")\(String(grouped.reversed())).\(part.count == 1 ? "0" : "")\(part)"
    }

    /// One decimal of a percent, `-` where it is not known.
    static func percent(_ share: Double?) -> String {
        share.map { "\(rounded($0 * 100, 1))%" } ?? "-"
    }

    /// Two decimals, `-` where it is not known.
    static func number(_ value: Double?) -> String {
        value.map { rounded($0, 2) } ?? "-"
    }

    private static func rounded(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}
