public import Determinism
public import WorkflowModel

/// The record of decisions as commands read it.
public protocol DecisionArchive: Sendable {
    /// Records that match, from a place on, newest first or oldest first; empty where nothing ever ran.
    func records(_ query: RecordQuery) throws -> [ArchivedRecord]

    /// One record; nil where there is none of that number.
    func record(_ sequence: Int64) throws -> ArchivedRecord?

    /// Where the chain ends; nil where nothing ever ran.
    func head() throws -> (sequence: Int64, hash: String)?

    /// Checks the whole chain; the first fault in words, or nil. Cost: reads every record.
    func fault() throws -> String?

    /// Checks some records, each against the hash of the one before it; the first fault in words, or nil.
    ///
    /// Cost: reads these and those before them.
    func fault(in sequences: [Int64]) throws -> String?
}

extension DecisionArchive {
    /// Checks the whole chain.
    public func fault(in sequences: [Int64]) throws -> String? { try fault() }
}

/// Which records are wanted.
public struct RecordQuery: Sendable, Hashable {
    /// Only of these kinds; empty for all.
    public var kinds: [String] = []
    /// Only what mentions this: an order, a run.
    public var subject: String?
    /// The first record looked at; nil for the newest, or the oldest where they are read in order.
    public var from: Int64?
    /// The most records.
    public var limit = 50
    /// Only bodies whose JSON begins so are read; others are null, which spares reading what is large.
    public var beginning: String?
    /// Whether the oldest comes first.
    public var isAscending = false

    /// All records, newest first.
    public init() {}
}

/// A record as it is kept.
public struct ArchivedRecord: Sendable, Hashable {
    /// Its number.
    public let sequence: Int64
    /// What it is about.
    public let kind: String
    /// The event's time.
    public let time: Timestamp
    /// What it can be found by.
    public let subjects: [String]
    /// What it says.
    public let body: Value
    /// Its hash, which includes that of the record before.
    public let hash: String

    /// A record as it is kept.
    public init(
        sequence: Int64, kind: String, time: Timestamp, subjects: [String], body: Value, hash: String
    ) {
        self.sequence = sequence
        self.kind = kind
        self.time = time
        self.subjects = subjects
        self.body = body
        self.hash = hash
    }
}
