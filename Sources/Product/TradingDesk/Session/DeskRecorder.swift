import Determinism
import Foundation
import RiskControl
import TradingEngine
import TradingModel

/// Turns the steps of a loop into records and events; records are kept before any order leaves.
struct DeskRecorder: StepRecorder {
    let universe: Universe
    let coder: CanonicalCoder
    let log: any DecisionLog
    private(set) var pending: [DecisionRecord] = []
    /// What happened since the events were last taken.
    var events: [DeskEvent] = []
    var counts = DeskCounts()
    private var fills: [Fill] = []
    private var charges: [Charge] = []
    /// Who asked for what is being done, and under which name.
    private var (asker, request): (String?, String?) = (nil, nil)

    init(universe: Universe, coder: CanonicalCoder, log: any DecisionLog) {
        self.universe = universe
        self.coder = coder
        self.log = log
    }

    mutating func add(_ kind: DecisionRecord.Kind, at time: Timestamp, _ body: some Encodable, _ subjects: [String])
        throws
    {
        pending.append(DecisionRecord(kind: kind, time: time, body: try coder.encode(body), subjects: subjects))
    }

    /// Records what somebody asked; decisions carry who it was until `endControl`.
    mutating func begin(_ control: DeskControl, at time: Timestamp) throws {
        try add(.control, at: time, control, [control.request].compactMap(\.self))
        events.append(.controlled(control, at: time))
        (asker, request) = (control.by, control.request)
    }

    mutating func endControl() {
        (asker, request) = (nil, nil)
    }

    /// The output stands in the record as it stands in the journal, byte for byte.
    mutating func addNode(_ name: String, output: Data, of run: String, at time: Timestamp) {
        var body = Data(#"{"node":"\#(name)","output":"#.utf8)
        body += output
        body += Data(#","run":"\#(run)"}"#.utf8)
        pending.append(DecisionRecord(kind: .node, time: time, body: body, subjects: [run]))
    }

    private struct Failure: Encodable {
        let error: String
        let run: String
    }

    mutating func addFailure(_ error: String, of run: String, at time: Timestamp) throws {
        try add(.node, at: time, Failure(error: error, run: run), [run])
        events.append(.pipelineFailed(error, at: time))
    }

    mutating func takeEvents() -> [DeskEvent] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    mutating func takeFills() -> [Fill] {
        defer { fills.removeAll(keepingCapacity: true) }
        return fills
    }

    mutating func takeCharges() -> [Charge] {
        defer { charges.removeAll(keepingCapacity: true) }
        return charges
    }

    mutating func makeDurable() throws {
        guard !pending.isEmpty else { return }
        try log.append(pending)
        pending.removeAll(keepingCapacity: true)
    }

    mutating func record(_ step: EngineStep) throws {
        switch step.event {
        case .report(let report): try record(report, step)
        case .charge(let charge): try record(charge, step)
        case .market(let market): try recordDecision(step, trigger: trigger(of: market), run: nil)
        case .proposal(let proposal): try recordDecision(step, trigger: "proposal", run: proposal.run)
        case .control:
            try recordDecision(step, trigger: "control", run: nil)
        }
        if let halt = step.halt { events.append(.halted(halt, at: step.event.time)) }
    }

    private func trigger(of event: MarketEvent) -> String {
        switch event {
        case .bar(let id, _): "bar \(universe.symbol(id))"
        case .quote(let id, _): "quote \(universe.symbol(id))"
        case .trade(let id, _): "trade \(universe.symbol(id))"
        case .dayStarted(let date, _): "day \(date) started"
        case .dayEnded(let date, _): "day \(date) ended"
        }
    }

    private struct Decision: Encodable {
        /// Who asked for it; nil where nobody did.
        let by: String?
        let step: UInt64
        let trigger: String
        let run: String?
        let verdicts: [VerdictRecord]
        let cancels: [OrderID]
        let halt: String?
    }

    private mutating func recordDecision(_ step: EngineStep, trigger: String, run: String?) throws {
        guard !step.isQuiet || run != nil else { return }
        let time = step.event.time
        let body = Decision(
            by: asker, step: step.sequence, trigger: trigger, run: run,
            verdicts: step.verdicts.map { VerdictRecord($0, universe) }, cancels: step.cancels,
            halt: step.halt?.description)
        let orders = step.orders.map(\.order.id.description) + step.cancels.map(\.description)
        try add(.decision, at: time, body, orders + [run ?? request].compactMap(\.self))
        counts.orders += step.orders.count
        counts.refusals += step.verdicts.count - step.orders.count
        events += step.verdicts.map { .verdict($0, at: time) }
    }

    private mutating func record(_ charge: Charge, _ step: EngineStep) throws {
        try add(.charge, at: charge.time, ChargeRecord(charge, universe), [])
        charges.append(charge)
        events.append(.charged(charge))
        if !step.isQuiet {
            try recordDecision(step, trigger: "charge \(universe.symbol(charge.instrument))", run: nil)
        }
    }

    private mutating func record(_ report: OrderReport, _ step: EngineStep) throws {
        let body = ReportRecord(report, isUnmatched: step.isUnmatched, profit: step.realisedProfit, universe)
        var subjects = [report.order.description]
        if case .exitPlaced(let exit) = report.outcome { subjects.append(exit.id.description) }
        try add(.report, at: report.time, body, subjects)
        if case .filled(let fill, _) = report.outcome, !step.isUnmatched {
            counts.fills += 1
            fills.append(fill)
        }
        events.append(.report(report))
        if !step.isQuiet { try recordDecision(step, trigger: "report \(report.order)", run: nil) }
    }
}

/// How often what happened.
public struct DeskCounts: Sendable, Hashable, Codable {
    /// Bars handled, warm-up apart.
    public internal(set) var bars = 0
    /// Recommendations other than HOLD.
    public internal(set) var recommendations = 0
    /// Orders sent; exits that the broker placed by itself apart.
    public internal(set) var orders = 0
    /// Fills booked.
    public internal(set) var fills = 0
    /// Intents that the risk gate refused.
    public internal(set) var refusals = 0
    /// Pipeline runs finished.
    public internal(set) var runs = 0
}
