import Determinism
import Storage

/// The audit log's tables and every statement that touches them.
enum AuditTables {
    static let migrations = MigrationSet(
        "audit",
        [
            Migration(
                "the chain, its head and its index",
                """
                CREATE TABLE audit(
                    sequence INTEGER PRIMARY KEY, run TEXT NOT NULL, kind TEXT NOT NULL, time INTEGER NOT NULL,
                    body BLOB NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL, unpacked_length INTEGER
                ) STRICT;
                CREATE INDEX audit_kind ON audit(kind, sequence);
                CREATE TABLE audit_subject(
                    subject TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (subject, sequence)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE audit_head(
                    only INTEGER PRIMARY KEY CHECK (only = 1), desk TEXT NOT NULL,
                    sequence INTEGER NOT NULL, hash BLOB NOT NULL
                ) STRICT;
                """),
            Migration(
                "an index from a record to its subjects",
                "CREATE INDEX audit_subject_sequence ON audit_subject(sequence, subject)"),
        ])

    static func desk(_ transaction: borrowing Transaction) throws -> String? {
        try transaction.first("SELECT desk FROM audit_head") { try $0.text(0) }
    }

    static func begin(_ transaction: borrowing Transaction, desk: String) throws {
        try transaction.run(
            "INSERT INTO audit_head(only, desk, sequence, hash) VALUES (1, ?, 0, ?)",
            desk, AuditChain.genesis(desk: desk).bytes)
    }

    static func head(_ transaction: borrowing Transaction) throws -> AuditHead {
        let head = try transaction.first("SELECT sequence, hash FROM audit_head") {
            (sequence: try $0.integer(0), hash: Digest(bytes: try $0.bytes(1)))
        }
        guard let head, let hash = head.hash else {
            throw AuditError(
                .malformed, "the audit log's head is missing or malformed. Restore the file from a backup.")
        }
        return AuditHead(sequence: head.sequence, hash: hash)
    }

    static func setHead(_ head: AuditHead, _ transaction: borrowing Transaction) throws {
        try transaction.run("UPDATE audit_head SET sequence = ?, hash = ?", head.sequence, head.hash.bytes)
    }

    static func insert(_ record: AuditRecord, _ transaction: borrowing Transaction) throws {
        let packed = PackedBody.pack(record.body)
        try transaction.run(
            """
            INSERT INTO audit(sequence, run, kind, time, body, previous, hash, unpacked_length)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            record.sequence, record.run, record.kind, record.time.nanoseconds, packed?.bytes ?? record.body,
            record.previous.bytes, record.hash.bytes, packed?.length)
    }

    static func insert(subject: String, of sequence: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(
            "INSERT OR IGNORE INTO audit_subject(subject, sequence) VALUES (?, ?)", subject, sequence)
    }

    /// At most `limit` records from `first` on, ascending, an error in the place of each that is malformed.
    static func records(
        from first: Int64, matching filter: AuditFilter, limit: Int, _ transaction: borrowing Transaction
    ) throws -> [Result<AuditRecord, AuditError>] {
        switch (filter.subject, filter.kind) {
        case (nil, nil):
            try transaction.all("\(select) WHERE sequence >= ? \(page)", first, limit, body: record)
        case (let subject?, nil):
            try transaction.all(
                "\(select) JOIN audit_subject USING (sequence) WHERE subject = ? AND sequence >= ? \(page)",
                subject, first, limit, body: record)
        case (nil, let kind?):
            try transaction.all("\(select) WHERE kind = ? AND sequence >= ? \(page)", kind, first, limit, body: record)
        case (let subject?, let kind?):
            try transaction.all(
                "\(select) JOIN audit_subject USING (sequence) WHERE subject = ? AND kind = ? AND sequence >= ? \(page)",
                subject, kind, first, limit, body: record)
        }
    }

    /// At most `limit` records up to and including `last`, descending, an error in the place of each that is malformed.
    static func newest(
        through last: Int64, matching filter: AuditFilter, limit: Int, _ transaction: borrowing Transaction
    ) throws -> [Result<AuditRecord, AuditError>] {
        switch (filter.subject, filter.kind) {
        case (nil, nil):
            try transaction.all("\(select) WHERE sequence <= ? \(newest)", last, limit, body: record)
        case (let subject?, nil):
            try transaction.all(
                "\(select) JOIN audit_subject USING (sequence) WHERE subject = ? AND sequence <= ? \(newest)",
                subject, last, limit, body: record)
        case (nil, let kind?):
            try transaction.all("\(select) WHERE kind = ? AND sequence <= ? \(newest)", kind, last, limit, body: record)
        case (let subject?, let kind?):
            try transaction.all(
                """
                \(select) JOIN audit_subject USING (sequence) WHERE subject = ? AND kind = ? AND sequence <= ? \(newest)
                """, subject, kind, last, limit, body: record)
        }
    }

    static func subjects(of sequence: Int64, _ transaction: borrowing Transaction) throws -> [String] {
        try transaction.all("SELECT subject FROM audit_subject WHERE sequence = ? ORDER BY subject", sequence) {
            try $0.text(0)
        }
    }

    /// A record that the log's head does not know of; nil where there is none, as should be.
    static func firstBeyondHead(_ transaction: borrowing Transaction) throws -> Int64? {
        try transaction.first(
            """
            SELECT sequence FROM audit WHERE sequence > (SELECT sequence FROM audit_head) ORDER BY sequence LIMIT 1
            """
        ) { try $0.integer(0) }
    }

    static func last(
        ofKind kind: String, _ transaction: borrowing Transaction
    ) throws -> Result<AuditRecord, AuditError>? {
        try transaction.first("\(select) WHERE kind = ? ORDER BY sequence DESC LIMIT 1", kind, body: record)
    }

    private static let select = "SELECT sequence, run, kind, time, body, previous, hash, unpacked_length FROM audit"
    private static let page = "ORDER BY sequence LIMIT ?"
    private static let newest = "ORDER BY sequence DESC LIMIT ?"

    private static func record(_ row: borrowing Row) throws -> Result<AuditRecord, AuditError> {
        let sequence = try row.integer(0)
        guard let previous = Digest(bytes: try row.bytes(5)), let hash = Digest(bytes: try row.bytes(6)) else {
            let message = "record \(sequence) was changed: it has a hash that is not 32 bytes long"
            return .failure(AuditError(.malformed, sequence: sequence, message))
        }
        guard let body = try body(row) else {
            let message = "record \(sequence) was changed: its body does not unpack"
            return .failure(AuditError(.malformed, sequence: sequence, message))
        }
        return .success(
            AuditRecord(
                sequence: sequence, run: try row.text(1), kind: try row.text(2),
                time: Timestamp(nanoseconds: try row.integer(3)), body: body, previous: previous, hash: hash))
    }

    private static func body(_ row: borrowing Row) throws -> [UInt8]? {
        let bytes = try row.bytes(4)
        return try row.isNull(7) ? bytes : PackedBody.unpack(bytes, length: Int(clamping: row.integer(7)))
    }
}
