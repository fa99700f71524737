import Determinism
import TradingDesk
import Triggers
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// The workflows that are kept.
struct WorkflowList: Sendable {
    private let workflows: WorkflowServices

    init(_ workflows: WorkflowServices) {
        self.workflows = workflows
    }

    /// The newest version of each, by name.
    func items() throws -> [Value] {
        let facts = try facts()
        return try workflows.library.newest().map { try item($0, facts) }
    }

    /// One with its document, versions and triggers.
    func full(_ stored: StoredDefinition, at time: Timestamp) throws -> Value {
        let plan = try workflows.plan(stored)
        let open = try workflows.journal.openRuns().filter { $0.header.workflow == stored.name }
        let triggers = try TriggerRoster.stored(plan, workflows.journal, at: time).status
        return try item(stored, facts()).adding([
            "triggers": .list(triggers.map(TriggerAnswer.value)), "document": .text(stored.document),
            "format": .text(stored.format.rawValue),
            "versions": WorkflowAnswer.versions(try workflows.library.versions(of: stored.name)),
            "executions": .texts(open.map(\.run.text)),
        ])
    }

    private struct Facts {
        var open: [String: Int] = [:]
        var last: [String: RunSummary] = [:]
        var metadata: [String: [UInt8]] = [:]
    }

    private func facts() throws -> Facts {
        var facts = Facts()
        for run in try workflows.journal.openRuns() { facts.open[run.header.workflow, default: 0] += 1 }
        // The newest come first, and only the last of each counts.
        for run in try workflows.journal.finishedRuns(limit: 1000) where facts.last[run.header.workflow] == nil {
            facts.last[run.header.workflow] = run
        }
        facts.metadata = try workflows.journal.values(of: WorkflowMetadata.kind)
        return facts
    }

    private func item(_ stored: StoredDefinition, _ facts: Facts) throws -> Value {
        let plan = try workflows.plan(stored)
        let open = facts.open[stored.name] ?? 0
        let last = facts.last[stored.name].map { run -> Value in
            [
                "execution_id": .text(run.run.text), "status": .text(run.outcome?.status.rawValue ?? "running"),
                "finished_at": Value(run.finished),
            ]
        }
        return WorkflowAnswer.value(stored, plan, openRuns: open, steps: workflows.steps).adding([
            "metadata": facts.metadata[stored.name].flatMap { try? Value(json: $0) } ?? .null,
            "last_run": last ?? .null, "triggers": Value(plan.definition.triggers.count),
            "trigger_names": .texts(
                try TriggerRoster.stored(plan, workflows.journal, at: Timestamp(nanoseconds: 0)).machines.map(\.name)),
        ])
    }

    /// The graph, with the states of a run: the one that is named, else the latest open one.
    func graph(_ name: String, version: Int?, run: String?) throws -> Value {
        let open = try workflows.journal.openRuns().last { run in
            run.header.workflow == name && (version == nil || run.header.version == version)
        }
        guard let shown = try run.map({ try workflows.run($0) }) ?? open else {
            return GraphAnswer.value(
                try workflows.plan(workflows.definition(name, version: version)), nil)
        }
        guard shown.header.workflow == name else {
            throw CommandProblem.invalid([
                FieldFault("run", "follows '\(shown.header.workflow)', not '\(name)'")
            ])
        }
        let machine = try workflows.report(shown).machine
        return GraphAnswer.value(machine.plan, machine)
    }
}

/// What callers keep beside a workflow.
enum WorkflowMetadata {
    /// The kind of state it is kept as.
    static let kind = "workflow-metadata"
}
