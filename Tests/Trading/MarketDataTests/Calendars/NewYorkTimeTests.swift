import Determinism
import MarketData
import Testing

@Suite struct NewYorkTimeTests {
    @Test(arguments: [
        ("1990-04-01", true), ("1990-10-28", false), ("2006-04-02", true), ("2006-10-29", false),
        ("2007-03-11", true), ("2007-11-04", false), ("2025-03-09", true), ("2025-11-02", false),
    ])
    func `clocks change on the Sunday of the rule`(text: String, toSummer: Bool) throws {
        let date = try Parsed.day(text)
        let evening = NewYorkTime.moment(date.advanced(by: -1), hour: 20)
        let noon = NewYorkTime.moment(date, hour: 12)
        #expect(NewYorkTime.isDaylightSaving(at: noon) == toSummer)
        #expect(NewYorkTime.isDaylightSaving(at: evening) == !toSummer)
        #expect(noon - evening == .seconds(toSummer ? 15 * 3600 : 17 * 3600))
    }

    @Test func `the change comes at two o'clock`() throws {
        let spring = try Parsed.time("2024-03-10T07:00:00Z")
        #expect(NewYorkTime.isDaylightSaving(at: spring))
        #expect(!NewYorkTime.isDaylightSaving(at: spring - .nanoseconds(1)))
        let autumn = try Parsed.time("2024-11-03T06:00:00Z")
        #expect(!NewYorkTime.isDaylightSaving(at: autumn))
        #expect(NewYorkTime.isDaylightSaving(at: autumn - .nanoseconds(1)))
    }

    @Test func `every day begins at midnight in New York and not before`() throws {
        let first = try Parsed.day("1990-01-01")
        for days in 0..<16_801 {
            let date = first.advanced(by: days)
            let midnight = NewYorkTime.moment(date)
            #expect(NewYorkTime.date(at: midnight) == date)
            #expect(NewYorkTime.date(at: midnight - .nanoseconds(1)) == date.advanced(by: -1))
        }
    }
}
