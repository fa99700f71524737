import Determinism
import Storage
import Testing

@testable import TradingStore

@Suite struct AuditAppenderTests {
    @Test func `a replay that makes the same records writes only what is new`() throws {
        let sample = try TamperedLog()
        let head = try sample.log.head
        var appender = try AuditAppender(sample.log, after: 4)
        #expect(appender.isCatchingUp)
        #expect(try appender.append(AuditEntry.samples(5...8)).sequence == 8)
        #expect(appender.isCatchingUp)
        #expect(try appender.append(AuditEntry.samples(9...10)) == head)
        #expect(!appender.isCatchingUp)
        #expect(try appender.append([.sample(11)]).sequence == 11)
        #expect(try appender.append([.sample(12)]).sequence == 12)
        #expect(try sample.log.verify() == AuditVerification(head: sample.log.head, fault: nil))
        #expect(try sample.log.head.sequence == 12)
    }

    @Test func `a batch may reach over the stored end`() throws {
        let sample = try TamperedLog()
        var appender = try AuditAppender(sample.log, after: 0)
        #expect(try appender.append(AuditEntry.samples(1...13)).sequence == 13)
        #expect(try sample.log.head.sequence == 13)
        #expect(try sample.record(13)?.body == AuditEntry.sample(13).body)
    }

    @Test(arguments: [
        (
            AuditEntry(run: "run-2", kind: "fill", time: Timestamp(nanoseconds: 6000), body: AuditEntry.sample(6).body),
            "run"
        ),
        (
            AuditEntry(
                run: "run-1", kind: "order", time: Timestamp(nanoseconds: 6000), body: AuditEntry.sample(6).body),
            "kind"
        ),
        (
            AuditEntry(run: "run-1", kind: "fill", time: Timestamp(nanoseconds: 6001), body: AuditEntry.sample(6).body),
            "time"
        ),
        (AuditEntry.sample(6, body: #"{"number":6,"text":"grösser"}"#), "body differs from byte 24"),
        (AuditEntry.sample(6, body: #"{"number":6,"text":"größer"}x"#), "body differs from byte 30"),
    ])
    func `a replay that makes another record is refused with the difference`(entry: AuditEntry, what: String) throws {
        let sample = try TamperedLog()
        let head = try sample.log.head
        var appender = try AuditAppender(sample.log, after: 4)
        let error = #expect(throws: AuditError.self) {
            try appender.append([.sample(5), entry] + AuditEntry.samples(7...12))
        }
        #expect(error?.code == .diverged)
        #expect(error?.sequence == 6)
        #expect(error?.message.contains("record 6: its \(what)") == true, "\(error?.message ?? "")")
        #expect(try sample.log.head == head)
        #expect(appender.position.sequence == 4)
    }

    @Test func `a difference is shown with what is around it`() throws {
        let sample = try TamperedLog()
        var appender = try AuditAppender(sample.log, after: 0)
        let error = #expect(throws: AuditError.self) { try appender.append([.sample(1, body: #"{"number":2}"#)]) }
        #expect(error?.message.contains(#"stored '{"number":1,"text":"größer"}', now '{"number":2}'"#) == true)
    }

    @Test func `refuses to go on when somebody else has appended`() throws {
        let sample = try TamperedLog()
        var appender = try AuditAppender(sample.log, after: 10)
        try sample.log.append([.sample(11)])
        let error = #expect(throws: AuditError.self) { try appender.append([.sample(11)]) }
        #expect(error?.code == .overtaken)
    }

    @Test func `refuses to go on from a record that does not exist`() throws {
        #expect(throws: AuditError.self) { try AuditAppender(TamperedLog().log, after: 11) }
    }
}
