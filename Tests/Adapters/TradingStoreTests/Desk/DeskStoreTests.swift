import Determinism
import Foundation
import ScratchFolders
import Storage
import Testing

@testable import TradingStore

@Suite struct DeskStoreTests {
    private let start = Timestamp(nanoseconds: 1_000)

    @Test func `a commit is all or nothing`() throws {
        let store = try store()
        var run = try store.begin(run: "run-1", configuration: [1], at: start)
        let halt = try store.request(.halt, reason: "news", at: start, by: "ann")
        let head = try store.audit.head
        #expect(throws: DeskStoreError.self) {
            try run.commit(entries: [.sample(1)], snapshot: [1], consumedControls: [halt.id, halt.id])
        }
        #expect(try store.audit.head == head)
        #expect(try store.pendingControls() == [halt])
        #expect(try store.resume(run: "run-1").snapshot == nil)
        let committed = try run.commit(entries: AuditEntry.samples(1...2), snapshot: [7], consumedControls: [halt.id])
        #expect(committed.sequence == 2)
        #expect(try store.audit.head == committed)
        #expect(try store.pendingControls().isEmpty)
        #expect(try store.openRun()?.head == committed)
        #expect(try store.resume(run: "run-1").snapshot == DeskSnapshot(sequence: 2, bytes: [7]))
    }

    @Test func `one run is open at a time`() throws {
        let store = try store()
        _ = try store.begin(run: "run-1", configuration: [1, 2], at: start)
        #expect(code { try store.begin(run: "run-2", configuration: [], at: start) } == .anotherRunIsOpen)
        try store.end(run: "run-1", as: .completed, at: start + .seconds(1))
        #expect(code { try store.begin(run: "run-1", configuration: [], at: start) } == .runExists)
        _ = try store.begin(run: "run-2", configuration: [], at: start)
        let runs = try store.runs(limit: 5)
        #expect(runs.map(\.id) == ["run-2", "run-1"])
        #expect(runs.map(\.state) == [.open, .completed])
        #expect(runs.last?.configuration == [1, 2])
        #expect(runs.last?.ended == start + .seconds(1))
        #expect(code { try store.end(run: "run-1", as: .failed, at: start) } == .runEnded)
        #expect(code { try store.end(run: "run-9", as: .failed, at: start) } == .unknownRun)
        #expect(code { try store.resume(run: "run-1") } == .runEnded)
        #expect(code { try store.resume(run: "run-9") } == .unknownRun)
    }

    @Test func `an ended run writes nothing more`() throws {
        let store = try store()
        var run = try store.begin(run: "run-1", configuration: [], at: start)
        try store.end(run: "run-1", as: .abandoned, at: start)
        #expect(code { try run.commit(entries: [.sample(1)]) } == .runEnded)
        #expect(try store.audit.head.sequence == 0)
    }

    @Test func `a request with a key that was used before is the one from then`() throws {
        let store = try store()
        var run = try store.begin(run: "run-1", configuration: [], at: start)
        let wanted = NewRequest(.order, reason: "r", by: "ann", body: [1, 2], key: "k")
        let first = try store.request(wanted, at: start)
        #expect(first.record == nil)
        #expect(try store.hasPendingControls())
        try run.commit(entries: AuditEntry.samples(1...3), consumedControls: [first.request.id])
        #expect(try !store.hasPendingControls())
        let again = try store.request(NewRequest(.halt, reason: "other", by: "bob", key: "k"), at: start)
        #expect(again.request == first.request)
        #expect(again.record == 3)
        #expect(try store.control(first.request.id)?.record == 3)
        #expect(try store.control(99) == nil)
        #expect(try store.request(NewRequest(.halt, reason: "r", by: "ann"), at: start).request.id == 2)
    }

    @Test func `a store without keys and bodies is read once it has today's tables`() throws {
        let folder = try ScratchFolder()
        let path = DeskStore.path(inHome: folder.path)
        let old = try Database(at: path)
        let today = DeskTables.migrations
        try old.migrate(MigrationSet("desk", Array(today.migrations.prefix(1))))
        _ = try AuditLog(old, desk: "d")
        try old.write { transaction in
            _ = try transaction.run("INSERT INTO control(kind, reason, time, who) VALUES ('halt', 'r', 5, 'ann')")
        }
        let store = try DeskStore(ofHome: folder.path)
        let pending = try store.pendingControls()
        #expect(pending.map(\.reason) == ["r"])
        #expect(pending.map(\.key) == [nil])
    }

    @Test func `the newest records come first, page by page and by what they are about`() throws {
        let store = try store()
        let entries = (1...9).map { (number: Int) -> AuditEntry in
            let kind = number % 3 == 0 ? "third" : "other"
            let subjects = number % 2 == 0 ? ["even"] : []
            return AuditEntry(run: "r", kind: kind, time: start, body: [UInt8(number)], subjects: subjects)
        }
        try store.audit.append(entries)
        func sequences(_ last: Int64?, _ filter: AuditFilter, _ limit: Int) throws -> [Int64] {
            try store.audit.newest(through: last, matching: filter, limit: limit).map(\.sequence)
        }
        #expect(try sequences(nil, AuditFilter(), 3) == [9, 8, 7])
        #expect(try sequences(6, AuditFilter(), 3) == [6, 5, 4])
        #expect(try sequences(nil, AuditFilter(kind: "third"), 9) == [9, 6, 3])
        #expect(try sequences(7, AuditFilter(subject: "even"), 9) == [6, 4, 2])
        #expect(try sequences(nil, AuditFilter(subject: "even", kind: "third"), 9) == [6])
        #expect(try sequences(nil, AuditFilter(), 0).isEmpty)
        #expect(try store.audit.subjects(of: 4) == ["even"])
        #expect(try store.audit.record(10) == nil)
        for sequence in 1...9 { #expect(try store.audit.fault(in: Int64(sequence)) == nil) }
        _ = try store.database.write { try $0.run("UPDATE audit SET body = ? WHERE sequence = 5", [UInt8(1)]) }
        #expect(try store.audit.fault(in: 5) != nil)
        #expect(try store.audit.fault(in: 12) != nil)
    }

    @Test func `requests are consumed once, in order and with a record`() throws {
        let store = try store()
        var run = try store.begin(run: "run-1", configuration: [], at: start)
        let kinds = Array(ControlKind.allCases.prefix(4))
        let ids = try kinds.map { try store.request($0, reason: "r", at: start, by: "ann").id }
        #expect(try store.pendingControls().map(\.kind) == kinds)
        #expect(code { try run.commit(entries: [.sample(1)], consumedControls: [ids[1]]) } == .controlOutOfOrder)
        #expect(code { try run.commit(entries: [], consumedControls: [ids[0]]) } == .controlOutOfOrder)
        #expect(code { try run.commit(entries: [.sample(1)], consumedControls: [99]) } == .controlOutOfOrder)
        try run.commit(entries: [.sample(1)], consumedControls: [ids[0], ids[1]])
        #expect(code { try run.commit(entries: [.sample(2)], consumedControls: [ids[1]]) } == .controlOutOfOrder)
        try run.commit(entries: [.sample(2)], consumedControls: [ids[2]])
        #expect(try store.pendingControls().map(\.id) == [ids[3]])
    }

    @Test func `a resumed run is given its snapshot and requests and catches up`() throws {
        let store = try store()
        try commitSix(store)
        var resumed = try store.resume(run: "run-1")
        #expect(resumed.record.configuration == [9])
        #expect(resumed.snapshot == DeskSnapshot(sequence: 4, bytes: [4]))
        #expect(resumed.controls.map(\.sequence) == [5])
        #expect(resumed.controls.map(\.request.kind) == [.resume])
        #expect(resumed.run.isCatchingUp)
        let end = try store.audit.head
        try resumed.run.commit(entries: [.sample(5)], consumedControls: resumed.controls.map(\.request.id))
        try resumed.run.commit(entries: [.sample(6)])
        #expect(!resumed.run.isCatchingUp)
        #expect(resumed.run.head == end)
        #expect(try store.openRun()?.head == end)
        try resumed.run.commit(entries: [.sample(7)], snapshot: [7])
        #expect(try store.audit.verify().fault == nil)
        #expect(try store.openRun()?.head.sequence == 7)
    }

    @Test func `a resumed run that goes another way is stopped`() throws {
        let store = try store()
        try commitSix(store)
        let controls = try store.resume(run: "run-1").controls.map(\.request.id)
        var resumed = try store.resume(run: "run-1").run
        #expect(throws: AuditError.self) { try resumed.commit(entries: [.sample(5, body: "{}")]) }
        try resumed.commit(entries: [.sample(5)], consumedControls: controls)
        #expect(code { try resumed.commit(entries: [.sample(6)], consumedControls: controls) } == .diverged)
        let late = try store.request(.flatten, reason: "", at: start, by: "ann")
        #expect(code { try resumed.commit(entries: [.sample(6)], consumedControls: [late.id]) } == .diverged)
        try store.database.write { _ = try $0.run("UPDATE snapshot SET bytes = x'00' WHERE sequence = 4") }
        var older = try store.resume(run: "run-1")
        #expect(older.snapshot == DeskSnapshot(sequence: 2, bytes: [2]))
        try older.run.commit(entries: [.sample(3)])
        #expect(code { try older.run.commit(entries: [.sample(4)], snapshot: [5]) } == .diverged)
        try older.run.commit(entries: [.sample(4)], snapshot: [4])
        #expect(try store.resume(run: "run-1").snapshot == DeskSnapshot(sequence: 4, bytes: [4]))
    }

    @Test func `the two newest snapshots are kept`() throws {
        let store = try store()
        var run = try store.begin(run: "run-1", configuration: [], at: start)
        for number in 1...4 { try run.commit(entries: [.sample(number)], snapshot: [UInt8(number)]) }
        let kept = try store.database.read {
            try $0.all("SELECT sequence FROM snapshot ORDER BY sequence") { try $0.integer(0) }
        }
        #expect(kept == [3, 4])
    }

    @Test func `a run without a snapshot is made again from its beginning, after the runs before it`() throws {
        let store = try store()
        try commitSix(store)
        try store.end(run: "run-1", as: .abandoned, at: start)
        var second = try store.begin(run: "run-2", configuration: [], at: start)
        try second.commit(entries: [.sample(7)])
        var resumed = try store.resume(run: "run-2")
        #expect(resumed.snapshot == nil)
        #expect(resumed.record.base == 6)
        try resumed.run.commit(entries: [.sample(7)])
        #expect(!resumed.run.isCatchingUp)
    }

    /// Six records in as many commits, a request each at 1 and 5, snapshots at 2 and 4.
    private func commitSix(_ store: DeskStore) throws {
        var run = try store.begin(run: "run-1", configuration: [9], at: start)
        let halt = try store.request(.halt, reason: "", at: start, by: "ann")
        try run.commit(entries: [.sample(1)], consumedControls: [halt.id])
        try run.commit(entries: [.sample(2)], snapshot: [2])
        try run.commit(entries: [.sample(3)])
        try run.commit(entries: [.sample(4)], snapshot: [4])
        let resume = try store.request(.resume, reason: "", at: start, by: "ann")
        try run.commit(entries: [.sample(5)], consumedControls: [resume.id])
        try run.commit(entries: [.sample(6)])
    }

    private func store() throws -> DeskStore {
        try DeskStore(Database(inMemory: []), desk: "desk-a")
    }

    private func code(_ body: () throws -> some Any) -> DeskStoreError.Code? {
        #expect(throws: DeskStoreError.self) { _ = try body() }?.code
    }
}
