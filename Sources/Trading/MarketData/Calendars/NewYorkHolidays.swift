import Determinism

/// When the exchanges of New York are closed or close early, 1990 to 2035: rules, and the days that followed none.
///
/// Sources: the rules and notices of the New York Stock Exchange (Rule 7.2 and its predecessor 51).
enum NewYorkHolidays {
    /// Why a weekday is without a session; nil where there is one, and for weekends.
    static func holiday(on date: CivilDate) -> String? {
        guard date.weekday.rawValue < Weekday.saturday.rawValue else { return nil }
        let parts = date.components
        return closing(parts.year * 10_000 + parts.month * 100 + parts.day) ?? recurring(date, parts)
    }

    /// The hour, on New York's clocks, at which a session closes early, and why; nil where it closes at four.
    static func earlyClose(on date: CivilDate) -> (hour: Int, reason: String)? {
        let parts = date.components
        let closesAtTwo = parts.year < 1993
        guard let reason = earlyCloseReason(date, parts) else { return nil }
        return (closesAtTwo ? 14 : 13, reason)
    }

    /// Days closed once, by date written as a number.
    private static func closing(_ day: Int) -> String? {
        switch day {
        case 1994_04_27: "Funeral of President Richard Nixon"
        case 2001_09_11...2001_09_14: "Attacks of September 11, 2001"
        case 2004_06_11: "Funeral of President Ronald Reagan"
        case 2007_01_02: "National day of mourning for President Gerald Ford"
        case 2012_10_29, 2012_10_30: "Hurricane Sandy"
        case 2018_12_05: "National day of mourning for President George H. W. Bush"
        case 2025_01_09: "National day of mourning for President Jimmy Carter"
        default: nil
        }
    }

    private static func recurring(_ date: CivilDate, _ parts: (year: Int, month: Int, day: Int)) -> String? {
        let isMonday = date.weekday == .monday
        switch parts.month {
        case 1: return january(parts, isMonday: isMonday)
        case 2: return isMonday && (15...21).contains(parts.day) ? "Washington's Birthday" : nil
        case 3, 4: return date == easter(parts.year)?.advanced(by: -2) ? "Good Friday" : nil
        case 5: return isMonday && parts.day >= 25 ? "Memorial Day" : nil
        case 6: return parts.year >= 2022 && isObserved(19, date, parts.day) ? "Juneteenth" : nil
        case 7: return isObserved(4, date, parts.day) ? "Independence Day" : nil
        case 9: return isMonday && parts.day <= 7 ? "Labor Day" : nil
        case 11: return date.weekday == .thursday && (22...28).contains(parts.day) ? "Thanksgiving Day" : nil
        case 12: return isObserved(25, date, parts.day) ? "Christmas Day" : nil
        default: return nil
        }
    }

    /// New Year's Day is moved from a Sunday, never from a Saturday: the old year's books close on that Friday.
    private static func january(_ parts: (year: Int, month: Int, day: Int), isMonday: Bool) -> String? {
        if parts.day == 1 || (isMonday && parts.day == 2) { return "New Year's Day" }
        let isKing = parts.year >= 1998 && isMonday && (15...21).contains(parts.day)
        return isKing ? "Martin Luther King, Jr. Day" : nil
    }

    /// True on a fixed day of the month, on the Friday before where it falls on Saturday, on the Monday after a Sunday.
    private static func isObserved(_ fixed: Int, _ date: CivilDate, _ day: Int) -> Bool {
        day == fixed || (day == fixed + 1 && date.weekday == .monday) || (day == fixed - 1 && date.weekday == .friday)
    }

    private static func earlyCloseReason(
        _ date: CivilDate, _ parts: (year: Int, month: Int, day: Int)
    ) -> String? {
        switch (parts.month, parts.day) {
        case (7, 3), (7, 5):
            return isBesideIndependenceDay(date.weekday, parts) ? "Independence Day" : nil
        case (11, 23...29):
            return parts.year >= 1992 && date.weekday == .friday ? "Day after Thanksgiving" : nil
        case (12, 24): return "Christmas Eve"
        case (12, 26):
            return parts.year == 1997 || parts.year == 2003 ? "Day after Christmas" : nil
        case (12, 31): return parts.year == 1999 ? "New Year's Eve of the year 2000" : nil
        default: return nil
        }
    }

    /// Since 1995 the day before; around a Thursday holiday the Friday after it until 2012, the Wednesday since.
    private static func isBesideIndependenceDay(
        _ weekday: Weekday, _ parts: (year: Int, month: Int, day: Int)
    ) -> Bool {
        guard parts.year >= 1995 else { return false }
        if parts.day == 5 { return weekday == .friday && parts.year <= 2012 }
        return weekday != .friday && (weekday != .wednesday || parts.year >= 2013)
    }

    /// Easter Sunday by the Gregorian computus of Meeus, Jones and Butcher.
    private static func easter(_ year: Int) -> CivilDate? {
        let (golden, century, yearOfCentury) = (year % 19, year / 100, year % 100)
        let correction = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - correction + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let late = (golden + 11 * epact + 22 * weekday) / 451
        let days = epact + weekday - 7 * late + 114
        return CivilDate(year: year, month: days / 31, day: days % 31 + 1)
    }
}
