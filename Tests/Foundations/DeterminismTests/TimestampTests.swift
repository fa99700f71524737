import Determinism
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.5Z", -500_000_000),
        ("2014-01-02T21:00:00Z", 1_388_696_400_000_000_000),
        ("2024-02-29T00:00:00.000000001Z", 1_709_164_800_000_000_001),
    ]) func `writes and reads ISO 8601`(text: String, nanoseconds: Int64) {
        #expect(Timestamp(nanoseconds: nanoseconds).description == text)
        #expect(Timestamp(text) == Timestamp(nanoseconds: nanoseconds))
    }

    @Test func `reads offsets and short forms`() {
        #expect(Timestamp("2014-01-02T16:00:00-05:00") == Timestamp("2014-01-02T21:00:00Z"))
        #expect(Timestamp("2014-01-02 21:00") == Timestamp("2014-01-02T21:00:00Z"))
        #expect(Timestamp("2014-01-02") == Timestamp("2014-01-02T00:00:00Z"))
    }

    @Test(arguments: [
        "", "2014-1-2", "2014-02-30", "2014-01-02T25:00:00Z", "2014-01-02T10:00:00.Z", "2014-01-02x", "-",
    ])
    func `refuses what is no time`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `times that cannot be counted in nanoseconds are refused, and the first and last can be written`() {
        for text in ["1500-01-01", "2500-01-01T00:00:00Z", "9999-12-31", "2262-04-11T23:59:59Z"] {
            #expect(Timestamp(text) == nil)
        }
        for limit in [Int64.min, .max] {
            #expect(Timestamp(nanoseconds: limit).description.hasSuffix("Z"))
        }
        for date in [Timestamp.dates.lowerBound, Timestamp.dates.upperBound] {
            #expect(Timestamp("\(date)T23:59:59Z")?.date == date)
        }
    }

    @Test func `every day of four centuries survives the way through its parts`() {
        for day in stride(from: -80_000, to: 80_000, by: 1) {
            let date = CivilDate(daysSinceEpoch: day)
            let (year, month, dayOfMonth) = date.components
            #expect(CivilDate(year: year, month: month, day: dayOfMonth) == date)
        }
        #expect(CivilDate("2014-01-02")?.weekday == .thursday)
        #expect(CivilDate("1969-12-31")?.weekday == .wednesday)
    }
}
