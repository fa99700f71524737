import Determinism
import Synchronization
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// What never changes of a home's workflows and is read once: what kept versions say, and what ended runs came to.
final class WorkflowMemory: Sendable {
    private struct Version: Hashable {
        let name: String
        let number: Int
    }

    private struct State {
        var plans: [Version: WorkflowPlan] = [:]
        var ended = WorkflowMemory.nothing
        var seen: Set<RunID> = []
    }

    private static let nothing = ExecutionStatistics(
        from: Timestamp(nanoseconds: .min), until: Timestamp(nanoseconds: .max))

    /// How many ended runs in a row must be known before older ones are taken to be known too.
    private static let enough = 64

    private let state = Mutex(State())

    /// What a kept version says.
    func plan(_ stored: StoredDefinition, _ library: DefinitionLibrary) throws -> WorkflowPlan {
        let version = Version(name: stored.name, number: stored.version)
        if let known = state.withLock({ $0.plans[version] }) { return known }
        let plan = try library.plan(stored)
        state.withLock { $0.plans[version] = plan }
        return plan
    }

    /// The statistics of all runs. Cost: the open runs, and those that ended since it was last asked.
    func statistics(_ journal: any Journal) throws -> ExecutionStatistics {
        let new = try unseen(journal).map { (run: $0, history: try journal.history(of: $0)) }
        var statistics = state.withLock { state in
            for entry in new where state.seen.insert(entry.run).inserted { state.ended.add(entry.run, entry.history) }
            return state.ended
        }
        for run in try journal.openRuns() { statistics.add(run.run, try journal.history(of: run.run)) }
        return statistics
    }

    /// Ended runs that are not counted yet.
    private func unseen(_ journal: any Journal) throws -> [RunID] {
        var limit = 2 * WorkflowMemory.enough
        while true {
            let runs = try journal.finishedRuns(limit: limit).map(\.run)
            let new = state.withLock { state in runs.map { !state.seen.contains($0) } }
            let isEnough = runs.count < limit || !new.suffix(WorkflowMemory.enough).contains(true)
            guard !isEnough, limit < ExecutionStatistics.mostRuns else {
                return zip(runs, new).filter(\.1).map(\.0)
            }
            limit *= 4
        }
    }
}

extension WorkflowServices {
    /// What a kept version says.
    func plan(_ stored: StoredDefinition) throws -> WorkflowPlan { try memory.plan(stored, library) }

    /// How the engine stands, by what is known already as far as that goes.
    func systemReport(at time: Timestamp) throws -> SystemReport {
        let plans = try library.newest().map(plan)
        return try SystemReport(
            journal, of: plans, memory.statistics(journal), isRunning: holder() != nil, at: time)
    }
}
