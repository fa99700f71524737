import Foundation
import Storage
import Synchronization
import TradingDesk
import TradingStore

/// A desk's records in the audit chain of a database.
final class AuditDecisionLog: DecisionLog {
    private let run: String
    private let appender: Mutex<AuditAppender>

    /// A log for a run that goes on after a record of the chain; 0 for the beginning.
    ///
    /// Records that are stored already are compared with what is derived again.
    init(_ log: AuditLog, run: String, after sequence: Int64 = 0) throws {
        self.run = run
        appender = Mutex(try AuditAppender(log, after: sequence))
    }

    /// A log that ends with the process, for backtests: the hashes are those that a stored run would have.
    static func inMemory(run: String) throws -> AuditDecisionLog {
        let database = try Database(inMemory: [AuditLog.migrations])
        return try AuditDecisionLog(AuditLog(database, desk: run), run: run)
    }

    var head: String {
        get throws { appender.withLock { $0.position.hash.hex } }
    }

    func append(_ records: [DecisionRecord]) throws {
        let entries = records.map { AuditEntry($0, run: run) }
        try appender.withLock { _ = try $0.append(entries) }
    }
}

extension AuditEntry {
    init(_ record: DecisionRecord, run: String) {
        self.init(
            run: run, kind: record.kind.rawValue, time: record.time, body: Array(record.body),
            subjects: record.subjects)
    }
}

extension DecisionRecord {
    /// A stored record as the desk wrote it; nil for a kind that no desk writes.
    init?(_ record: AuditRecord) {
        guard let kind = Kind(rawValue: record.kind) else { return nil }
        self.init(kind: kind, time: record.time, body: Data(record.body))
    }
}

extension AuditLog {
    /// Whether the run's plan says that its prices are made up; everything shown of such a run says so.
    func isSimulated() throws -> Bool {
        var cursor = records(matching: AuditFilter(kind: DecisionRecord.Kind.run.rawValue))
        guard let record = try cursor.next() else { return false }
        let plan = try JSONSerialization.jsonObject(with: Data(record.body)) as? [String: Any]
        guard let isSimulated = plan?["isSimulated"] as? Bool else {
            throw CommandFailure(
                "the run's plan does not say whether its prices are made up; 'audit verify' says what was changed",
                code: "unreadable")
        }
        return isSimulated
    }
}
