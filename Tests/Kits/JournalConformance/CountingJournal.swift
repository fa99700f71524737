import Synchronization
public import WorkflowEngine
public import WorkflowModel

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

    public func commit(_ batch: JournalBatch) throws {
        count.withLock { $0 += 1 }
        try journal.commit(batch)
    }

    public func history(of run: RunID) throws -> [RunEvent] { try journal.history(of: run) }
    public func openRuns() throws -> [RunSummary] { try journal.openRuns() }
    public func finishedRuns(limit: Int) throws -> [RunSummary] { try journal.finishedRuns(limit: limit) }
    public func summary(of run: RunID) throws -> RunSummary? { try journal.summary(of: run) }
    public func value(of key: StateKey) throws -> [UInt8]? { try journal.value(of: key) }
    public func values(of kind: String) throws -> [String: [UInt8]] { try journal.values(of: kind) }
    public func prune(keepingNewest count: Int) throws -> Int { try journal.prune(keepingNewest: count) }
}
