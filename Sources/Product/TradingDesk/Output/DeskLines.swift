import Analysis
import Determinism
public import Foundation
import RiskControl
import TradingModel
import WorkflowEngine
import WorkflowModel

/// Writes what happens as one JSON object a line, the same for every interface that programs read.
///
/// Keys are in snake case and in order; amounts of orders and fills are decimal text.
public struct DeskLines: Sendable {
    private let universe: Universe
    private let isSimulated: Bool

    /// Lines of a run.
    public init(_ plan: DeskPlan) {
        universe = plan.universe
        isSimulated = plan.isSimulated
    }

    /// The object of an event, without a line end; nil for events that programs are not told of.
    public func line(_ event: DeskEvent) throws -> Data? {
        switch event {
        case .slice: nil
        case .dayStarted(let date, let equity): try encode("day_started", Day(date: date, equity: equity))
        case .dayEnded(let date, let equity): try encode("day_ended", Day(date: date, equity: equity))
        case .recommendation(let advice, let time): try encode("recommendation", advice, at: time)
        case .pipelineFailed(let error, let time): try encode("pipeline_failed", ["error": error], at: time)
        case .verdict(let verdict, let time): try encode("verdict", VerdictRecord(verdict, universe), at: time)
        case .report(let report): try line(report)
        case .charged(let charge): try encode("charge", ChargeRecord(charge, universe))
        case .halted(let reason, let time): try encode("halted", ["reason": reason.description], at: time)
        case .controlled(let command, let time): try encode("control", Control(command), at: time)
        case .workflow(let event): try encode(event.kind.rawValue, Workflow(event), at: event.time)
        }
    }

    /// The last line of a run.
    public func line(_ summary: DeskSummary) throws -> Data {
        try encoder.encode(summary)
    }

    private struct Workflow: Encodable {
        let run: RunID?
        let subject: String?
        let detail: Value?

        init(_ event: OrchestrationEvent) {
            (run, subject) = (event.run, event.subject)
            detail = event.detail == .null ? nil : event.detail
        }
    }

    private struct Control: Encodable {
        let command: String
        let reason: String?
        let by: String?
        let order: OrderTicket?

        init(_ control: DeskControl) {
            by = control.by
            order = if case .order(let ticket) = control.action { ticket } else { nil }
            switch control.action {
            case .halt(let reason): (command, self.reason) = ("halt", reason)
            case .resume(let reason): (command, self.reason) = ("resume", reason)
            case .reduceOnly(let reason): (command, self.reason) = ("reduce-only", reason)
            case .flatten(let reason): (command, self.reason) = ("flatten", reason)
            case .order(let ticket): (command, reason) = ("order", ticket.reason)
            case .proposal: (command, reason) = ("proposal", nil)
            case .limits(_, let reason): (command, self.reason) = ("limits", reason)
            }
        }
    }

    private struct Day: Encodable {
        let date: CivilDate
        let equity: Money
    }

    private func line(_ report: OrderReport) throws -> Data {
        if case .filled(let fill, let note) = report.outcome {
            return try encode("fill", FillRecord(fill, note: note, profit: nil, universe))
        }
        return try encode("order", ReportRecord(report, isUnmatched: false, universe), at: report.time)
    }

    /// Puts the type, the time and, where prices are made up, the word for it beside the body's own keys.
    private struct Typed<Body: Encodable>: Encodable {
        let type: String
        let time: Timestamp?
        let simulated: Bool?
        let body: Body

        private enum CodingKeys: String, CodingKey {
            case type, time, simulated
        }

        func encode(to encoder: any Encoder) throws {
            try body.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(type, forKey: .type)
            try container.encodeIfPresent(time, forKey: .time)
            try container.encodeIfPresent(simulated, forKey: .simulated)
        }
    }

    private func encode(_ type: String, _ body: some Encodable, at time: Timestamp? = nil) throws -> Data {
        try encoder.encode(Typed(type: type, time: time, simulated: isSimulated ? true : nil, body: body))
    }

    private var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.userInfo[.universe] = universe
        return encoder
    }
}
