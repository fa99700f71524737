import Determinism
import Synchronization

/// A journal that ends with the process: for backtests, and for tests.
public final class InMemoryJournal: Journal {
    fileprivate struct Run {
        let header: RunHeader
        let started: Timestamp
        var events: [RunEvent]
        var end: (time: Timestamp, outcome: RunOutcome)?
    }

    fileprivate struct State {
        var runs: [RunID: Run] = [:]
        var open: [RunID] = []
        var finished: [RunID] = []
    }

    private let state = Mutex(State())

    /// A journal without runs.
    public init() {}

    public func append(_ events: [RunEvent], to run: RunID, after count: Int) throws {
        try state.withLock { try $0.append(events, to: run, after: count) }
    }

    public func history(of run: RunID) throws -> [RunEvent] {
        state.withLock { $0.runs[run]?.events ?? [] }
    }

    public func openRuns() throws -> [RunSummary] {
        state.withLock { state in state.open.compactMap { state.summary(of: $0) } }
    }

    public func finishedRuns(limit: Int) throws -> [RunSummary] {
        state.withLock { state in state.finished.suffix(max(0, limit)).reversed().compactMap { state.summary(of: $0) } }
    }

    @discardableResult
    public func prune(keepingNewest count: Int) throws -> Int {
        state.withLock { state in
            let forgotten = state.finished.dropLast(max(0, count))
            for run in forgotten { state.runs[run] = nil }
            state.finished.removeFirst(forgotten.count)
            return forgotten.count
        }
    }
}

extension InMemoryJournal.State {
    fileprivate mutating func append(_ events: [RunEvent], to run: RunID, after count: Int) throws {
        if runs[run] == nil, count == 0 { try begin(run, with: events.first) }
        let found = runs[run]?.events.count ?? 0
        let isFinished = runs[run]?.end != nil
        guard found == count, !isFinished else {
            throw JournalError.conflict(run, expected: count, found: found, finished: isFinished)
        }
        runs[run]?.events += events
        guard let last = events.last, case .runFinished(let outcome) = last.fact else { return }
        runs[run]?.end = (last.time, outcome)
        finished.append(run)
        if let place = open.lastIndex(of: run) { open.remove(at: place) }
    }

    private mutating func begin(_ run: RunID, with event: RunEvent?) throws {
        guard let event else { return }
        guard case .runStarted(let header) = event.fact else {
            throw JournalError(.conflict, "the run '\(run)' is unknown and cannot begin with \(event.fact)")
        }
        runs[run] = InMemoryJournal.Run(header: header, started: event.time, events: [])
        open.append(run)
    }

    fileprivate func summary(of id: RunID) -> RunSummary? {
        guard let run = runs[id] else { return nil }
        return RunSummary(
            run: id, header: run.header, started: run.started, finished: run.end?.time, outcome: run.end?.outcome)
    }
}
