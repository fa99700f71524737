import Determinism
import Foundation
import ScratchFolders
import Storage
import Testing

@testable import TradingStore

@Suite struct AuditLogTests {
    @Test func `the chain's hashes are the documented ones`() throws {
        // Computed by Python's hashlib and struct from the description of AuditChain.
        let log = try AuditLog(Database(inMemory: []), desk: "desk-a")
        try log.append([AuditEntry(run: "r", kind: "order", time: Timestamp(nanoseconds: -1), body: Array("{}".utf8))])
        #expect(log.genesis.hash.hex == "b91a2e40bc615a4f80f969bbeb31f036ed2142cd09fe241a9c3daa22ffdd3d81")
        #expect(try log.head.description == "1:9dda706dde28529e208f3c61189ca580ed5483aec98b713628422860a4001df2")
    }

    @Test func `a head is written and read as text`() throws {
        let head = AuditHead(sequence: 7, hash: Digest.of([1]))
        #expect(AuditHead(head.description) == head)
        for text in ["", "7", "7:", "-1:\(head.hash.hex)", "7:\(head.hash.hex):", "x:\(head.hash.hex)"] {
            #expect(AuditHead(text) == nil)
        }
    }

    @Test func `goes on where it ended after the file is opened again`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("desk.sqlite")
        let head = try AuditLog(Database(at: path), desk: "desk-a").append(AuditEntry.samples(1...3))
        let log = try AuditLog(Database(at: path), desk: "desk-a")
        #expect(try log.head == head)
        #expect(try log.append([.sample(4)]).sequence == 4)
        #expect(try log.verify() == AuditVerification(head: log.head, fault: nil))
    }

    @Test func `a record's subjects are found without looking through those of all records`() throws {
        let database = try Database(inMemory: [])
        let log = try AuditLog(database, desk: "desk-a")
        try log.append(AuditEntry.samples(1...3))
        #expect(try log.subjects(of: 2) == ["AAPL", "order-0"])
        let plan = try database.read { transaction in
            try transaction.all(
                "EXPLAIN QUERY PLAN SELECT subject FROM audit_subject WHERE sequence = ? ORDER BY subject", 2
            ) { try $0.text(3) }
        }
        #expect(plan.count == 1 && plan[0].contains("SEARCH"), "\(plan)")
    }

    @Test func `refuses another desk's log`() throws {
        let database = try Database(inMemory: [])
        _ = try AuditLog(database, desk: "desk-a")
        let error = #expect(throws: AuditError.self) { try AuditLog(database, desk: "desk-b") }
        #expect(error?.code == .anotherDesk)
        #expect(try AuditLog(reading: database).desk == "desk-a")
    }

    @Test func `reading a database without a log says so`() throws {
        let database = try Database(inMemory: [AuditLog.migrations])
        #expect(throws: AuditError.self) { try AuditLog(reading: database) }
    }

    @Test func `keeps nothing of a batch that fails`() throws {
        struct Stop: Error {}
        let sample = try TamperedLog(count: 2)
        let head = try sample.log.head
        #expect(throws: Stop.self) {
            try sample.database.write {
                _ = try sample.log.append([.sample(3)], in: $0)
                throw Stop()
            }
        }
        #expect(try sample.log.head == head)
        #expect(try sample.record(3) == nil)
    }

    @Test func `finds records by subject and kind, page by page`() throws {
        let log = try AuditLog(Database(inMemory: []), desk: "desk-a")
        try log.append(AuditEntry.samples(1...700))
        #expect(try sequences(log, AuditFilter()) == Array(1...700))
        #expect(try sequences(log, AuditFilter(subject: "order-1")) == Array(stride(from: 1, through: 699, by: 2)))
        #expect(try sequences(log, AuditFilter(kind: "fill")) == Array(stride(from: 3, through: 699, by: 3)))
        #expect(
            try sequences(log, AuditFilter(subject: "order-0", kind: "fill"))
                == Array(stride(from: 6, through: 696, by: 6)))
        #expect(try sequences(log, AuditFilter(subject: "nobody")).isEmpty)
        #expect(try sequences(log, AuditFilter(subject: "AAPL"), from: 695) == Array(695...700))
    }

    private func sequences(_ log: AuditLog, _ filter: AuditFilter, from first: Int64 = 1) throws -> [Int] {
        var cursor = log.records(from: first, matching: filter)
        var found: [Int] = []
        while let record = try cursor.next() { found.append(Int(record.sequence)) }
        return found
    }
}
