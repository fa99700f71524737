import Determinism
import Foundation
import Storage
import Synchronization
import TradingDesk
import TradingStore
import WorkflowStore

/// A log that keeps records in memory and nothing else.
final class MemoryLog: DecisionLog {
    private let records = Mutex<[DecisionRecord]>([])
    let head = ""

    func append(_ records: [DecisionRecord]) throws {
        self.records.withLock { $0 += records }
    }
}

/// A desk's records in its store on disk, each append one commit, as the product keeps them.
final class StoredLog: DecisionLog {
    let journal: SQLiteJournal
    private let run: Mutex<DeskRun>
    private let firstAppend = Mutex<ContinuousClock.Instant?>(nil)
    private let name = "bench"

    init(home: String) throws {
        let store = try DeskStore(home: home, desk: name, parts: [SQLiteJournal.migrations])
        journal = try SQLiteJournal(store.database)
        run = Mutex(try store.begin(run: name, configuration: [], at: Timestamp(nanoseconds: 0)))
    }

    var head: String { run.withLock { $0.head.hash.hex } }

    func append(_ records: [DecisionRecord]) throws {
        let entries = records.map {
            AuditEntry(
                run: name, kind: $0.kind.rawValue, time: $0.time, body: Array($0.body), subjects: $0.subjects)
        }
        try run.withLock { _ = try $0.commit(entries: entries) }
        let now = ContinuousClock().now
        firstAppend.withLock { $0 = $0 ?? now }
    }

    /// When the first append since the last call was on disk.
    func takeFirstAppend() -> ContinuousClock.Instant? {
        firstAppend.withLock { first in
            defer { first = nil }
            return first
        }
    }
}
