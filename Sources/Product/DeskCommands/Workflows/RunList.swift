import Determinism
import TradingDesk
public import WorkflowEngine
public import WorkflowModel

/// Runs, those that began last first: what begins or ends in the meantime moves none of them.
///
/// Cost: the runs of the page and, where only some are wanted, those between them.
struct RunList: Sendable {
    let workflows: WorkflowServices
    let workflow: String?
    let status: String?

    /// How many are read at a time where not every one may be wanted.
    private static let batch = 200

    func page(_ request: PageRequest) throws -> Value {
        let start = try request.text().map { RunID($0) }
        if let start, try workflows.journal.summary(of: start) == nil { throw PageRequest.refusal }
        // One more than is shown tells whether there are more.
        let found = try runs(before: start, limit: request.limit + 1)
        let page = found.prefix(request.limit)
        let items = page.map { RunAnswer.item($0, workflows.reading($0)) }
        let last = page.count < found.count ? page.last : nil
        return try request.page(items, endingAt: last.map { [.text($0.run.text)] })
    }

    private func runs(before start: RunID?, limit: Int) throws -> [RunSummary] {
        var (found, place): ([RunSummary], RunID?) = ([], start)
        while found.count < limit {
            let size = isExact ? limit : RunList.batch
            let batch = try workflows.journal.runs(begunBefore: place, of: workflow, kind, limit: size)
            found += batch.filter(fits)
            guard batch.count == size else { break }
            place = batch.last?.run
        }
        return Array(found.prefix(limit))
    }

    private var kind: RunKind {
        switch status {
        case nil: .all
        case "running", "waiting": .open
        default: .finished
        }
    }

    /// Whether every run of the kind is wanted.
    private var isExact: Bool { status == nil || status == "running" }

    private func fits(_ run: RunSummary) -> Bool {
        switch status {
        case nil, "running": return true
        case "waiting":
            // Where a run cannot be read a person is needed too.
            guard case .success(let report) = workflows.reading(run) else { return true }
            return !RunAnswer.approvals(report).isEmpty
        default: return run.outcome?.status.rawValue == status
        }
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
