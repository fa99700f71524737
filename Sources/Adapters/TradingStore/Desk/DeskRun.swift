import Storage

/// An open run's hand on the store: everything one step changes is committed at once.
public struct DeskRun: Sendable {
    /// The run's name.
    public let id: String
    private let store: DeskStore
    private var appender: AuditAppender

    init(_ id: String, _ store: DeskStore, after sequence: Int64) throws {
        self.id = id
        self.store = store
        appender = try AuditAppender(store.audit, after: sequence)
    }

    /// True while a resumed run makes again what is stored already.
    public var isCatchingUp: Bool { appender.isCatchingUp }

    /// The last record that was made, or made again.
    public var head: AuditHead { appender.position }

    /// Writes records, a snapshot of the state after them, and which requests they consumed, in one transaction.
    ///
    /// All of it is on disk when this returns, or none is. Requests are consumed in the order of asking, the oldest
    /// pending one first, and only together with records. A resumed run repeats its commits as before: they are
    /// compared with what is stored, and the first difference is thrown.
    @discardableResult
    public mutating func commit(
        entries: [AuditEntry], snapshot: [UInt8]? = nil, consumedControls: [Int64] = []
    ) throws -> AuditHead {
        let head = try store.database.write { [self] transaction in
            let head = try appender.appended(entries, in: transaction)
            guard entries.isEmpty == false || consumedControls.isEmpty else {
                throw DeskStoreError(.controlOutOfOrder, "a request can only be consumed together with a record of it")
            }
            for control in consumedControls { try consume(control, at: head, transaction) }
            if let snapshot { try keep(DeskSnapshot(sequence: head.sequence, bytes: snapshot), transaction) }
            if head.sequence >= appender.storedEnd.sequence {
                guard try DeskTables.setHead(head, of: id, transaction) else { throw DeskStore.ended(id) }
            }
            return head
        }
        appender.advance(to: head)
        return head
    }

    private func consume(_ control: Int64, at head: AuditHead, _ transaction: borrowing Transaction) throws {
        if let consumer = try DeskTables.consumer(of: control, transaction) {
            guard head.sequence <= appender.storedEnd.sequence else {
                throw DeskStoreError(.controlOutOfOrder, "the request \(control) was consumed before")
            }
            guard consumer == (id, head.sequence) else {
                throw DeskStoreError(
                    .diverged,
                    """
                    the replay consumes the request \(control) at record \(head.sequence), \
                    the run '\(consumer.run)' did at \(consumer.sequence)
                    """)
            }
            return
        }
        guard head.sequence > appender.storedEnd.sequence else {
            throw DeskStoreError(
                .diverged, "the replay consumes the request \(control) at record \(head.sequence), the run did not")
        }
        guard try DeskTables.firstPendingControl(transaction) == control else {
            throw DeskStoreError(.controlOutOfOrder, "the request \(control) is not the oldest that is pending")
        }
        try DeskTables.consume(control, by: id, at: head.sequence, transaction)
    }

    private func keep(_ snapshot: DeskSnapshot, _ transaction: borrowing Transaction) throws {
        let stored = try DeskTables.snapshotDigest(of: id, at: snapshot.sequence, transaction)
        guard stored == nil || stored == Digest.of(snapshot.bytes).bytes else {
            throw DeskStoreError(
                .diverged,
                """
                the state after record \(snapshot.sequence) is not the one the run had. \
                Resume with the same program, configuration and data as before.
                """)
        }
        try DeskTables.keep(snapshot, of: id, transaction)
    }
}
