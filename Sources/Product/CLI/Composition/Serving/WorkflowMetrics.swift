import DeskCommands
import Determinism
import Synchronization
import TaskQueues
import Telemetry
import WorkflowEngine
import WorkflowModel

/// The workflows' figures for Prometheus; `docs/metrics.md` says what each means.
final class WorkflowMetrics: Sendable {
    /// A task that is under way.
    private struct Place: Hashable {
        let run: RunID
        let task: String
    }

    private let runs: MetricFamily<Counter>
    private let runSeconds: MetricFamily<Histogram>
    private let taskSeconds: MetricFamily<Histogram>
    private let begun = Mutex<[Place: Timestamp]>([:])
    private let kinds = Mutex<[RunID: [String: String]]>([:])
    private let journal: any Journal
    private let plan: @Sendable (RunSummary) throws -> WorkflowPlan

    /// Figures of workflows, which `note` keeps; the queues are counted whenever the figures are read.
    init(
        _ journal: any Journal, _ queues: any TaskQueue, in registry: MetricRegistry, time: any TimeSource,
        plan: @escaping @Sendable (RunSummary) throws -> WorkflowPlan
    ) throws {
        self.journal = journal
        self.plan = plan
        runs = try registry.counter("bellwether_workflow_runs_total", help: "Runs that ended.", labels: ["status"])
        runSeconds = try registry.histogram(
            "bellwether_workflow_run_seconds", help: "Time from a run's start to its end.", labels: ["workflow"])
        taskSeconds = try registry.histogram(
            "bellwether_task_seconds", help: "Time of an attempt at a task.", labels: ["type", "outcome"])
        try registry.observe("bellwether_queue_messages", help: "Messages on a queue.", labels: ["queue", "state"]) {
            WorkflowMetrics.messages(queues, at: time.now)
        }
    }

    /// Figures of a home's workflows.
    convenience init(_ home: WorkflowHome, in registry: MetricRegistry) throws {
        try self.init(home.journal, home.queues, in: registry, time: home.time) { try home.plan(of: $0).plan }
    }

    /// Counts what an event tells; throws where the run cannot be read.
    func note(_ event: OrchestrationEvent) throws {
        guard let run = event.run else { return }
        switch event.kind {
        case .workflowCompleted, .workflowFailed: try ended(run, event)
        case .taskStarted:
            guard let task = event.subject else { return }
            begun.withLock { $0[Place(run: run, task: task)] = event.time }
        case .taskCompleted: try finished(run, event, "completed")
        case .taskFailed: try finished(run, event, "failed")
        default: return
        }
    }

    private func ended(_ run: RunID, _ event: OrchestrationEvent) throws {
        defer {
            kinds.withLock { $0[run] = nil }
            begun.withLock { begun in begun = begun.filter { $0.key.run != run } }
        }
        guard let summary = try journal.summary(of: run) else { return }
        runs[summary.outcome?.status.rawValue ?? "unknown"].increment()
        runSeconds[summary.header.workflow].observe(event.time - summary.started)
    }

    private func finished(_ run: RunID, _ event: OrchestrationEvent, _ outcome: String) throws {
        guard let task = event.subject,
            let start = begun.withLock({ $0.removeValue(forKey: Place(run: run, task: task)) })
        else { return }
        taskSeconds[try kind(of: task, in: run), outcome].observe(event.time - start)
    }

    /// The type of a task's work.
    private func kind(of task: String, in run: RunID) throws -> String {
        if let known = kinds.withLock({ $0[run] }) { return known[task] ?? "other" }
        guard let summary = try journal.summary(of: run) else { return "other" }
        let tasks = try plan(summary).tasks
        let found = Dictionary(tasks.map { ($0.name, $0.definition.kind.word) }) { first, _ in first }
        kinds.withLock { $0[run] = found }
        return found[task] ?? "other"
    }

    /// None where the store cannot be read: the component `workflows` of the health report says why.
    private static func messages(_ queues: any TaskQueue, at time: Timestamp) -> [[String]: Double] {
        guard let report = try? queues.status(of: nil, including: nil, at: time) else { return [:] }
        var found: [[String]: Double] = [:]
        for queue in report.queues {
            let counts = [
                "available": queue.messagesAvailable, "in_flight": queue.messagesInFlight,
                "delayed": queue.messagesDelayed, "held_back": queue.messagesHeldBack, "dead": queue.deadLetters,
            ]
            for (state, count) in counts { found[[queue.name.text, state]] = Double(count) }
        }
        return found
    }
}
