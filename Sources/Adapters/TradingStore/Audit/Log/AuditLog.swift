public import Storage

/// A desk's record of every decision: an append-only chain of hashes in a database.
///
/// There is no way to change or remove a record. Who does so from outside is found by `verify`.
public struct AuditLog: Sendable {
    /// The desk whose chain it is.
    public let desk: String
    let database: Database

    /// Opens the log of a desk in a database, and begins it where there is none.
    ///
    /// Throws where the database holds another desk's log.
    public init(_ database: Database, desk: String) throws {
        try database.migrate(AuditTables.migrations)
        let stored = try database.write { transaction in
            if let stored = try AuditTables.desk(transaction) { return stored }
            try AuditTables.begin(transaction, desk: desk)
            return desk
        }
        guard stored == desk else {
            throw AuditError(
                .anotherDesk, "\(database.path) holds the audit log of the desk '\(stored)', not of '\(desk)'.")
        }
        self.desk = desk
        self.database = database
    }

    /// Opens the log that a database holds, whosever it is; the database may be read-only.
    public init(reading database: Database) throws {
        guard let desk = try database.read({ try AuditTables.desk($0) }) else {
            throw AuditError(.anotherDesk, "\(database.path) holds no audit log yet. Start the desk first.")
        }
        self.desk = desk
        self.database = database
    }

    /// The tables the log needs, for whoever opens the database.
    public static var migrations: MigrationSet { AuditTables.migrations }

    /// What the first record follows.
    public var genesis: AuditHead { AuditHead(sequence: 0, hash: AuditChain.genesis(desk: desk)) }

    /// Where the chain ends now.
    public var head: AuditHead {
        get throws { try database.read { try AuditTables.head($0) } }
    }

    /// Adds entries in order; all of them are on disk when this returns the new head, or none is.
    @discardableResult
    public func append(_ entries: [AuditEntry]) throws -> AuditHead {
        try database.write { try append(entries, in: $0) }
    }

    /// Adds entries within a transaction of the log's database, so that they change together with other things.
    public func append(_ entries: [AuditEntry], in transaction: borrowing Transaction) throws -> AuditHead {
        var head = try AuditTables.head(transaction)
        for entry in entries {
            let record = AuditRecord(entry, after: head)
            try AuditTables.insert(record, transaction)
            for subject in entry.subjects {
                try AuditTables.insert(subject: subject, of: record.sequence, transaction)
            }
            head = record.head
        }
        if !entries.isEmpty { try AuditTables.setHead(head, transaction) }
        return head
    }

    /// The newest record of a kind; nil where there is none.
    public func last(ofKind kind: String) throws -> AuditRecord? {
        try database.read { try AuditTables.last(ofKind: kind, $0) }?.get()
    }

    /// At most `limit` records that match, up to and including a number, newest first; nil begins at the newest.
    public func newest(
        through last: Int64? = nil, matching filter: AuditFilter = AuditFilter(), limit: Int
    ) throws -> [AuditRecord] {
        try database.read {
            try AuditTables.newest(through: last ?? .max, matching: filter, limit: max(0, limit), $0)
        }.map { try $0.get() }
    }

    /// One record; nil where there is none of that number.
    public func record(_ sequence: Int64) throws -> AuditRecord? {
        var cursor = records(from: sequence)
        guard let record = try cursor.next(), record.sequence == sequence else { return nil }
        return record
    }

    /// What a record can be found by.
    public func subjects(of sequence: Int64) throws -> [String] {
        try database.read { try AuditTables.subjects(of: sequence, $0) }
    }

    /// The records from a sequence number on that match, ascending, read page by page.
    public func records(from first: Int64 = 1, matching filter: AuditFilter = AuditFilter()) -> AuditCursor {
        AuditCursor(database, from: first, matching: filter)
    }
}

/// Which records are wanted.
public struct AuditFilter: Sendable, Hashable {
    /// Only those about this order id, run id or symbol; nil for all.
    public var subject: String?
    /// Only those of this kind; nil for all.
    public var kind: String?

    /// All records, or those about a subject, of a kind, or both.
    public init(subject: String? = nil, kind: String? = nil) {
        self.subject = subject
        self.kind = kind
    }
}

/// Reads records one by one while holding no more than a page of them in memory.
///
/// After its end it can be asked again, and then gives what has been appended since.
public struct AuditCursor {
    private let database: Database
    private let filter: AuditFilter
    private var following: Int64
    private var page: ArraySlice<Result<AuditRecord, AuditError>> = []
    private static let pageSize = 256

    init(_ database: Database, from first: Int64, matching filter: AuditFilter) {
        self.database = database
        self.filter = filter
        following = first
    }

    /// The next record; nil at the end.
    public mutating func next() throws -> AuditRecord? {
        if page.isEmpty {
            page = try database.read {
                try AuditTables.records(from: following, matching: filter, limit: AuditCursor.pageSize, $0)
            }[...]
        }
        guard let record = try page.popFirst()?.get() else { return nil }
        following = record.sequence + 1
        return record
    }
}
