import Determinism
import MarketData
import Testing

@Suite struct SessionLookupTests {
    @Test(arguments: ["XNYS", "24/7"])
    func `look-ups agree with a search through all sessions`(name: String) throws {
        let calendar = try #require(ExchangeCalendar.named(name))
        let (first, last) = (try Parsed.day("2019-01-01"), try Parsed.day("2021-12-31"))
        let sessions = Array(calendar.sessions(from: first, to: last))
        var random = SeededRandom(seed: 11)
        for _ in 0..<400 {
            let moment = sometime(in: sessions, &random)
            #expect(calendar.session(containing: moment) == sessions.first { $0.open <= moment && moment < $0.close })
            #expect(calendar.session(after: moment) == sessions.first { $0.open > moment })
            #expect(calendar.session(before: moment) == sessions.last { $0.close <= moment })
            #expect(calendar.isOpen(at: moment) == sessions.contains { $0.contains(moment) })
            #expect(calendar.nextOpen(after: moment) == sessions.first { $0.open > moment }?.open)
            #expect(calendar.nextClose(after: moment) == sessions.first { $0.close > moment }?.close)
        }
    }

    @Test func `the open belongs to a session and the close does not`() throws {
        let calendar = ExchangeCalendar.newYorkStockExchange
        let session = try #require(calendar.session(on: Parsed.day("2024-03-11")))
        #expect(session.open == Timestamp("2024-03-11T13:30:00Z"))
        #expect(calendar.isOpen(at: session.open))
        #expect(!calendar.isOpen(at: session.close))
        #expect(calendar.session(before: session.close) == session)
    }

    @Test func `an empty or reversed range has no sessions`() throws {
        let calendar = ExchangeCalendar.newYorkStockExchange
        let saturday = try Parsed.day("2024-06-15")
        #expect(calendar.sessions(from: saturday, to: saturday.advanced(by: 1)).isEmpty)
        #expect(calendar.sessions(from: saturday, to: saturday.advanced(by: -30)).isEmpty)
    }

    /// A moment among the sessions but the last few; one in three is exactly an open or a close.
    private func sometime(in sessions: [Session], _ random: inout SeededRandom) -> Timestamp {
        let session = sessions[10 + Int(random.next() % UInt64(sessions.count - 20))]
        switch random.next() % 6 {
        case 0: return session.open
        case 1: return session.close
        default: return session.open + .seconds(Int64(random.next() % 172_800) - 86_400)
        }
    }
}
