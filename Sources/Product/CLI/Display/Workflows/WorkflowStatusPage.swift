import Configuration
import Determinism
import TradingDesk
import Triggers
import WorkflowEngine
import WorkflowModel

/// How the engine, a workflow and its triggers stand, for people.
enum WorkflowStatusPage {
    static func system(
        _ report: SystemReport, _ open: [RunSummary], holder: Int32?, _ console: Console, _ now: Timestamp
    ) -> [String] {
        let statistics = report.statistics
        let since = report.started.map { ", for \(NumberText.span(max(.zero, now - $0)))" } ?? ""
        let state = holder.map { "\(console.style("running", .green)), process \($0)\(since)" } ?? "not running"
        var lines = [
            "engine      \(state)",
            "runs        \(report.active) open, \(statistics.completed) completed, \(statistics.failed) failed",
            "tasks       \(NumberText.grouped(statistics.completedTasks)) completed, "
                + "\(seconds(statistics.averageTaskDuration)) each on average",
            "success     \(NumberText.percent(statistics.successRate))",
            "agents      \(report.agents.isEmpty ? "none named" : report.agents.joined(separator: ", "))",
        ]
        guard !open.isEmpty else { return lines }
        var table = Table([.text("open run"), .text("workflow"), .number("version"), .text("began"), .text("cause")])
        for run in open {
            table.add([
                "\(run.run)", "\(run.header.workflow)", "\(run.header.version)",
                "\(NumberText.span(max(.zero, now - run.started))) ago", "\(run.header.cause ?? "-")",
            ])
        }
        lines += [""] + table.lines(width: console.profile.width, style: console.style)
        return lines
    }

    static func workflow(
        _ stored: StoredDefinition, _ plan: WorkflowPlan, _ open: [RunSummary], _ console: Console
    ) -> [String] {
        let runs = open.map { "\($0.run) (version \($0.header.version))" }
        return [
            "\(console.style(stored.name.escapingControls, .bold)) version \(stored.version), active: "
                + "\(plan.tasks.count) tasks, priority \(plan.definition.priority.name)",
            "open runs   \(runs.isEmpty ? "none" : runs.joined(separator: ", "))",
        ]
    }

    static func triggers(_ triggers: [TriggerStatus], _ console: Console) -> [String] {
        guard !triggers.isEmpty else { return ["triggers    none: only a person starts it"] }
        var lines: [String] = []
        for trigger in triggers {
            let paused = trigger.paused ? console.style("  PAUSED", .yellow, .bold) : ""
            lines.append("trigger     \(console.style(trigger.name.escapingControls, .bold))\(paused)")
            let looked = trigger.lastEvaluation.map { "\($0)" } ?? "never"
            lines.append("  looked    \(looked); \(trigger.evaluations) times, fired \(trigger.firings) times")
            if let firing = trigger.lastFiring {
                lines.append("  fired     \(firing.time): \(firing.cause)".escapingControls)
            }
            if let reason = trigger.notFiredBecause { lines.append("  not fired \(reason)".escapingControls) }
            if let compared = compared(trigger) { lines.append("  compared  \(compared)".escapingControls) }
            if let next = trigger.nextScheduled { lines.append("  next      \(next)") }
        }
        return lines
    }

    /// What a trigger saw last beside its threshold; nil where it never looked at any.
    private static func compared(_ trigger: TriggerStatus) -> String? {
        guard let time = trigger.checkedAt else { return nil }
        let reference = trigger.reference.map { ", from \(NumberText.decimal($0, decimals: 4))" } ?? ""
        let (value, threshold) = (words(trigger.lastValue) ?? "nothing that counts", words(trigger.threshold) ?? "none")
        return "\(value) with the threshold \(threshold)\(reference), at \(time)"
    }

    private static func words(_ value: Value) -> String? {
        value.text ?? value.number.map { NumberText.decimal($0, decimals: 4) }
    }

    /// Milliseconds below a second, so that quick work shows.
    static func seconds(_ duration: Duration?) -> String {
        guard let duration else { return "-" }
        let seconds = duration.asSeconds
        return seconds < 1 ? "\(NumberText.decimal(seconds * 1000, decimals: 1)) ms" : NumberText.span(duration)
    }
}
