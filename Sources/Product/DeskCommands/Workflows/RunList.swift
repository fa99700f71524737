import Determinism
import TradingDesk
public import WorkflowEngine
public import WorkflowModel

/// Runs, those that began last first: what begins or ends in the meantime moves none of them.
struct RunList: Sendable {
    let workflows: WorkflowServices
    let workflow: String?
    let status: String?

    func page(_ request: PageRequest) throws -> Value {
        let start = try request.numberAndText()
        let runs = try matching().sorted { ($1.started, $1.run) < ($0.started, $0.run) }
        let rest = runs.drop { run in
            guard let start else { return false }
            return (run.started.nanoseconds, run.run.text) >= (start.number, start.text)
        }
        let page = rest.prefix(request.limit)
        let items = page.map { RunAnswer.item($0, try? workflows.report($0)) }
        let last = page.endIndex < rest.endIndex ? page.last : nil
        return try request.page(items, endingAt: last.map { [Value($0.started.nanoseconds), .text($0.run.text)] })
    }

    private func matching() throws -> [RunSummary] {
        let isOpen = status == "running" || status == "waiting"
        let open = status == nil || isOpen ? try workflows.journal.openRuns() : []
        let ended = isOpen ? [] : try workflows.journal.finishedRuns(limit: ExecutionStatistics.mostRuns)
        return (open + ended).filter { run in
            (workflow == nil || run.header.workflow == workflow) && fits(run)
        }
    }

    private func fits(_ run: RunSummary) -> Bool {
        guard status == "waiting" else { return status == nil || (run.outcome?.status.rawValue ?? "running") == status }
        return (try? workflows.report(run)).map { !RunAnswer.approvals($0).isEmpty } ?? false
    }
}

/// A run's history as programs read it.
public enum HistoryAnswer {
    /// The run with everything that happened in it, oldest first.
    public static func value(_ run: RunSummary, _ events: [RunEvent]) -> Value {
        [
            "execution_id": .text(run.run.text), "workflow_id": .text(run.header.workflow),
            "version": Value(run.header.version),
            "events": .list(
                events.enumerated().map { place, event in
                    EventAnswer.value(event, of: run.run, number: Int64(place + 1))
                }),
        ]
    }
}
