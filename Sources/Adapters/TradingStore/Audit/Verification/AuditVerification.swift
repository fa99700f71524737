import Storage

/// What came out of walking a chain from its beginning.
public struct AuditVerification: Sendable, Hashable {
    /// The last record up to which everything is as it was written.
    public let head: AuditHead
    /// The first thing that is not; nil where all is well.
    public let fault: AuditFault?
}

/// The first place where a chain is not as it was written.
public struct AuditFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was done.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A record holds something else than when it was written.
        case changed
        /// One or more records are missing.
        case removed
        /// A record was put in that was never written there.
        case inserted
        /// Records stand in another order.
        case reordered
    }

    /// What was done.
    public let kind: Kind
    /// The record it was done to.
    public let sequence: Int64
    /// What is wrong, in words.
    public let message: String

    init(_ kind: Kind, _ sequence: Int64, _ message: String) {
        self.kind = kind
        self.sequence = sequence
        self.message = message
    }

    public var description: String { message }
}

extension AuditLog {
    /// What is wrong with one record: it is missing, its hash is not that of what it holds, or it does not follow the
    /// record before it; nil where it is sound. Cost: reads two records.
    public func fault(in sequence: Int64) throws -> String? {
        guard let record = try record(sequence) else { return "record \(sequence) is missing" }
        let previous = sequence <= 1 ? genesis : try self.record(sequence - 1)?.head
        guard let previous else { return "record \(sequence - 1) is missing" }
        guard record.previous == previous.hash else {
            return "record \(sequence) does not follow the record before it: one of them was changed"
        }
        guard record.hash == record.expectedHash() else {
            return "record \(sequence) was changed: its hash is not that of what it holds"
        }
        return nil
    }

    /// Walks the whole chain and names the first record that was changed, removed, inserted or reordered.
    ///
    /// `expected` are heads noted earlier, outside the file; they find what was rewritten together with the file's own
    /// head. Beside a desk that goes on appending it verifies what there was when it began.
    public func verify(expecting expected: [AuditHead] = []) throws -> AuditVerification {
        var walk = AuditWalk(from: genesis, expecting: expected) { [self] in
            var cursor = records()
            return { try cursor.next() }
        }
        let verification = try walk.run(to: head)
        guard verification.fault == nil, let extra = try database.read({ try AuditTables.firstBeyondHead($0) })
        else { return verification }
        return AuditVerification(
            head: verification.head,
            fault: AuditFault(
                .inserted, extra, "record \(extra) was inserted: the log's head ends at a record before it"))
    }
}
