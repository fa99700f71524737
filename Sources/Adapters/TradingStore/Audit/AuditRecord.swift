public import Determinism
public import Storage

/// Something to be recorded.
public struct AuditEntry: Sendable, Hashable {
    /// The run it belongs to.
    public let run: String
    /// What kind of fact the body tells, such as `order` or `fill`.
    public let kind: String
    /// When it happened.
    public let time: Timestamp
    /// The fact as canonical JSON, made by the caller; stored and hashed byte for byte.
    public let body: [UInt8]
    /// What it is about and can be found by: order ids, run ids, symbols. They serve look-up and are not hashed.
    public let subjects: [String]

    /// Something to be recorded.
    public init(run: String, kind: String, time: Timestamp, body: [UInt8], subjects: [String] = []) {
        self.run = run
        self.kind = kind
        self.time = time
        self.body = body
        self.subjects = subjects
    }
}

/// An entry in its place in the chain.
public struct AuditRecord: Sendable, Hashable {
    /// 1, 2, 3… through all runs of a desk.
    public let sequence: Int64
    /// The run it belongs to.
    public let run: String
    /// What kind of fact the body tells.
    public let kind: String
    /// When it happened.
    public let time: Timestamp
    /// The fact as canonical JSON.
    public let body: [UInt8]
    /// The hash of the record before it; for the first the hash that the desk's chain begins with.
    public let previous: Digest
    /// The hash of `previous`, the header and the body.
    public let hash: Digest

    init(
        sequence: Int64, run: String, kind: String, time: Timestamp, body: [UInt8], previous: Digest, hash: Digest
    ) {
        self.sequence = sequence
        self.run = run
        self.kind = kind
        self.time = time
        self.body = body
        self.previous = previous
        self.hash = hash
    }

    init(_ entry: AuditEntry, after head: AuditHead) {
        sequence = head.sequence + 1
        run = entry.run
        kind = entry.kind
        time = entry.time
        body = entry.body
        previous = head.hash
        hash = AuditChain.hash(
            sequence: sequence, run: run, kind: kind, time: time, body: body, after: previous)
    }

    /// The chain's end after this record.
    public var head: AuditHead { AuditHead(sequence: sequence, hash: hash) }

    /// What the hash ought to be, given another place or predecessor than the record's own.
    func expectedHash(sequence: Int64? = nil, after other: Digest? = nil) -> Digest {
        AuditChain.hash(
            sequence: sequence ?? self.sequence, run: run, kind: kind, time: time, body: body,
            after: other ?? previous)
    }
}

/// Where a chain ends. Whoever has noted one can later tell whether anything before it was touched.
public struct AuditHead: Sendable, Hashable, Codable, CustomStringConvertible, LosslessStringConvertible {
    /// The last record's sequence number; 0 where there is none.
    public let sequence: Int64
    /// The last record's hash.
    public let hash: Digest

    /// A chain's end.
    public init(sequence: Int64, hash: Digest) {
        self.sequence = sequence
        self.hash = hash
    }

    /// `118:9f86d0…`: sequence and hash.
    public var description: String { "\(sequence):\(hash.hex)" }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence >= 0, let hash = Digest(hex: String(parts[1]))
        else { return nil }
        self.init(sequence: sequence, hash: hash)
    }
}
