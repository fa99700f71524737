import DeskCommands
import Determinism
import TradingDesk
import TradingModel
import WorkflowEngine
import WorkflowModel

/// What a running desk has to tell its streams, and what it told already.
struct DeskStream: Sendable {
    /// Records that were kept since the last telling; none while nobody follows.
    private var fresh: [ArchivedRecord] = []
    /// The bar that was told last of each instrument.
    private var quoted: [Symbol: Timestamp] = [:]
    /// The picture that positions and risk were told of last.
    private var told = -1
    private var origins = OrderOrigins()
    private let plan: DeskPlan
    private let run: String

    init(_ plan: DeskPlan, run: String) {
        (self.plan, self.run) = (plan, run)
    }

    /// Learns from an event at which moment an order was decided.
    mutating func note(_ event: DeskEvent) { origins.note(event) }

    /// Takes note of records that are kept now.
    mutating func note(_ more: [ArchivedRecord]) { fresh += more }

    /// What the records since the last time tell.
    mutating func takeRecords() -> [ArchivedRecord] {
        defer { fresh.removeAll(keepingCapacity: true) }
        return fresh
    }

    /// What records tell.
    func values(of records: [ArchivedRecord]) -> [RecordEvents.Told] {
        let events = RecordEvents(run: run, isSimulated: plan.isSimulated) { [origins] order in
            OrderID(order).flatMap { origins[$0] }
        }
        return records.flatMap(events.of)
    }

    /// What an event tells beside the records: recommendations and workflows.
    func value(of event: DeskEvent) -> RecordEvents.Told? {
        switch event {
        case .recommendation(let advice, let time):
            let signal = DeskPicture.Signal(advice, at: time, in: plan)
            return (.signals, signal.value(deskRun: run, isSimulated: plan.isSimulated))
        case .workflow(let event): return (.workflows, DeskStream.value(of: event))
        default: return nil
        }
    }

    /// A workflow's event as streams show it.
    static func value(of event: OrchestrationEvent, workflow: String? = nil) -> Value {
        [
            "event": .text(event.kind.rawValue), "time": .text("\(event.time)"),
            "run": event.run.map { .text($0.text) } ?? .null, "subject": event.subject.map(Value.text) ?? .null,
            "workflow": workflow.map(Value.text) ?? .null, "detail": event.detail,
        ]
    }

    /// The quotes of a picture that are newer than what was told.
    mutating func takeQuotes(_ picture: DeskPicture) -> [DeskPicture.Quote] {
        picture.quotes.filter { quote in
            guard quoted[quote.symbol] != quote.bar.end else { return false }
            quoted[quote.symbol] = quote.bar.end
            return true
        }
    }

    /// Whether the account has changed since it was told.
    mutating func isNews(_ picture: DeskPicture) -> Bool {
        defer { told = picture.moments }
        return told != picture.moments
    }
}
