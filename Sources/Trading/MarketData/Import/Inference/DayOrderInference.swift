import Determinism

/// Tells from all dates of a file whether the day or the month comes first in `11/5/2019`.
struct DayOrderInference {
    /// The order; nil where both readings are as good as each other.
    let order: DayOrder?
    /// How it was told, where that is not plain from a number above twelve.
    let note: String?

    init(_ texts: [String]) {
        let dates = Set(texts.map { String($0.prefix { $0 != " " }) }).sorted()
        let monthFirst = DayOrderInference.days(dates, .monthFirst)
        let dayFirst = DayOrderInference.days(dates, .dayFirst)
        switch (monthFirst.count == dates.count, dayFirst.count == dates.count) {
        case (true, false): (order, note) = (.monthFirst, nil)
        case (false, true): (order, note) = (.dayFirst, nil)
        case (true, true): (order, note) = DayOrderInference.nearer(monthFirst, dayFirst)
        // Some dates are bad in any reading: the one that reads more of them.
        case (false, false):
            order =
                monthFirst.count == dayFirst.count ? nil : monthFirst.count > dayFirst.count ? .monthFirst : .dayFirst
            note = nil
        }
    }

    /// Days that follow each other are likelier than days a month apart.
    private static func nearer(_ monthFirst: [Int], _ dayFirst: [Int]) -> (DayOrder?, String?) {
        let spans = [monthFirst, dayFirst].map { days in (days.max() ?? 0) - (days.min() ?? 0) }
        if spans[0] > 0, spans[0] * 5 <= spans[1] {
            return (.monthFirst, "dates read with the month first, since their days then follow each other")
        }
        if spans[1] > 0, spans[1] * 5 <= spans[0] {
            return (.dayFirst, "dates read with the day first, since their days then follow each other")
        }
        return (nil, nil)
    }

    private static func days(_ dates: [String], _ order: DayOrder) -> [Int] {
        dates.compactMap { text in
            let parts = text.split(separator: "/").compactMap { Int($0) }
            guard parts.count == 3 else { return nil }
            let (month, day) = order == .monthFirst ? (parts[0], parts[1]) : (parts[1], parts[0])
            let year = parts[2] < 70 ? 2000 + parts[2] : parts[2] < 100 ? 1900 + parts[2] : parts[2]
            return CivilDate(year: year, month: month, day: day)?.daysSinceEpoch
        }
    }
}
