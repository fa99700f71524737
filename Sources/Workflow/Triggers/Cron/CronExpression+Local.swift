import Determinism

/// Local times are seconds since 1970-01-01T00:00 on the local clock.
extension CronExpression {
    /// The first time named at or after a local time; nil where there is none within nine years.
    ///
    /// Nine years hold a 29 February, the rarest day there is, from any day on.
    func firstLocal(from local: Int64) -> Int64? {
        let start = CivilDate(daysSinceEpoch: Int(floorDivide(local, 86_400)))
        if let time = firstTime(on: start, from: local) { return time }
        let limit = start.advanced(by: 9 * 366)
        guard let day = firstDay(from: start.advanced(by: 1), before: limit) else { return nil }
        return firstTime(on: day, from: Int64.min)
    }

    private func firstDay(from start: CivilDate, before limit: CivilDate) -> CivilDate? {
        var date = start
        while date < limit {
            let (year, month, day) = date.components
            let length = CivilDate.days(inMonth: month, of: year)
            if includes(month: month) {
                if includes(date, day: day, length: length) { return date }
                date = date.advanced(by: 1)
            } else {
                date = date.advanced(by: length - day + 1)
            }
        }
        return nil
    }

    private func firstTime(on date: CivilDate, from local: Int64) -> Int64? {
        let (year, month, day) = date.components
        guard includes(month: month),
            includes(date, day: day, length: CivilDate.days(inMonth: month, of: year))
        else { return nil }
        let midnight = Int64(date.daysSinceEpoch) * 86_400
        let minute = local <= midnight ? 0 : Int(floorDivide(local - midnight + 59, 60))
        return firstMinute(from: minute).map { midnight + Int64($0) * 60 }
    }

    /// The first minute of a day that is named, counted from midnight.
    private func firstMinute(from start: Int) -> Int? {
        var hour = start / 60
        var minute = start % 60
        while hour < 24 {
            let rest = minutes >> UInt64(minute)
            if hours >> UInt64(hour) & 1 == 1, rest != 0 { return hour * 60 + minute + rest.trailingZeroBitCount }
            hour += 1
            minute = 0
        }
        return nil
    }
}

/// The quotient rounded down.
func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
}
