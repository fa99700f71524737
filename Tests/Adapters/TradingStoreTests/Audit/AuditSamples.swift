import Determinism
import ScratchFolders
import Storage

@testable import TradingStore

extension AuditEntry {
    /// The n-th of a series of different entries, two orders in turn.
    static func sample(_ number: Int, body: String? = nil) -> AuditEntry {
        AuditEntry(
            run: "run-1", kind: number % 3 == 0 ? "fill" : "order", time: Timestamp(nanoseconds: Int64(number) * 1000),
            body: Array((body ?? #"{"number":\#(number),"text":"größer"}"#).utf8),
            subjects: ["order-\(number % 2)", "AAPL"])
    }

    static func samples(_ range: ClosedRange<Int>) -> [AuditEntry] { range.map { sample($0) } }
}

/// A log of ten records, and ways to lay hands on its tables.
struct TamperedLog {
    let database: Database
    let log: AuditLog

    init(count: Int = 10) throws {
        database = try Database(inMemory: [])
        log = try AuditLog(database, desk: "desk-a")
        for number in stride(from: 1, through: count, by: 2) {
            try log.append(AuditEntry.samples(number...min(number + 1, count)))
        }
    }

    func run(_ sql: String) throws {
        try database.write { _ = try $0.run(sql) }
    }

    /// Gives every record from `first` on the number `distance` higher.
    func renumber(from first: Int, by distance: Int) throws {
        try run("UPDATE audit SET sequence = -sequence WHERE sequence >= \(first)")
        try run("UPDATE audit SET sequence = -sequence + \(distance) WHERE sequence < 0")
    }

    func record(_ sequence: Int64) throws -> AuditRecord? {
        var cursor = log.records(from: sequence)
        return try cursor.next()
    }

    /// Puts a record with a proper hash in a free place, after the record before it.
    func forge(_ sequence: Int64, body: String) throws {
        guard let previous = try record(sequence - 1) else { return }
        let forged = AuditRecord(.sample(Int(sequence), body: body), after: previous.head)
        try database.write { try AuditTables.insert(forged, $0) }
    }

    /// Makes the head name the last record.
    func mendHead() throws {
        try run(
            "UPDATE audit_head SET (sequence, hash) = (SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1)"
        )
    }

    func fault(expecting head: AuditHead? = nil) throws -> AuditFault? {
        try log.verify(expecting: [head].compactMap(\.self)).fault
    }
}
