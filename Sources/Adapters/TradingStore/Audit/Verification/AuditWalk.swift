/// Walks records, whether of a table or a file, and stops at the first that does not follow.
struct AuditWalk {
    /// Gives the next record on each call, nil at the end.
    typealias Reader = () throws -> AuditRecord?

    private let expected: AuditHead?
    private let open: () throws -> Reader
    private var head: AuditHead
    private var begun: AuditHead

    init(from genesis: AuditHead, expecting expected: AuditHead?, open: @escaping () throws -> Reader) {
        self.expected = expected
        self.open = open
        head = genesis
        begun = genesis
    }

    /// `storedHead` is the head kept apart from the records, read after them; nil where none is kept.
    mutating func run(storedHead: () throws -> AuditHead?) throws -> AuditVerification {
        do {
            try walk(storedHead)
            return AuditVerification(head: head, fault: nil)
        } catch let fault as AuditFault {
            return AuditVerification(head: head, fault: fault)
        } catch let error as AuditError where error.code == .malformed {
            let sequence = error.sequence ?? head.sequence + 1
            return AuditVerification(head: head, fault: AuditFault(.changed, sequence, error.message))
        }
    }

    private mutating func walk(_ storedHead: () throws -> AuditHead?) throws {
        let next = try open()
        var stored: AuditHead?
        repeat {
            while let record = try next() { try accept(record, next, storedHead) }
            stored = try storedHead()
            // A desk that is running may have appended between the last record and the reading of its head.
            guard let end = stored, end.sequence > head.sequence, let record = try next() else { break }
            try accept(record, next, storedHead)
        } while true
        if let stored { try compare(withStored: stored) }
        if let expected, expected.sequence > head.sequence { throw missing(through: expected, "the expected head") }
    }

    private mutating func accept(
        _ record: AuditRecord, _ next: Reader, _ storedHead: () throws -> AuditHead?
    ) throws {
        guard record.sequence == head.sequence + 1, record.previous == head.hash, record.expectedHash() == record.hash
        else {
            let following = try? next()
            let successorsClaim = try following?.previous ?? storedHead()?.hash
            throw try AuditDiagnosis(
                record: record, head: head, isFirst: head == begun, successorsClaim: successorsClaim,
                hasSuccessor: following != nil, open: open
            ).fault()
        }
        head = record.head
        if let expected, expected.sequence == head.sequence, expected.hash != head.hash {
            throw AuditFault(
                .changed, head.sequence,
                """
                record \(head.sequence) is not the one whose hash was noted: it or a record before it was changed \
                and every later hash computed anew
                """)
        }
    }

    private func compare(withStored stored: AuditHead) throws {
        if stored.sequence > head.sequence { throw missing(through: stored, "the log's head") }
        if stored.sequence < head.sequence {
            throw AuditFault(
                .inserted, stored.sequence + 1,
                "record \(stored.sequence + 1) was inserted: the log's head ends at record \(stored.sequence)")
        }
        guard stored.hash == head.hash else {
            throw AuditFault(
                .changed, head.sequence,
                "record \(head.sequence) was changed and its hash computed anew: the log's head names another hash")
        }
    }

    private func missing(through end: AuditHead, _ witness: String) -> AuditFault {
        let first = head.sequence + 1
        let names = first == end.sequence ? "record \(first) was" : "records \(first) to \(end.sequence) were"
        return AuditFault(.removed, first, "\(names) removed from the end: \(witness) names record \(end.sequence)")
    }
}
