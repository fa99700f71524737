import Analysis
import Determinism
import RiskControl
import TradingDesk
import TradingModel

/// For a person: a line for each recommendation, verdict, fill and halt, then a table of what it came to.
struct TextDisplay: Display {
    private let plan: DeskPlan
    private let console: Console
    private var style: Styler { console.style }

    init(_ plan: DeskPlan, _ console: Console) {
        self.plan = plan
        self.console = console
    }

    func begin(_ plan: DeskPlan, isResumed: Bool) throws {
        guard console.profile.isTerminal else { return }
        let market = plan.isSimulated ? "SIMULATED market" : "replay"
        let verb = isResumed ? "goes on" : "begins"
        try console.print(style("PAPER, \(market): \(plan.universe.count) instruments, bars of \(plan.barLength), \(verb)", .bold))
    }

    func show(_ events: [DeskEvent], _ state: DeskState) throws {
        guard console.profile.isTerminal else { return }
        for event in events {
            if let line = line(event) { try console.print(line) }
        }
    }

    func finish(_ summary: DeskSummary, isComplete: Bool) throws {
        try console.print(SummaryPage.lines(summary, style: style))
        if !isComplete { try console.print(style("stopped; the same command goes on from here", .dim)) }
    }

    private func line(_ event: DeskEvent) -> String? {
        switch event {
        case .slice, .dayStarted: nil
        case .dayEnded(let date, let equity): style("\(date)  equity \(Figures.money(equity))", .dim)
        case .recommendation(let advice, let time): line(advice, time)
        case .verdict(let verdict, let time): line(verdict, time)
        case .report(let report): line(report)
        case .pipelineFailed(let error, let time): style("\(time.date)  pipeline failed: \(error)", .red)
        case .halted(let reason, let time): style("\(time.date)  HALTED  \(reason)", .red, .bold)
        case .controlled(let command, let time): style("\(time.date)  control \(command)", .yellow)
        }
    }

    private func line(_ advice: Recommendation, _ time: Timestamp) -> String {
        let word = style(advice.action.rawValue, advice.action == .buy ? .green : .red, .bold)
        let reason = advice.reasons.first.map { "  \($0.text)" } ?? ""
        return "\(time.date)  \(word) \(advice.symbol) \(Figures.percent(advice.confidence))\(style(reason, .dim))"
    }

    private func line(_ verdict: Verdict, _ time: Timestamp) -> String {
        switch verdict {
        case .approved(let approved, let adjusted):
            let order = approved.order
            let cut = adjusted.map { ", cut by \($0.rule.rawValue)" }.joined()
            return "\(time.date)  approved \(order.side.rawValue) \(plan.universe.symbol(order.instrument)) \(order.id)\(cut)"
        case .refused(let refusal):
            let symbol = plan.universe.symbol(refusal.intent.instrument)
            return style("\(time.date)  refused \(refusal.intent.side.rawValue) \(symbol): \(refusal.text)", .yellow)
        }
    }

    private func line(_ report: OrderReport) -> String? {
        guard case .filled(let fill, let note) = report.outcome else { return nil }
        let symbol = plan.universe.symbol(fill.instrument)
        let remark = note.map { "  (\($0))" } ?? ""
        return "\(fill.time.date)  filled \(fill.side.rawValue) \(fill.quantity) \(symbol) @ \(fill.price)\(remark)"
    }
}
