import DeskCommands
import Determinism
import Storage
import TradingStore
import WorkflowModel

/// The record of decisions in the audit log of a run.
struct RecordArchive: DecisionArchive {
    private let log: @Sendable () throws -> AuditLog?

    /// The record of a log.
    init(_ log: AuditLog) {
        self.log = { log }
    }

    /// The record of a home's newest run, whichever that is when it is asked, or of an earlier one by its name.
    init(home: String, run: String? = nil) {
        log = {
            let folder = try run.map { try RunFolder.find($0, home: home) } ?? RunFolder.newest(home: home)
            return try folder.map { try DeskStore(ofHome: $0.path).audit }
        }
    }

    func records(_ query: RecordQuery) throws -> [ArchivedRecord] {
        guard let log = try log(), query.limit > 0 else { return [] }
        let filters: [AuditFilter] =
            query.kinds.isEmpty
            ? [AuditFilter(subject: query.subject)]
            : Set(query.kinds).map { AuditFilter(subject: query.subject, kind: $0) }
        let found = try filters.flatMap { try records(log, query, $0) }
        let ordered = found.sorted { query.isAscending == ($0.sequence < $1.sequence) }
        return try ordered.prefix(query.limit).map { try ArchivedRecord($0, log, beginning: query.beginning) }
    }

    private func records(_ log: AuditLog, _ query: RecordQuery, _ filter: AuditFilter) throws -> [AuditRecord] {
        guard query.isAscending else {
            return try log.newest(through: query.from, matching: filter, limit: query.limit)
        }
        var cursor = log.records(from: query.from ?? 1, matching: filter)
        var found: [AuditRecord] = []
        while found.count < query.limit, let record = try cursor.next() { found.append(record) }
        return found
    }

    func record(_ sequence: Int64) throws -> ArchivedRecord? {
        guard let log = try log(), let record = try log.record(sequence) else { return nil }
        return try ArchivedRecord(record, log)
    }

    func head() throws -> (sequence: Int64, hash: String)? {
        guard let head = try log()?.head, head.sequence > 0 else { return nil }
        return (head.sequence, head.hash.hex)
    }

    func fault() throws -> String? { try log()?.verify().fault?.message }

    /// Each of some records against the one before it; what is not there is a fault.
    func fault(in sequences: [Int64]) throws -> String? {
        guard let log = try log() else { return nil }
        for sequence in Set(sequences).sorted() {
            if let fault = try log.fault(in: sequence) { return fault }
        }
        return nil
    }
}

extension ArchivedRecord {
    init(_ record: AuditRecord, _ log: AuditLog, beginning: String? = nil) throws {
        let isRead = beginning.map { record.body.starts(with: $0.utf8) } ?? true
        self.init(
            sequence: record.sequence, kind: record.kind, time: record.time,
            subjects: try log.subjects(of: record.sequence), body: isRead ? try Value(json: record.body) : .null,
            hash: record.hash.hex)
    }
}
