import Accounting
import Configuration
import Determinism
import TradingDesk
import TradingModel

/// What a run came to, as a page for a person.
struct SummaryPage {
    /// What the page is written on.
    struct Look: Sendable {
        var style = Styler.plain
        var width = TerminalProfile.pipe.width
        var unicode = true

        init(_ console: Console) {
            style = console.style
            width = max(20, console.profile.width)
            unicode = console.profile.hasUnicode
        }

        init(style: Styler, width: Int, unicode: Bool) {
            (self.style, self.width, self.unicode) = (style, width, unicode)
        }
    }

    let summary: DeskSummary
    let results: RunResults
    let plan: DeskPlan
    let scene: RunScene
    let name: String
    let isComplete: Bool

    /// The page; no table or chart is wider than the look allows.
    func lines(_ look: Look) -> [String] {
        let parts = [
            heading(look), chart(look), figures(look), positions(look), trades(look), whereabouts(look),
        ]
        return Array(parts.filter { !$0.isEmpty }.joined(separator: [""]))
    }

    private func heading(_ look: Look) -> [String] {
        let style = look.style
        var lines: [String] = []
        if summary.simulated { lines.append(style("SIMULATED market: nobody traded at these prices", .yellow, .bold)) }
        let until = summary.until.map { "until \($0)" } ?? "nothing happened"
        let counts = summary.counts
        return lines + [
            style("\(name)  \(until)", .bold),
            "\(NumberText.grouped(counts.bars)) bars of \(summary.instruments) instruments, "
                + "\(NumberText.grouped(counts.recommendations)) recommendations in "
                + "\(NumberText.grouped(counts.runs)) runs of the pipeline",
            "\(NumberText.grouped(counts.orders)) orders, \(NumberText.grouped(counts.fills)) fills, "
                + "\(NumberText.grouped(counts.refusals)) refused; trading is \(summary.state.escapingControls)",
        ]
    }

    private func chart(_ look: Look) -> [String] {
        guard results.equity.count > 2 else { return [] }
        let chart = LineChart(results.equity) { NumberText.decimal($0, decimals: 0) }
        let lines = chart.lines(width: min(look.width, 120), height: 8, unicode: look.unicode)
        return [look.style("Equity by day", .bold)] + lines.map { look.style($0, .cyan) }
    }

    // MARK: - Tables

    /// Results, with the target beside each that has one.
    private func figures(_ look: Look) -> [String] {
        var table = Table([.text("Figure"), .number("Result"), .text("Target (no promise)"), .text("")])
        for row in FigureRows(summary).rows {
            let mark: Table.Cell? = row.target?.isMet.map { $0 ? .init("met", .green) : .init("missed", .yellow) }
            let unknown: Table.Cell = row.target == nil ? "" : .init("not known", .dim)
            table.add([.init(row.name), .change(row.sign, row.result), .init(row.target?.aim ?? ""), mark ?? unknown])
        }
        return table.lines(width: look.width, style: look.style)
    }

    private func positions(_ look: Look) -> [String] {
        guard !summary.positions.isEmpty else { return ["Nothing is held at the end."] }
        let held = summary.positions.map { holding in
            let profit = holding.unrealisedProfit.double
            let cost = holding.marketValue.double - profit
            return Board.Holding(
                symbol: holding.symbol.name, quantity: EventTail.text(holding.quantity),
                average: holding.averagePrice?.double, last: holding.lastPrice?.double,
                value: holding.marketValue.double, profit: profit, share: cost == 0 ? nil : profit / cost.magnitude)
        }
        return PositionTable(held, hasExits: false).lines(width: look.width, style: look.style)
    }

    private func trades(_ look: Look) -> [String] {
        guard let best = results.best, let worst = results.worst else { return [] }
        var table = Table([
            .text("Trade"), .text("Symbol"), .number("Profit"), .number("%"), .text("Bought"), .text("Sold"),
        ])
        for (title, trip) in [("best", best), ("worst", worst)] {
            let profit = try? trip.profit.double
            table.add([
                .init(title), .init(plan.universe.symbol(trip.instrument).name),
                .change(profit, NumberText.decimal(profit, signed: true)),
                .change(trip.profitShare, NumberText.percent(trip.profitShare, signed: true)),
                .init(leg(trip.side == .buy, trip)), .init(leg(trip.side != .buy, trip)),
            ])
        }
        return table.lines(width: look.width, style: look.style)
    }

    /// A long position is bought when it is opened, a short one when it is closed.
    private func leg(_ isEntry: Bool, _ trip: RoundTrip) -> String {
        let (date, price) = isEntry ? (trip.opened.date, trip.entryPrice) : (trip.closed.date, trip.exitPrice)
        return "\(date) at \(PriceText.of(price?.double))"
    }

    // MARK: - What is left behind

    private func whereabouts(_ look: Look) -> [String] {
        var lines: [String] = []
        if let head = summary.auditHead { lines.append("audit head  \(head)") }
        guard let folder = scene.folder else {
            lines.append("kept        nothing: a backtest is in memory; 'bellwether run --replay' keeps every decision")
            return lines.map { look.style($0, .dim) }
        }
        let home = folder.home.escapingControls
        lines.append("kept in     \(folder.path.escapingControls)")
        lines.append("look into   bellwether audit show --home \(home)")
        lines.append(
            isComplete
                ? "again       the same command begins anew; this run is kept beside it"
                : "go on       the same command goes on from here; with --fresh it begins anew")
        return lines.map { look.style($0, .dim) }
    }
}
