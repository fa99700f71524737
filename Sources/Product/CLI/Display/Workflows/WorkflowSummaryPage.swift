import Configuration
import Determinism
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// What a run came to, for people.
enum WorkflowSummaryPage {
    static func lines(_ report: RunReport, _ style: Styler) -> [String] {
        let word = report.outcome.map { style(report.status, $0.status == .completed ? .green : .red, .bold) }
        let counts = report.taskSummary.filter { $0.key != "total" }.sorted { $0.key < $1.key }
            .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let span = report.duration.map { " in \(WorkflowStatusPage.seconds($0))" } ?? ""
        var lines = [
            "\(word ?? report.status)\(span): \(counts)  (\(report.run))"
        ]
        guard let outcome = report.outcome else { return lines }
        if let reason = outcome.reason { lines.append("  \(reason.escapingControls)") }
        lines += outcome.failures.map { failure in
            let tries = failure.attempts == 1 ? "" : " after \(failure.attempts) tries"
            return "  \(style("failed", .red))\(tries): \(failure.task): \(failure.error.escapingControls)"
        }
        lines += outcome.blocked.map { "  not done: \($0.task), because '\($0.because)' was not" }
        if !outcome.compensated.isEmpty {
            lines.append("  undone, in this order: \(outcome.compensated.joined(separator: ", "))")
        }
        lines += outcome.uncompensated.map {
            "  \(style("could not be undone", .red, .bold)): \($0.task): \($0.error); a person must look at it"
        }
        return lines
    }
}
