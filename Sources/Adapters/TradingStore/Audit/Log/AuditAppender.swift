import Storage

/// Appends on behalf of a run that may have been resumed, so that it re-derives records that are stored already.
///
/// Up to the end that the log had when the appender was made, a record is compared with the stored one; beyond it,
/// records are written.
public struct AuditAppender: Sendable {
    /// The log.
    public let log: AuditLog
    /// The last record that was re-derived or written.
    public private(set) var position: AuditHead
    /// The end of the log when the appender was made.
    let storedEnd: AuditHead

    /// An appender that goes on after a record: the one that the last snapshot was taken at, or `log.head`'s.
    public init(_ log: AuditLog, after sequence: Int64) throws {
        self.log = log
        storedEnd = try log.head
        guard sequence > 0 else {
            position = log.genesis
            return
        }
        var cursor = log.records(from: sequence)
        guard let record = try cursor.next(), record.sequence == sequence else {
            throw AuditError(
                .malformed, sequence: sequence, "the audit log has no record \(sequence) to go on from; verify it.")
        }
        position = record.head
    }

    /// True while records are compared rather than written.
    public var isCatchingUp: Bool { position.sequence < storedEnd.sequence }

    /// Compares or appends entries, on disk when this returns the head after them.
    ///
    /// Throws `.diverged` for the first entry that differs from the stored record, and then writes nothing.
    @discardableResult
    public mutating func append(_ entries: [AuditEntry]) throws -> AuditHead {
        let head = try log.database.write { [self] in try appended(entries, in: $0) }
        position = head
        return head
    }

    /// As `append`, within a transaction; `advance` makes the result count once the transaction has ended well.
    func appended(_ entries: [AuditEntry], in transaction: borrowing Transaction) throws -> AuditHead {
        let stored = Int(clamping: max(0, storedEnd.sequence - position.sequence))
        let compared = try compare(Array(entries.prefix(stored)), in: transaction)
        let fresh = Array(entries.dropFirst(stored))
        guard !fresh.isEmpty else { return compared }
        let head = try AuditTables.head(transaction)
        guard head == compared else {
            throw AuditError(
                .overtaken, sequence: compared.sequence,
                "the audit log ends at record \(head.sequence), not at \(compared.sequence): another desk wrote to it.")
        }
        return try log.append(fresh, in: transaction)
    }

    mutating func advance(to head: AuditHead) {
        position = head
    }

    private func compare(_ entries: [AuditEntry], in transaction: borrowing Transaction) throws -> AuditHead {
        guard !entries.isEmpty else { return position }
        let stored = try AuditTables.records(
            from: position.sequence + 1, matching: AuditFilter(), limit: entries.count, transaction
        ).map { try $0.get() }
        guard stored.count == entries.count else {
            throw AuditError(.malformed, "the audit log is shorter than its head says; verify it.")
        }
        for (record, entry) in zip(stored, entries) {
            if let divergence = AuditDivergence(stored: record, derived: entry) { throw divergence.error }
        }
        return stored.last?.head ?? position
    }
}
