import DeskCommands
import Determinism
import ScratchFolders
import Storage
import Testing

@testable import Access

@Suite struct SessionBookTests {
    private let time = ManualTime(at: Timestamp(nanoseconds: 1_800_000_000_000_000_000))
    private let book: SessionBook

    init() throws {
        book = SessionBook(try Database(inMemory: AccessStore.migrations), time: time)
    }

    private func open() throws -> BrowserSession {
        try #require(try book.redeem(try book.createLink(for: Person("ada", .trader))))
    }

    @Test func `a link opens one session and then never again`() throws {
        let link = try book.createLink(for: Person("ada", .trader))
        let session = try #require(try book.redeem(link))
        #expect(session.caller == Caller("ada", .trader, through: .dashboard))
        #expect(session.caller.isPerson)
        #expect(try book.redeem(link) == nil)
        #expect(try book.session(of: session.token)?.description.id == session.description.id)
    }

    @Test func `a link works for ten minutes`() throws {
        let (early, late) = (
            try book.createLink(for: Person("ada", .trader)), try book.createLink(for: Person("bob", .viewer))
        )
        time.advance(by: .seconds(599))
        #expect(try book.redeem(early) != nil)
        time.advance(by: .seconds(1))
        #expect(try book.redeem(late) == nil)
    }

    @Test func `a link is no session, a session is no link, and other texts are neither`() throws {
        let link = try book.createLink(for: Person("ada", .trader))
        #expect(try book.session(of: link) == nil)
        let session = try open()
        #expect(try book.redeem(session.token) == nil)
        for text in ["", "x", String(session.token.dropLast()), session.token + "A", session.changeToken] {
            #expect(try book.session(of: text) == nil)
            #expect(try book.redeem(text) == nil)
        }
    }

    @Test func `a session ends twelve hours after it began, however often it is used`() throws {
        let session = try open()
        for _ in 0..<11 {
            time.advance(by: .seconds(3600))
            #expect(try book.session(of: session.token) != nil)
        }
        time.advance(by: .seconds(3599))
        #expect(try book.session(of: session.token) != nil)
        time.advance(by: .seconds(1))
        #expect(try book.session(of: session.token) == nil)
    }

    @Test func `a session ends after two hours without a use`() throws {
        let session = try open()
        time.advance(by: .seconds(7199))
        #expect(try book.session(of: session.token) != nil)
        time.advance(by: .seconds(7200))
        #expect(try book.session(of: session.token) == nil)
        #expect(try book.session(of: session.token) == nil)
        #expect(try book.list().isEmpty)
    }

    @Test func `a revoked session is refused at once and no longer listed`() throws {
        let (one, other) = (try open(), try open())
        #expect(try book.list().count == 2)
        #expect(try book.session(of: one.token) != nil)
        #expect(try book.revoke(one.description.id))
        #expect(try book.session(of: one.token) == nil)
        #expect(try book.session(of: other.token) != nil)
        #expect(try book.list().map(\.id) == [other.description.id])
        #expect(try !book.revoke(one.description.id))
    }

    @Test func `the change token is bound to its session`() throws {
        let (one, other) = (try open(), try open())
        #expect(Set([one.changeToken, other.changeToken, one.token, other.token]).count == 4)
        #expect(try #require(try book.session(of: one.token)).changeToken == one.changeToken)
    }
}
