import Determinism
import MarketData
import SharedData
import Testing
import TradingModel

@Suite struct ExchangeCalendarTests {
    @Test(.needsSharedData) func `New York's sessions are those of the reference from 1990 to 2023`() throws {
        let reference = try ReferenceSessions("xnys.csv.gz").rows
        let (first, last) = (try #require(reference.first), try #require(reference.last))
        let sessions = ExchangeCalendar.newYorkStockExchange.sessions(from: first.date, to: last.date)
        #expect(reference.count == 8324)
        #expect(sessions.map(row) == reference)
    }

    @Test(.needsSharedData) func `round-the-clock sessions are those of the reference`() throws {
        let reference = try ReferenceSessions("24-7.csv.gz").rows
        let (first, last) = (try #require(reference.first), try #require(reference.last))
        let sessions = ExchangeCalendar.alwaysOpen.sessions(from: first.date, to: last.date)
        #expect(sessions.map(row) == reference)
        #expect(!sessions.isEmpty)
    }

    @Test(arguments: [
        ("1994-04-27", "Funeral of President Richard Nixon"), ("1998-01-19", "Martin Luther King, Jr. Day"),
        ("2001-09-14", "Attacks of September 11, 2001"), ("2004-06-11", "Funeral of President Ronald Reagan"),
        ("2007-01-02", "National day of mourning for President Gerald Ford"), ("2012-10-30", "Hurricane Sandy"),
        ("2018-12-05", "National day of mourning for President George H. W. Bush"),
        ("2021-12-24", "Christmas Day"), ("2022-06-20", "Juneteenth"), ("2023-01-02", "New Year's Day"),
        ("2024-02-19", "Washington's Birthday"), ("2024-03-29", "Good Friday"), ("2024-05-27", "Memorial Day"),
        ("2024-09-02", "Labor Day"), ("2024-11-28", "Thanksgiving Day"), ("2026-07-03", "Independence Day"),
        ("2025-01-09", "National day of mourning for President Jimmy Carter"),
    ])
    func `a day without a session says why`(text: String, reason: String) throws {
        let date = try Parsed.day(text)
        #expect(ExchangeCalendar.nasdaq.holiday(on: date) == reason)
        #expect(ExchangeCalendar.nasdaq.closedReason(on: date) == reason)
        #expect(ExchangeCalendar.nasdaq.session(on: date) == nil)
    }

    @Test(arguments: ["1997-01-20", "2010-12-31", "2021-06-18", "2021-12-31", "2024-10-14", "2024-11-11"])
    func `a day that is no exchange holiday has a session`(text: String) throws {
        let date = try Parsed.day(text)
        #expect(ExchangeCalendar.newYorkStockExchange.holiday(on: date) == nil)
        #expect(ExchangeCalendar.newYorkStockExchange.session(on: date) != nil)
    }

    @Test(arguments: [
        ("1992-12-24", "19:00", "Christmas Eve"), ("1999-12-31", "18:00", "New Year's Eve of the year 2000"),
        ("2002-07-05", "17:00", "Independence Day"), ("2013-07-03", "17:00", "Independence Day"),
        ("2003-12-26", "18:00", "Day after Christmas"), ("2025-11-28", "18:00", "Day after Thanksgiving"),
    ])
    func `an early close has an hour and a reason`(text: String, close: String, reason: String) throws {
        let session = try #require(ExchangeCalendar.newYorkStockExchange.session(on: Parsed.day(text)))
        #expect(session.isEarlyClose)
        #expect(session.close == Timestamp("\(text)T\(close):00Z"))
        #expect(ExchangeCalendar.newYorkStockExchange.earlyCloseReason(on: session.date) == reason)
    }

    @Test(arguments: ["2002-07-03", "2013-07-05", "2021-12-23", "1991-11-29", "2004-12-31"])
    func `a day beside a holiday that was never shortened closes at four`(text: String) throws {
        let session = try #require(ExchangeCalendar.newYorkStockExchange.session(on: Parsed.day(text)))
        #expect(!session.isEarlyClose)
        #expect(session.duration == .seconds(23_400))
    }

    @Test(arguments: 1990...2035)
    func `every year has as many sessions as the rules allow`(year: Int) throws {
        let first = try #require(CivilDate(year: year, month: 1, day: 1))
        let last = try #require(CivilDate(year: year, month: 12, day: 31))
        let sessions = ExchangeCalendar.newYorkStockExchange.sessions(from: first, to: last)
        #expect((248...254).contains(sessions.count))
        #expect(sessions.allSatisfy { $0.date.weekday.rawValue < Weekday.saturday.rawValue })
        let gaps = zip(sessions, sessions.dropFirst()).map { $1.date.daysSinceEpoch - $0.date.daysSinceEpoch }
        #expect(gaps.allSatisfy { $0 <= (year == 2001 ? 7 : 5) })
        let shortened = sessions.filter(\.isEarlyClose).count
        #expect(shortened <= ([1997, 2003].contains(year) ? 4 : 3))
    }

    @Test func `calendars are found by name`() {
        #expect(ExchangeCalendar.named("XNYS")?.name == "XNYS")
        #expect(ExchangeCalendar.named("XNAS")?.name == "XNAS")
        #expect(ExchangeCalendar.named("24/7")?.name == "24/7")
        #expect(ExchangeCalendar.named("XLON") == nil)
        #expect(ExchangeCalendar.of(.crypto).name == "24/7")
        #expect(ExchangeCalendar.of(.equity).name == "XNYS")
    }

    @Test func `weekends and years not covered say so`() throws {
        let calendar = ExchangeCalendar.newYorkStockExchange
        #expect(calendar.closedReason(on: try Parsed.day("2024-06-15")) == "Weekend")
        let before = try #require(calendar.closedReason(on: Parsed.day("1989-12-29")))
        #expect(before.contains("1990-01-01 to 2035-12-31"))
        #expect(calendar.session(on: try Parsed.day("2036-01-02")) == nil)
        #expect(calendar.nextOpen(after: try Parsed.time("2035-12-31T22:00:00Z")) == nil)
        #expect(calendar.session(before: try Parsed.time("1990-01-02T15:00:00Z")) == nil)
        #expect(calendar.session(after: Timestamp(nanoseconds: .min))?.date.description == "1990-01-02")
        #expect(calendar.session(before: Timestamp(nanoseconds: .max))?.date.description == "2035-12-31")
    }

    private func row(_ session: Session) -> ReferenceSessions.Row {
        ReferenceSessions.Row(date: session.date, open: session.open, close: session.close)
    }
}
