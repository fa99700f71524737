/// Walks records, whether of a table or a file, and stops at the first that does not follow.
struct AuditWalk {
    /// Gives the next record on each call, nil at the end.
    typealias Reader = () throws -> AuditRecord?

    /// Heads that were noted elsewhere, by record.
    private let expected: [Int64: [AuditHead]]
    private let open: () throws -> Reader
    private var head: AuditHead
    private var begun: AuditHead

    init(from genesis: AuditHead, expecting expected: [AuditHead], open: @escaping () throws -> Reader) {
        self.expected = Dictionary(grouping: expected, by: \.sequence)
        self.open = open
        head = genesis
        begun = genesis
    }

    /// Walks to the end, or to the record that `end` names: the head kept apart from the records, where one is kept.
    mutating func run(to end: AuditHead?) throws -> AuditVerification {
        do {
            try walk(to: end)
            return AuditVerification(head: head, fault: nil)
        } catch let fault as AuditFault {
            return AuditVerification(head: head, fault: fault)
        } catch let error as AuditError where error.code == .malformed {
            let sequence = error.sequence ?? head.sequence + 1
            return AuditVerification(head: head, fault: AuditFault(.changed, sequence, error.message))
        }
    }

    private mutating func walk(to end: AuditHead?) throws {
        let next = try open()
        while head.sequence < end?.sequence ?? .max, let record = try next() { try accept(record, next, end) }
        if let end { try compare(with: end, next) }
        let beyond = expected.keys.filter { $0 > head.sequence }.min().flatMap { expected[$0]?.first }
        if let beyond { throw missing(through: beyond, "a head that was noted") }
    }

    private mutating func accept(_ record: AuditRecord, _ next: Reader, _ end: AuditHead?) throws {
        guard record.sequence == head.sequence + 1, record.previous == head.hash, record.expectedHash() == record.hash
        else {
            let following = try? next()
            throw try AuditDiagnosis(
                record: record, head: head, isFirst: head == begun, successorsClaim: following?.previous ?? end?.hash,
                hasSuccessor: following != nil, open: open
            ).fault()
        }
        head = record.head
        if let noted = expected[head.sequence], noted.contains(where: { $0.hash != head.hash }) {
            throw AuditFault(
                .changed, head.sequence,
                """
                record \(head.sequence) is not the one whose hash was noted: it or a record before it was changed \
                and every later hash computed anew
                """)
        }
    }

    private func compare(with end: AuditHead, _ next: Reader) throws {
        if end.sequence > head.sequence { throw missing(through: end, "the log's head") }
        guard end.hash == head.hash else {
            if try next()?.hash == end.hash {
                throw AuditFault(
                    .inserted, head.sequence, "record \(head.sequence) was inserted: the log's head names the next one")
            }
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
