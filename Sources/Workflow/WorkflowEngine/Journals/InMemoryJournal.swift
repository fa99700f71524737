import Determinism
import Synchronization
public import TaskQueues
public import WorkflowModel

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
        var values: [StateKey: [UInt8]] = [:]
    }

    private let state = Mutex(State())

    /// The queues that change together with the runs.
    public let queue: InMemoryTaskQueue

    /// A journal without runs, over queues.
    public init(_ queue: InMemoryTaskQueue = InMemoryTaskQueue()) {
        self.queue = queue
    }

    public func commit(_ batch: JournalBatch) throws {
        try state.withLock { state in
            for append in batch.appends { try state.check(append) }
            // The queues' lock is taken within this one, never the other way round.
            try queue.applyHeld(batch.queueChanges, at: batch.time)
            for append in batch.appends { state.append(append) }
            for (key, value) in batch.states { state.values[key] = value }
        }
    }

    public func value(of key: StateKey) throws -> [UInt8]? {
        state.withLock { $0.values[key] }
    }

    public func values(of kind: String) throws -> [String: [UInt8]] {
        state.withLock { state in
            let found = state.values.filter { $0.key.kind == kind }
            return Dictionary(uniqueKeysWithValues: found.map { ($0.key.name, $0.value) })
        }
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
    fileprivate func check(_ append: JournalAppend) throws {
        let found = runs[append.run]?.events.count ?? 0
        let isFinished = runs[append.run]?.end != nil
        guard found == append.after, !isFinished else {
            throw JournalError.conflict(append.run, expected: append.after, found: found, finished: isFinished)
        }
        guard found == 0, let event = append.events.first else { return }
        guard case .runStarted = event.fact else {
            throw JournalError(.conflict, "the run '\(append.run)' is unknown and cannot begin with \(event.fact)")
        }
    }

    fileprivate mutating func append(_ append: JournalAppend) {
        begin(append.run, with: append.events.first)
        runs[append.run]?.events += append.events
        guard let last = append.events.last, case .runFinished(let outcome) = last.fact else { return }
        runs[append.run]?.end = (last.time, outcome)
        finished.append(append.run)
        if let place = open.lastIndex(of: append.run) { open.remove(at: place) }
    }

    private mutating func begin(_ run: RunID, with event: RunEvent?) {
        guard runs[run] == nil, let event, case .runStarted(let header) = event.fact else { return }
        runs[run] = InMemoryJournal.Run(header: header, started: event.time, events: [])
        open.append(run)
    }

    fileprivate func summary(of id: RunID) -> RunSummary? {
        guard let run = runs[id] else { return nil }
        return RunSummary(
            run: id, header: run.header, started: run.started, finished: run.end?.time, outcome: run.end?.outcome)
    }
}
