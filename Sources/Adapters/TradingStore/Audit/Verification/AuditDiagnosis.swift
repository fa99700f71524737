import Storage

/// Finds out what was done to a chain where a record does not follow the one before it.
struct AuditDiagnosis {
    /// The record that does not follow.
    let record: AuditRecord
    /// The last that does.
    let head: AuditHead
    /// Nothing precedes the record.
    let isFirst: Bool
    /// The hash that whatever comes after the record says the record has; nil where nothing does.
    let successorsClaim: Digest?
    /// The claim comes from a record, not from the head.
    let hasSuccessor: Bool
    /// Reads all records again; what lies behind a malformed one is left out of the inquiry.
    let open: () throws -> AuditWalk.Reader

    /// The place where the next record belongs.
    private var place: Int64 { head.sequence + 1 }
    /// The next record says that it follows what this one should follow.
    private var isStranger: Bool { hasSuccessor && successorsClaim == head.hash && record.hash != head.hash }

    func fault() throws -> AuditFault {
        if record.sequence != place { return try wrongNumber() }
        if record.expectedHash() == record.hash { return wrongPredecessor() }
        if record.previous == head.hash { return isStranger ? stranger : wrongContent() }
        if record.expectedHash(after: head.hash) == record.hash {
            return AuditFault(.changed, place, "record \(place) was changed: the hash it says it follows")
        }
        if let origin = originalPlace() { return try moved(from: origin) }
        return isStranger ? stranger : AuditFault(.changed, place, "record \(place) was changed")
    }

    private var stranger: AuditFault {
        AuditFault(.inserted, place, "record \(place) was inserted: the next one follows record \(place - 1)")
    }

    private func wrongNumber() throws -> AuditFault {
        if record.previous == head.hash, record.expectedHash(sequence: place) == record.hash {
            return AuditFault(
                .changed, place, "record \(place) was changed: its sequence number is now \(record.sequence)")
        }
        if try findEarlier(record.hash) { return copy(of: record.sequence) }
        if try record.sequence < place || follower() != nil { return outOfOrder(record.sequence) }
        return removed(until: record.sequence)
    }

    private func wrongContent() -> AuditFault {
        let isHashAlone = successorsClaim == record.expectedHash()
        let what = isHashAlone ? "its hash" : "its run, kind, time or body"
        return AuditFault(.changed, place, "record \(place) was changed: \(what) is not what was written")
    }

    private func wrongPredecessor() -> AuditFault {
        if isStranger { return stranger }
        if isFirst {
            return AuditFault(
                .changed, place,
                "record \(place) does not follow the beginning of this desk's log: another desk's, or changed")
        }
        if let successorsClaim, successorsClaim != record.hash {
            return AuditFault(.changed, place, "record \(place) was changed and its hash computed anew")
        }
        return AuditFault(
            .changed, place - 1,
            "record \(place - 1) was changed and its hash computed anew: record \(place) follows another hash")
    }

    private func moved(from origin: Int64) throws -> AuditFault {
        if try findEarlier(record.hash) { return copy(of: origin) }
        if origin > place { return try follower() == nil ? removed(until: origin) : outOfOrder(origin) }
        if origin == place - 1, !isFirst {
            return AuditFault(
                .inserted, place - 1,
                "record \(place - 1) was inserted: the record after it was written as number \(origin)")
        }
        return outOfOrder(origin)
    }

    private func copy(of sequence: Int64) -> AuditFault {
        AuditFault(.inserted, place, "record \(place) was inserted: it is a copy of record \(sequence)")
    }

    private func outOfOrder(_ origin: Int64) -> AuditFault {
        AuditFault(.reordered, place, "in the place of record \(place) stands record \(origin): the order was changed")
    }

    private func removed(until next: Int64) -> AuditFault {
        let names = next - 1 == place ? "record \(place) was" : "records \(place) to \(next - 1) were"
        return AuditFault(.removed, place, "\(names) removed: after record \(place - 1) comes record \(next)")
    }

    /// The number under which the record was written, sought near its place.
    private func originalPlace() -> Int64? {
        let reach: Int64 = 10_000
        return (max(1, place - reach)...place + reach).first { record.expectedHash(sequence: $0) == record.hash }
    }

    /// True where one of the records that follow properly has this hash.
    private func findEarlier(_ hash: Digest) throws -> Bool {
        let next = try open()
        while let other = try? next(), other.sequence < place { if other.hash == hash { return true } }
        return false
    }

    /// The place of the record that was written after the last good one, wherever it stands now.
    private func follower() throws -> Int64? {
        let next = try open()
        var passed = false
        while let other = try? next() {
            if other == record { passed = true } else if passed, other.previous == head.hash { return other.sequence }
        }
        return nil
    }
}
