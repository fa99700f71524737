import DeskCommands
import Determinism
import Foundation
import ScratchFolders
import Storage
import Testing
import WorkflowModel

@testable import Access

@Suite struct AccessLedgerTests {
    private let time = ManualTime(at: Timestamp(nanoseconds: 1_800_000_000_000_000_000))
    private let caller = Caller("robot", .trader, through: .rest)

    private func entry(_ command: String, _ arguments: [String: Value] = [:]) -> AccessEntry {
        AccessEntry(command, arguments, by: caller, .done, at: time.now, trace: "")
    }

    private func waiting(_ id: String, by name: String = "robot") -> PendingConfirmation {
        PendingConfirmation(
            id: id, command: "desk.resume", arguments: ["reason": "because"],
            caller: Caller(name, .trader, through: .mcp, tier: .paper), reason: "a model asks", created: time.now,
            expires: time.now + PendingConfirmation.patience, callID: "c-\(id)", key: CallKey(scope: "s", key: "k"))
    }

    @Test func `the record tells an entry that was changed, removed, or cut from its end`() throws {
        for damage in [
            "UPDATE access_entry SET caller = 'other' WHERE sequence = 3",
            "UPDATE access_entry SET arguments = NULL WHERE sequence = 3",
            "UPDATE access_entry SET time = time + 1 WHERE sequence = 3",
            "DELETE FROM access_entry WHERE sequence = 3", "DELETE FROM access_entry WHERE sequence > 3",
            "DELETE FROM access_entry",
        ] {
            let folder = try ScratchFolder()
            let ledger = try AccessStore(home: folder.path, time: time).ledger
            for number in 0..<5 { try ledger.record(entry("c\(number)", ["n": 1]), answer: nil, for: nil) }
            #expect(try ledger.verify().fault == nil)
            #expect(try ledger.verify().head.sequence == 5)
            let other = try Database(at: AccessStore.path(inHome: folder.path))
            try other.write { _ = try $0.run(damage) }
            #expect(try ledger.verify().fault != nil, "\(damage)")
        }
    }

    @Test func `a head that was noted finds a record that was rewritten from some entry on`() throws {
        let (honest, forged) = try (
            AccessLedger(Database(inMemory: AccessStore.migrations), time: time),
            AccessLedger(Database(inMemory: AccessStore.migrations), time: time)
        )
        try honest.record(entry("a"), answer: nil, for: nil)
        try forged.record(entry("b"), answer: nil, for: nil)
        let noted = try honest.head()
        for ledger in [honest, forged] { try ledger.record(entry("c"), answer: nil, for: nil) }
        #expect(try honest.verify(expecting: noted).fault == nil)
        #expect(try forged.verify().fault == nil)
        #expect(try forged.verify(expecting: noted).fault != nil)
        #expect(AccessHead("\(noted)") == noted && AccessHead("1:xyz") == nil)
    }

    @Test func `the record is read newest first, page by page, and by caller or outcome`() throws {
        let ledger = AccessLedger(try Database(inMemory: AccessStore.migrations), time: time)
        for number in 0..<7 { try ledger.record(entry("c\(number)"), answer: nil, for: nil) }
        var query = AccessQuery()
        query.limit = 3
        #expect(try ledger.entries(query).map(\.entry.command) == ["c6", "c5", "c4"])
        query.before = 5
        #expect(try ledger.entries(query).map(\.sequence) == [4, 3, 2])
        query.caller = "nobody"
        #expect(try ledger.entries(query).isEmpty)
        (query.caller, query.outcome) = ("robot", .refused)
        #expect(try ledger.entries(query).isEmpty)
    }

    @Test func `no secret reaches the record, however deep or however named`() throws {
        let arguments: [String: Value] = [
            "token": "S3", "api_key": "S3", "nested": ["password": "S3", "list": [["clientSecret": "S3"]]],
            "KEY": "S3", "monkey": "kept", "keys": "kept",
        ]
        let made = entry("c", arguments)
        let text = try #require(made.arguments)
        #expect(!text.contains("S3"))
        #expect(text.components(separatedBy: "kept").count == 3)
        #expect(made.digest == Digest.of(text.utf8))
        #expect(entry("c", ["a": .text(String(repeating: "x", count: 5000))]).arguments == nil)
    }

    @Test func `a call with a key is begun once, and keeps its name until it has an answer`() throws {
        let folder = try ScratchFolder()
        let key = CallKey(scope: "key robot", key: "12345678")
        let request = Digest.of("a".utf8)
        let first = try AccessStore(home: folder.path, time: time).ledger
        #expect(try first.begin(key, request: request, callID: "one", at: time.now) == .begun(callID: "one"))
        // The process dies here; another takes the call up under the same name.
        let second = try AccessStore(home: folder.path, time: time).ledger
        #expect(try second.begin(key, request: request, callID: "two", at: time.now) == .begun(callID: "one"))
        try second.record(entry("c"), answer: CommandAnswer(["done": true]), for: key)
        #expect(
            try first.begin(key, request: request, callID: "three", at: time.now)
                == .answered(CommandAnswer(["done": true])))
        #expect(try first.begin(key, request: Digest.of([]), callID: "x", at: time.now) == .otherRequest)
        let others = CallKey(scope: "key other", key: "12345678")
        #expect(try first.begin(others, request: request, callID: "x", at: time.now) == .begun(callID: "x"))
    }

    @Test func `a key is forgotten after a day`() throws {
        let ledger = AccessLedger(try Database(inMemory: AccessStore.migrations), time: time)
        let key = CallKey(scope: "s", key: "12345678")
        _ = try ledger.begin(key, request: Digest.of([]), callID: "one", at: time.now)
        try ledger.record(entry("c"), answer: CommandAnswer(1), for: key)
        time.advance(by: .seconds(24 * 3600 - 1))
        #expect(
            try ledger.begin(key, request: Digest.of([]), callID: "two", at: time.now) == .answered(CommandAnswer(1)))
        time.advance(by: .seconds(1))
        #expect(
            try ledger.begin(key, request: Digest.of("b".utf8), callID: "two", at: time.now) == .begun(callID: "two"))
    }

    @Test func `a confirmation is kept as it was asked and settled once`() throws {
        let ledger = AccessLedger(try Database(inMemory: AccessStore.migrations), time: time)
        #expect(try ledger.keep(waiting("a")))
        #expect(try ledger.confirmation("a") == waiting("a"))
        #expect(try ledger.confirmations().map(\.id) == ["a"])
        #expect(try ledger.settle("a", as: .confirmed, at: time.now)?.settlement == .confirmed)
        #expect(try ledger.settle("a", as: .confirmed, at: time.now) == nil)
        #expect(try ledger.settle("a", as: .dismissed, at: time.now) == nil)
        #expect(try ledger.confirmations().isEmpty)
        #expect(try ledger.settle("b", as: .confirmed, at: time.now) == nil)
    }

    @Test func `a confirmation can be settled for ten minutes`() throws {
        let ledger = AccessLedger(try Database(inMemory: AccessStore.migrations), time: time)
        #expect(try ledger.keep(waiting("a")))
        time.advance(by: .seconds(600))
        #expect(try ledger.confirmations().isEmpty)
        #expect(try ledger.settle("a", as: .confirmed, at: time.now) == nil)
    }

    @Test func `one caller cannot crowd out the others' confirmations`() throws {
        let ledger = AccessLedger(try Database(inMemory: AccessStore.migrations), time: time)
        for number in 0..<30 { #expect(try ledger.keep(waiting("a\(number)")) == (number < 20)) }
        #expect(try ledger.keep(waiting("b", by: "other")))
    }
}
