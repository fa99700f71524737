import Determinism
import RiskControl
import Synchronization
import Telemetry
import TradingDesk
import TradingModel

/// A display that also writes to the log what an operator looks for there: verdicts, fills, halts and interventions;
/// and alerts, where somebody is to hear of it.
final class LoggedDisplay: Display {
    private let display: any Display
    private let log: Log
    private let run: String
    private let alerts: AlertDesk?
    private let origins = Mutex(OrderOrigins())

    init(_ display: any Display, _ log: Log, run: String, alerts: AlertDesk? = nil) {
        self.alerts = alerts
        self.display = display
        self.log = log
        self.run = run
    }

    func begin(_ plan: DeskPlan, isResumed: Bool) throws {
        log.info(
            isResumed ? "the run goes on" : "the run begins",
            ["run": .text(run), "simulated": .bool(plan.isSimulated), "instruments": LogValue(plan.universe.count)])
        try display.begin(plan, isResumed: isResumed)
    }

    func show(_ events: [DeskEvent], _ state: DeskState) throws {
        if log.isEnabled(.info) {
            for event in events {
                origins.withLock { $0.note(event) }
                tell(event)
            }
        }
        for event in events { Alert(event).map { alerts?.take($0) } }
        try display.show(events + unshown, state)
    }

    func settle(_ state: DeskState) throws {
        let unshown = unshown
        if !unshown.isEmpty { try display.show(unshown, state) }
        try display.settle(state)
    }

    /// What workflows beside the desk call a person for.
    private var unshown: [DeskEvent] { (alerts?.takeUnshown() ?? []).map(DeskEvent.workflow) }

    func finish(_ summary: DeskSummary, isComplete: Bool) throws {
        log.info(isComplete ? "the run came to its end" : "the run stops", ["run": .text(run)])
        try display.finish(summary, isComplete: isComplete)
    }

    private func tell(_ event: DeskEvent) {
        switch event {
        case .halted(let reason, let time):
            log(at: time) { log.warning("trading is halted", ["reason": LogValue(reason.description)]) }
        case .pipelineFailed(let error, let time):
            log(at: time) { log.error("a node of the pipeline failed", ["error": .text(error)]) }
        case .verdict(let verdict, let time): log(at: time) { tell(verdict) }
        case .report(let report):
            log(at: origins.withLock { $0[report.order] } ?? report.time) {
                log.info("a broker reports", ["order": LogValue("\(report.order)")])
            }
        default: break
        }
    }

    private func tell(_ verdict: Verdict) {
        switch verdict {
        case .approved(let order, _): log.info("an order was approved", ["order": LogValue("\(order.order.id)")])
        case .refused(let refusal): log.info("an intent was refused", ["rule": LogValue(refusal.rule.rawValue)])
        }
    }

    /// Lines about a moment of the market carry its trace.
    private func log(at time: Timestamp, _ body: () -> Void) {
        guard let trace = TraceID(hex: DeskTrace.id(run: run, moment: time)) else { return body() }
        TraceContext.$current.withValue(TraceContext(root: trace)) { body() }
    }
}
