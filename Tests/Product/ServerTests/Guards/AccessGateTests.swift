import Access
import DeskCommands
import Determinism
import ScratchFolders
import Telemetry
import Testing

@testable import Server

@Suite struct `Access gate` {
    private let time = ManualTime(at: Timestamp(nanoseconds: 1_790_000_000_000_000_000))
    private let folder: ScratchFolder
    private let store: AccessStore

    init() throws {
        folder = try ScratchFolder()
        store = try AccessStore(home: folder.path, time: time)
    }

    private func gate(local: LocalToken? = nil) -> AccessGate {
        AccessGate(store, rates: RateLimiter(perSecond: 1, burst: 2), log: .silent, local: { local })
    }

    @Test func `a key opens until it is revoked`() throws {
        let gate = gate()
        #expect(!gate.hasKeys)
        let (key, text) = try store.keyBook.create(KeyWish("ada", .trader, tier: .paper))
        #expect(gate.hasKeys)
        let caller = gate.caller(key: text, person: "somebody else", at: time.now)
        #expect(caller == Caller("ada", .trader, through: .rest, tier: .paper))
        _ = try store.keyBook.revoke(key.id)
        #expect(gate.caller(key: text, person: nil, at: time.now) == nil)
        #expect(!gate.hasKeys)
    }

    @Test func `a link opens a session once, which ends when it is ended`() async throws {
        let gate = gate()
        let token = try store.sessionBook.createLink(for: Person("amy", .admin))
        let session = try #require(await gate.redeem(login: token, at: time.now))
        #expect(await gate.redeem(login: token, at: time.now) == nil)
        #expect(gate.session(cookie: session.cookie, at: time.now) == session)
        #expect(session.caller.isPerson)
        await gate.end(session)
        #expect(gate.session(cookie: session.cookie, at: time.now) == nil)
    }

    @Test func `a terminal of this machine proves itself with its token, under the name that it says`() throws {
        let token = try LocalToken.publish(url: "http://127.0.0.1:1", home: folder.path)
        #expect(gate(local: token).caller(key: token.token, person: "amy\u{7}", at: time.now)?.name == "amy")
        #expect(gate(local: token).caller(key: token.token, person: nil, at: time.now)?.face == .terminal)
        #expect(gate(local: token).caller(key: "local_guess", person: "amy", at: time.now) == nil)
        #expect(gate().caller(key: token.token, person: "amy", at: time.now) == nil)
    }

    @Test func `calls and guesses are counted apart for each name and address`() {
        let gate = gate()
        #expect(gate.take("a", at: time.now).isAllowed && gate.take("a", at: time.now).isAllowed)
        let refused = gate.take("a", at: time.now)
        #expect(!refused.isAllowed && refused.wait == 1 && refused.limit == 2)
        #expect(gate.take("b", at: time.now).isAllowed)
        for _ in 0..<10 { gate.failed("10.0.0.1", at: time.now) }
        #expect(gate.wait(of: "10.0.0.1", at: time.now) == .seconds(60))
        #expect(gate.wait(of: "10.0.0.2", at: time.now) == nil)
    }

    @Test func `a refusal at the door is on the record`() async throws {
        let entry = AccessEntry(
            "GET /api/status", [:], by: Caller("stranger", .viewer, through: .rest), .refused, code: .unauthenticated,
            at: time.now, trace: "t")
        await gate().record(entry)
        #expect(try store.ledger.entries(AccessQuery()).map(\.entry.command) == ["GET /api/status"])
    }
}
