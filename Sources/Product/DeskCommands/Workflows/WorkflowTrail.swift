import Determinism
import WorkflowEngine
import WorkflowModel

/// What happened in the runs of a workflow.
struct WorkflowTrail: Sendable {
    static let schema = ValueSchema.named(
        "WorkflowTrail",
        .object([
            .init("success", .boolean), .init("workflow_id", .text),
            .init("execution_id", .text.orNull, "The newest run that these are of"),
            .init("executions", .list(.text), "The runs that these are of, newest first"),
            .init("events", .list(EventAnswer.schema), "Oldest first"),
            .init("complete", .boolean, "Whether nothing was left out"),
        ]))

    let workflow: String
    let limit: Int

    /// The newest events since a moment, run by run.
    func value(_ workflows: WorkflowServices, since start: String?) throws -> Value {
        _ = try workflows.definition(workflow)
        let since = try start.map(moment)
        var (events, runs, isComplete): ([Value], [String], Bool) = ([], [], true)
        for run in try newest(workflows) {
            if let since, (run.finished ?? .init(nanoseconds: .max)) < since { continue }
            guard events.count < limit else {
                isComplete = false
                break
            }
            let found = try eventsOf(run, workflows).filter { $0.0 >= since ?? Timestamp(nanoseconds: .min) }
            guard !found.isEmpty else { continue }
            isComplete = isComplete && found.count <= limit - events.count
            runs.append(run.run.text)
            events.insert(contentsOf: found.suffix(limit - events.count).map(\.1), at: 0)
        }
        return [
            "success": true, "workflow_id": .text(workflow), "execution_id": Value(runs.first),
            "executions": .texts(runs), "events": .list(events), "complete": .boolean(isComplete),
        ]
    }

    private func newest(_ workflows: WorkflowServices) throws -> [RunSummary] {
        let runs = try workflows.journal.openRuns() + workflows.journal.finishedRuns(limit: 1000)
        return runs.filter { $0.header.workflow == workflow }.sorted { ($1.started, $1.run) < ($0.started, $0.run) }
    }

    private func eventsOf(_ run: RunSummary, _ workflows: WorkflowServices) throws -> [(Timestamp, Value)] {
        try workflows.journal.history(of: run.run).enumerated().map { place, event in
            (event.time, EventAnswer.value(event, of: run.run, number: Int64(place + 1)))
        }
    }

    private func moment(_ text: String) throws(CommandProblem) -> Timestamp {
        guard let moment = Timestamp(text) else {
            throw .invalid([FieldFault("start_time", "must be a time such as 2026-01-02T14:00:00Z")])
        }
        return moment
    }
}
