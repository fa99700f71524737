import Synchronization
public import WorkflowEngine

/// A journal that counts the appends to another one.
public final class CountingJournal: Journal {
    private let journal: any Journal
    private let count = Mutex(0)

    /// A journal over another one.
    public init(_ journal: any Journal) {
        self.journal = journal
    }

    /// How many appends there were.
    public var appends: Int { count.withLock { $0 } }

    public func append(_ events: [RunEvent], to run: RunID, after count: Int) throws {
        self.count.withLock { $0 += 1 }
        try journal.append(events, to: run, after: count)
    }

    public func history(of run: RunID) throws -> [RunEvent] { try journal.history(of: run) }
    public func openRuns() throws -> [RunSummary] { try journal.openRuns() }
    public func finishedRuns(limit: Int) throws -> [RunSummary] { try journal.finishedRuns(limit: limit) }
    public func prune(keepingNewest count: Int) throws -> Int { try journal.prune(keepingNewest: count) }
}
