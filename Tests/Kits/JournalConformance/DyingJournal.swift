import Synchronization
public import WorkflowEngine
public import WorkflowModel

/// A journal whose process dies at its n-th append: it throws then, and at every later call.
public final class DyingJournal: Journal {
    /// When the process dies.
    public enum Moment: Sendable, Hashable, CaseIterable {
        /// Before the append has reached the disk: it is lost.
        case before
        /// After it has reached the disk: it is kept, but nobody is told.
        case after
    }

    /// What calls throw once the process is dead.
    public struct Death: Error {}

    private let journal: any Journal
    private let moment: Moment
    private let appendsLeft: Mutex<Int>

    /// A journal over another one, dying at the n-th append, counted from 1.
    public init(_ journal: any Journal, dyingAt append: Int, _ moment: Moment) {
        self.journal = journal
        self.moment = moment
        appendsLeft = Mutex(append)
    }

    public func commit(_ batch: JournalBatch) throws {
        let left = appendsLeft.withLock { left in
            left -= 1
            return left
        }
        if left > 0 || (left == 0 && moment == .after) { try journal.commit(batch) }
        if left <= 0 { throw Death() }
    }

    public func history(of run: RunID) throws -> [RunEvent] { try journal.history(of: run) }
    public func openRuns() throws -> [RunSummary] { try journal.openRuns() }
    public func finishedRuns(limit: Int) throws -> [RunSummary] { try journal.finishedRuns(limit: limit) }
    public func summary(of run: RunID) throws -> RunSummary? { try journal.summary(of: run) }
    public func value(of key: StateKey) throws -> [UInt8]? { try journal.value(of: key) }
    public func values(of kind: String) throws -> [String: [UInt8]] { try journal.values(of: kind) }
    public func prune(keepingNewest count: Int) throws -> Int { try journal.prune(keepingNewest: count) }
}
