import Storage
import Testing

@testable import TradingStore

@Suite struct AuditVerificationTests {
    @Test func `an untouched log is well, also against a head noted earlier`() throws {
        let sample = try TamperedLog(count: 6)
        let noted = try sample.log.head
        try sample.log.append(AuditEntry.samples(7...10))
        #expect(try sample.log.verify(expecting: [noted]) == AuditVerification(head: sample.log.head, fault: nil))
        #expect(try TamperedLog(count: 0).fault() == nil)
    }

    @Test(
        arguments: [
            "run = 'run-2'", "kind = kind || 'x'", "time = time + 1", "body = CAST(replace(body, 'ö', 'o') AS BLOB)",
            "hash = zeroblob(32)", "hash = x'00'", "previous = zeroblob(32)", "previous = x''",
        ], [1, 5, 10])
    func `finds a column that was changed`(change: String, sequence: Int64) throws {
        let sample = try TamperedLog()
        try sample.run("UPDATE audit SET \(change) WHERE sequence = \(sequence)")
        let fault = try #require(try sample.fault())
        #expect(fault.kind == .changed)
        #expect(fault.sequence == sequence, "\(fault)")
        #expect(fault.message.contains("record \(sequence)"))
        #expect(try sample.log.verify().head.sequence == sequence - 1)
    }

    @Test func `says where only the hash was changed`() throws {
        let sample = try TamperedLog()
        try sample.run("UPDATE audit SET hash = zeroblob(32) WHERE sequence = 5")
        #expect(try sample.fault()?.message.contains("its hash is not what was written") == true)
    }

    @Test func `finds a changed sequence number`() throws {
        let sample = try TamperedLog()
        try sample.run("UPDATE audit SET sequence = 99 WHERE sequence = 10")
        #expect(try sample.fault() == AuditFault(.changed, 10, "record 10 was changed: its sequence number is now 99"))
    }

    @Test(arguments: [1...1, 5...5, 4...6, 1...9])
    func `finds what was removed from the beginning or the middle`(removed: ClosedRange<Int>) throws {
        let sample = try TamperedLog()
        try sample.run("DELETE FROM audit WHERE sequence BETWEEN \(removed.lowerBound) AND \(removed.upperBound)")
        let fault = try #require(try sample.fault())
        #expect(fault.kind == .removed)
        #expect(fault.sequence == removed.lowerBound)
        #expect(
            fault.message.contains(
                removed.count == 1
                    ? "record \(removed.lowerBound) was removed"
                    : "records \(removed.lowerBound) to \(removed.upperBound) were removed"))
    }

    @Test(arguments: [1, 4]) func `finds what was removed although the rest was renumbered`(removed: Int) throws {
        let sample = try TamperedLog()
        try sample.run("DELETE FROM audit WHERE sequence BETWEEN \(removed) AND \(removed + 1)")
        try sample.renumber(from: removed + 2, by: -2)
        try sample.mendHead()
        let fault = try #require(try sample.fault())
        #expect(fault.kind == .removed)
        #expect(fault.sequence == removed)
    }

    @Test(arguments: [10, 8, 1]) func `finds a cut end by the head in the file`(first: Int) throws {
        let sample = try TamperedLog()
        try sample.run("DELETE FROM audit WHERE sequence >= \(first)")
        let fault = try #require(try sample.fault())
        #expect(fault.kind == .removed)
        #expect(fault.sequence == first)
        #expect(fault.message.contains("removed from the end"))
    }

    @Test func `finds a cut end by a noted head although the file's head was mended`() throws {
        let sample = try TamperedLog()
        let noted = try sample.log.head
        try sample.run("DELETE FROM audit WHERE sequence >= 9")
        try sample.mendHead()
        #expect(try sample.fault() == nil)
        let fault = try #require(try sample.fault(expecting: noted))
        #expect((fault.kind, fault.sequence) == (.removed, 9))
    }

    @Test func `finds a copy of a record at the end`() throws {
        let sample = try TamperedLog()
        try sample.run(
            """
            INSERT INTO audit SELECT 11, run, kind, time, body, previous, hash, unpacked_length FROM audit WHERE sequence = 4
            """)
        try sample.mendHead()
        let fault = try #require(try sample.fault())
        #expect((fault.kind, fault.sequence) == (.inserted, 11))
        #expect(fault.message.contains("a copy of record 4"))
    }

    @Test(arguments: [1, 5, 10]) func `finds a copy of a record behind it`(original: Int) throws {
        let sample = try TamperedLog()
        try sample.renumber(from: original + 1, by: 1)
        try sample.run(
            """
            INSERT INTO audit SELECT \(original + 1), run, kind, time, body, previous, hash, unpacked_length FROM audit
            WHERE sequence = \(original)
            """)
        try sample.mendHead()
        let fault = try #require(try sample.fault())
        #expect(fault.kind == .inserted)
        #expect(fault.sequence == original + 1)
    }

    @Test(arguments: [(1, 2), (4, 5), (2, 9), (9, 10)])
    func `finds two records that changed places`(first: Int, second: Int) throws {
        let sample = try TamperedLog()
        try sample.run("UPDATE audit SET sequence = 0 WHERE sequence = \(first)")
        try sample.run("UPDATE audit SET sequence = \(first) WHERE sequence = \(second)")
        try sample.run("UPDATE audit SET sequence = \(second) WHERE sequence = 0")
        let fault = try #require(try sample.fault())
        #expect(fault.kind == .reordered)
        #expect(fault.sequence == first)
        #expect(fault.message.contains("record \(second)"))
    }

    @Test(arguments: [2, 5, 10]) func `finds a forged record with a proper hash in the middle`(place: Int64) throws {
        let sample = try TamperedLog()
        try sample.renumber(from: Int(place), by: 1)
        try sample.forge(place, body: "{}")
        let fault = try #require(try sample.fault())
        #expect(fault.kind == .inserted)
        #expect(fault.sequence == place)
    }

    @Test func `finds junk in the middle`() throws {
        let sample = try TamperedLog()
        try sample.renumber(from: 5, by: 1)
        try sample.run("INSERT INTO audit VALUES (5, 'r', 'k', 0, x'7b7d', zeroblob(32), zeroblob(32), NULL)")
        let fault = try #require(try sample.fault())
        #expect((fault.kind, fault.sequence) == (.inserted, 5))
    }

    @Test func `finds a forged record at the end by the head in the file`() throws {
        let sample = try TamperedLog()
        try sample.forge(11, body: "{}")
        let fault = try #require(try sample.fault())
        #expect((fault.kind, fault.sequence) == (.inserted, 11))
    }

    @Test(arguments: [2, 5, 9]) func `finds a record replaced by a forged one with a proper hash`(place: Int64) throws {
        let sample = try TamperedLog()
        try sample.run("DELETE FROM audit WHERE sequence = \(place)")
        try sample.forge(place, body: "{}")
        let fault = try #require(try sample.fault())
        #expect((fault.kind, fault.sequence) == (.changed, place))
        #expect(fault.message.contains("computed anew"))
    }

    @Test func `finds a last record replaced by a forged one`() throws {
        let sample = try TamperedLog()
        let noted = try sample.log.head
        try sample.run("DELETE FROM audit WHERE sequence = 10")
        try sample.forge(10, body: "{}")
        #expect(try sample.fault().map { [$0.sequence] } == [10])
        try sample.mendHead()
        #expect(try sample.fault() == nil)
        let fault = try #require(try sample.fault(expecting: noted))
        #expect((fault.kind, fault.sequence) == (.changed, 10))
    }

    @Test func `finds a log that was rewritten from some record on, by a noted head`() throws {
        let sample = try TamperedLog()
        let noted = try sample.log.head
        try sample.run("DELETE FROM audit WHERE sequence >= 6")
        try sample.mendHead()
        try sample.log.append([.sample(6, body: "{}")] + AuditEntry.samples(7...12))
        #expect(try sample.fault() == nil)
        let fault = try #require(try sample.fault(expecting: noted))
        #expect((fault.kind, fault.sequence) == (.changed, 10))
    }

    @Test func `finds a changed head, and another desk's name on it`() throws {
        let sample = try TamperedLog()
        try sample.run("UPDATE audit_head SET hash = zeroblob(32)")
        #expect(try sample.fault()?.kind == .changed)
        try sample.mendHead()
        try sample.run("UPDATE audit_head SET desk = 'desk-b'")
        let other = try AuditLog(reading: sample.database).verify().fault
        #expect(other?.sequence == 1)
    }
}
