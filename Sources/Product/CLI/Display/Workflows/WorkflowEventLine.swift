import Configuration
import Determinism
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// One event of a run on one line for people.
enum WorkflowEventLine {
    /// `14:02:11.480  task_completed  place_order  {"status":"not_sent"}`, with the run where several are shown.
    static func text(_ event: RunEvent, run: RunID?, _ style: Styler, width: Int) -> String {
        let name = EventRecord.name(of: event.fact)
        let time = clock(event.time)
        let start = [run?.text, time].compactMap(\.self).joined(separator: "  ")
        let room = max(10, width - start.count - 22)
        let told = TextWidth.truncated(detail(event.fact).escapingControls, to: room)
        let padded = name.padding(20)
        return "\(start)  \(paint(padded, event.fact, style))\(told)"
    }

    /// The time of day with milliseconds, UTC.
    static func clock(_ time: Timestamp) -> String {
        let milliseconds = time.nanosecondsOfDay / 1_000_000
        func digits(_ number: Int64, _ width: Int) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let seconds = milliseconds / 1000
        return "\(digits(seconds / 3600, 2)):\(digits(seconds / 60 % 60, 2)):\(digits(seconds % 60, 2))"
            + ".\(digits(milliseconds % 1000, 3))"
    }

    private static func paint(_ text: String, _ fact: RunEvent.Fact, _ style: Styler) -> String {
        switch fact {
        case .taskFailed, .taskTimedOut, .runTimedOut, .stageTimedOut: style(text, .red)
        case .runFinished(let outcome): style(text, outcome.status == .completed ? .green : .red, .bold)
        case .taskRetrying, .taskSkipped, .taskCancelled, .cancelRequested: style(text, .yellow)
        case .taskCompleted: style(text, .green)
        case .runStarted: style(text, .bold)
        default: text
        }
    }

    /// What happened, beside its name and time.
    static func detail(_ fact: RunEvent.Fact) -> String {
        switch fact {
        case .runStarted(let header):
            return "\(header.workflow) version \(header.version)\(header.isTest == true ? ", TEST MODE" : "")"
                + (header.cause.map { ", \($0)" } ?? "")
        case .runFinished(let outcome):
            return outcome.status.rawValue + (outcome.reason.map { ": \($0)" } ?? "")
        case .stageStarted(let stage, let round), .stageCompleted(let stage, let round),
            .stageTimedOut(let stage, let round):
            return round > 1 ? "\(stage), round \(round)" : stage
        case .taskStarted(let task, let attempt): return attempt > 1 ? "\(task), try \(attempt)" : task
        case .taskCompleted(let task, _, let output, let cached):
            return "\(task)\(cached ? " (taken over)" : "")  \(String(decoding: output, as: UTF8.self))"
        case .taskFailed(let task, let attempt, let failure):
            return "\(task), try \(attempt): \(failure.message)"
        case .taskTimedOut(let task, let attempt): return "\(task), try \(attempt): it took too long"
        case .taskRetrying(let task, let attempt, let moment): return "\(task), try \(attempt) at \(clock(moment))"
        case .taskCancelled(let task): return task
        case .taskSkipped(let task, let reason): return "\(task): \(EventRecord.words(of: reason))"
        case .cancelRequested(let reason): return reason
        case .runTimedOut: return ""
        case .runAdjusted(let adjustment): return adjustment.reason
        }
    }
}

extension String {
    /// The text with blanks up to a width.
    func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
