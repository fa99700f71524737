public import Determinism

/// The clock on New York's walls, by rule and without a zone database.
///
/// Daylight saving runs from the first Sunday of April to the last Sunday of October until 2006 (the rule since 1987),
/// and from the second Sunday of March to the first Sunday of November since 2007 (Energy Policy Act of 2005).
public enum NewYorkTime {
    /// The calendar date in New York at a moment.
    public static func date(at moment: Timestamp) -> CivilDate {
        Timestamp(nanoseconds: moment.nanoseconds + offset(at: moment) * second).date
    }

    /// The moment at which New York's clocks show a time of day.
    ///
    /// Of an hour shown twice the first is meant; an hour left out in spring is counted on from the hour before it.
    public static func moment(_ date: CivilDate, hour: Int = 0, minute: Int = 0) -> Timestamp {
        let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60)
        let summer = daylightSaving(in: date.year)
        let isSummer = local >= summer.lowerBound - 5 * 3600 && local < summer.upperBound - 4 * 3600
        return Timestamp(nanoseconds: (local + (isSummer ? 4 : 5) * 3600) * second)
    }

    /// True while New York keeps daylight saving time.
    public static func isDaylightSaving(at moment: Timestamp) -> Bool {
        offset(at: moment) == -4 * 3600
    }

    /// Seconds east of UTC.
    private static func offset(at moment: Timestamp) -> Int64 {
        let whole = moment.nanoseconds / second
        let seconds = moment.nanoseconds % second < 0 ? whole - 1 : whole
        return daylightSaving(in: moment.date.year).contains(seconds) ? -4 * 3600 : -5 * 3600
    }

    /// When daylight saving begins and ends, in seconds since the epoch; both changes are at two o'clock local time.
    private static func daylightSaving(in year: Int) -> Range<Int64> {
        let isNewRule = year >= 2007
        let spring = sunday(isNewRule ? 8 : 1, 3 + (isNewRule ? 0 : 1), year)
        let autumn = sunday(isNewRule ? 1 : 25, 10 + (isNewRule ? 1 : 0), year)
        return spring * 86_400 + 7 * 3600..<autumn * 86_400 + 6 * 3600
    }

    /// Days since the epoch of the first Sunday on or after a day of a month.
    private static func sunday(_ day: Int, _ month: Int, _ year: Int) -> Int64 {
        let days = CivilDate(year: year, month: month, day: day)?.daysSinceEpoch ?? 0
        return Int64(days + (6 - CivilDate(daysSinceEpoch: days).weekday.rawValue))
    }

    private static let second: Int64 = 1_000_000_000
}
