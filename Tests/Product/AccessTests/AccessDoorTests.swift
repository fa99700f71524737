import DeskCommands
import Determinism
import ScratchFolders
import Storage
import Synchronization
import Testing

@testable import Access

@Suite struct AccessDoorTests {
    private let time = ManualTime(at: Timestamp(nanoseconds: 1_800_000_000_000_000_000))
    private let folder: ScratchFolder
    private let store: AccessStore
    private let local: LocalToken

    init() throws {
        folder = try ScratchFolder()
        store = try AccessStore(home: folder.path, time: time)
        local = try LocalToken.publish(url: "http://127.0.0.1:1", home: folder.path)
    }

    private func door() -> AccessDoor {
        AccessDoor(store, local: local, person: "ada") { error in Issue.record("\(error)") }
    }

    @Test func `keys, sessions and the terminal's token come in, and nothing else does`() throws {
        let door = door()
        #expect(!door.hasKeys)
        let key = try store.keyBook.create(KeyWish("robot", .trader))
        #expect(door.hasKeys)
        #expect(door.caller(key: key.text) == Caller("robot", .trader, through: .rest))
        #expect(door.caller(key: local.token) == Caller("ada", .admin, through: .terminal))
        let session = try #require(door.redeem(try store.sessionBook.createLink(for: Person("ada", .viewer))))
        #expect(door.session(cookie: session.token)?.caller == Caller("ada", .viewer, through: .dashboard))
        for text in ["", "local_", "local_\(key.text)", session.token, String(local.token.dropLast())] {
            #expect(door.caller(key: text) == nil)
        }
        #expect(door.session(cookie: local.token) == nil)
        door.end(cookie: session.token)
        #expect(door.session(cookie: session.token) == nil)
        let closed = AccessDoor(store, local: nil, person: "ada") { _ in }
        #expect(closed.caller(key: local.token) == nil)
    }

    @Test func `failures are counted, and are on the record within five seconds`() async throws {
        let door = door()
        for _ in 0..<10 { #expect(door.failed("10.0.0.9", at: time.now) == nil) }
        #expect(door.failed("10.0.0.9", at: time.now) == .seconds(60))
        #expect(door.failed("10.0.0.8", at: time.now) == nil)
        let serving = Task { try await door.run(time) }
        time.advance(to: await time.nextDeadline())
        _ = await time.nextDeadline()
        let entries = try store.ledger.entries(AccessQuery())
        #expect(entries.count == 11)
        #expect(entries.allSatisfy { $0.entry.code == "unauthenticated" && $0.entry.outcome == .refused })
        serving.cancel()
        _ = await serving.result
    }

    @Test func `when a key was used last is written once a minute, and when serving ends`() async throws {
        let door = door()
        let other = try AccessStore(home: folder.path, time: time).keyBook
        let key = try store.keyBook.create(KeyWish("robot", .trader))
        let serving = Task { try await door.run(time) }
        let start = time.now
        for _ in 0..<11 {
            time.advance(to: await time.nextDeadline())
            _ = door.caller(key: key.text)
        }
        #expect(try other.list().first?.lastUsed == nil)
        time.advance(to: await time.nextDeadline())
        _ = await time.nextDeadline()
        #expect(try other.list().first?.lastUsed == start + .seconds(55))
        _ = door.caller(key: key.text)
        serving.cancel()
        _ = await serving.result
        #expect(try other.list().first?.lastUsed == start + .seconds(60))
    }

    @Test func `what cannot be read lets nobody in and is told`() throws {
        let told = Mutex(0)
        let key = try store.keyBook.create(KeyWish("robot", .trader))
        let door = AccessDoor(store, local: nil, person: "ada") { _ in told.withLock { $0 += 1 } }
        let database = try Database(at: AccessStore.path(inHome: folder.path))
        try database.write { _ = try $0.run("DROP TABLE access_key") }
        #expect(door.caller(key: key.text) == nil)
        #expect(told.withLock { $0 } == 1)
    }
}
