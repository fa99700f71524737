import Analysis
import Determinism
import RiskControl
import TradingDesk
import TradingEngine
import TradingModel
import WorkflowEngine
import WorkflowModel

/// The last of what happened, in words.
struct EventTail {
    /// The newest last.
    private(set) var advice: [Board.Advice] = []
    /// The newest last.
    private(set) var log: [Board.Entry] = []
    private let universe: Universe
    private let isDaily: Bool
    /// What each order that stands is about: reports know it by its name alone.
    private var subjects: [OrderID: String] = [:]
    private var isSeeded = false
    /// More lines than a terminal has rows.
    private static let limit = 200

    init(_ plan: DeskPlan) {
        universe = plan.universe
        isDaily = plan.barLength.isDaily
    }

    /// Takes note of what happened; orders that stood before are learnt from the state.
    mutating func note(_ events: [DeskEvent], _ state: DeskState) {
        if !isSeeded {
            isSeeded = true
            for order in state.loop.engine.risk.ordersInFlight { subjects[order.id] = text(order) }
        }
        for event in events { note(event) }
        if log.count > 2 * EventTail.limit { log.removeFirst(log.count - EventTail.limit) }
        if advice.count > 2 * EventTail.limit { advice.removeFirst(advice.count - EventTail.limit) }
    }

    private mutating func note(_ event: DeskEvent) {
        switch event {
        case .slice, .dayStarted, .dayEnded: break
        case .recommendation(let found, let time): advice.append(line(found, time))
        case .verdict(let verdict, let time): note(verdict, time)
        case .report(let report): note(report)
        case .charged(let charge): note(charge)
        case .pipelineFailed(let error, let time): add(time, .failed, "no recommendations: \(error)")
        case .halted(let reason, let time): add(time, .halted, StateText.of(reason))
        case .controlled(let command, let time): add(time, .control, StateText.of(command))
        case .workflow(let event): note(event)
        }
    }

    private mutating func note(_ event: OrchestrationEvent) {
        let subject = event.subject ?? event.run?.text ?? ""
        switch event.kind {
        case .stageStarted where event.detail["round"]?.integer == 1: add(event.time, .stage, "\(subject) began")
        case .marketEvent: if let why = event.detail["closed"]?.text { add(event.time, .closed, "\(subject): \(why)") }
        case .taskFailed: add(event.time, .failed, "\(subject): \(event.detail["error"]?.text ?? "it took too long")")
        case .workflowFailed: add(event.time, .failed, subject)
        case .systemAlert: add(event.time, .alert, subject)
        default: break
        }
    }

    private mutating func note(_ verdict: Verdict, _ time: Timestamp) {
        switch verdict {
        case .approved(let approved, let adjusted):
            let subject = text(approved.order)
            subjects[approved.order.id] = subject
            let cuts = adjusted.map { ", made smaller: \(WordedNumbers.rounded($0.text))" }.joined()
            add(time, .order, subject + cuts)
        case .refused(let refusal):
            let what = "\(refusal.intent.side.rawValue.uppercased()) \(universe.symbol(refusal.intent.instrument))"
            add(time, .refused, "\(what): \(WordedNumbers.rounded(refusal.text))")
        }
    }

    private mutating func note(_ charge: Charge) {
        let amount = NumberText.decimal(charge.amount.double)
        let periods = charge.kind == .borrow ? "days" : "funding times"
        add(
            charge.time, .charged,
            "\(universe.symbol(charge.instrument)) \(charge.kind.rawValue) \(amount) for \(charge.periods) \(periods)")
    }

    private mutating func note(_ report: OrderReport) {
        let subject = subjects[report.order] ?? "\(report.order)"
        switch report.outcome {
        case .accepted: break
        case .triggered: add(report.time, .triggered, subject)
        case .filled(let fill, let note):
            add(report.time, .filled, text(fill) + (note.map { " (\($0))" } ?? ""))
            if fill.leaves.raw == 0 { subjects[report.order] = nil }
        case .rejected(let reason): end(report, .rejected, "\(subject): \(reason)")
        case .cancelled(let reason): end(report, .cancelled, "\(subject): \(reason)")
        case .expired: end(report, .expired, subject)
        case .exitPlaced(let exit):
            subjects[exit.id] = text(exit)
            add(report.time, .exit, text(exit))
        case .unknown(let reason): add(report.time, .unknown, "\(subject): \(reason)")
        }
    }

    private mutating func end(_ report: OrderReport, _ kind: Board.Entry.Kind, _ text: String) {
        subjects[report.order] = nil
        add(report.time, kind, text)
    }

    private mutating func add(_ time: Timestamp, _ kind: Board.Entry.Kind, _ text: String) {
        log.append(Board.Entry(time: self.text(time), kind: kind, text: text))
    }
}

// MARK: - Words

extension EventTail {
    /// The day, and the time of the day where bars are shorter.
    func text(_ time: Timestamp) -> String {
        let moment = time.description
        return isDaily ? String(moment.prefix(10)) : "\(moment.prefix(10)) \(moment.dropFirst(11).prefix(5))"
    }

    /// Whole units with thousands apart, parts of a unit as they are.
    static func text(_ quantity: Quantity) -> String {
        let number = quantity.double
        return number == number.rounded() ? NumberText.decimal(number, decimals: 0) : "\(quantity)"
    }

    private func line(_ found: Recommendation, _ time: Timestamp) -> Board.Advice {
        Board.Advice(
            time: text(time), isBuy: found.action == .buy, symbol: found.symbol.name, confidence: found.confidence,
            target: found.priceTarget?.double, stop: found.stopLoss?.double, reason: found.reasons.first?.text ?? "")
    }

    private func text(_ order: Order) -> String {
        let size =
            switch order.size {
            case .units(let quantity): EventTail.text(quantity)
            case .notional(let amount): "for \(NumberText.decimal(amount.double))"
            }
        return "\(order.side.rawValue.uppercased()) \(size) \(universe.symbol(order.instrument))\(terms(order.kind))"
    }

    private func terms(_ kind: OrderKind) -> String {
        switch kind {
        case .market: " at market"
        case .limit(let limit): " limit \(PriceText.of(limit.double))"
        case .stop(let stop): " stop \(PriceText.of(stop.double))"
        case .stopLimit(let stop, let limit): " stop \(PriceText.of(stop.double)) limit \(PriceText.of(limit.double))"
        case .trailingStop(let stop, _): " trailing stop" + (stop.map { " \(PriceText.of($0.double))" } ?? "")
        }
    }

    private func text(_ fill: Fill) -> String {
        "\(fill.side.rawValue.uppercased()) \(EventTail.text(fill.quantity)) \(universe.symbol(fill.instrument)) "
            + "at \(PriceText.of(fill.price.double))"
    }
}
