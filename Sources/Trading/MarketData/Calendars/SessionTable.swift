import Determinism

/// Every session of the exchanges of New York, 1990 to 2035, with an index by day.
struct SessionTable: Sendable {
    static let newYork = SessionTable()

    let sessions: [Session]
    let covers: ClosedRange<CivilDate>
    /// For each day covered and the day after: how many sessions lie before it.
    private let earlier: [Int32]

    private init() {
        let first = CivilDate(year: 1990, month: 1, day: 1) ?? CivilDate(daysSinceEpoch: 0)
        let last = CivilDate(year: 2035, month: 12, day: 31) ?? first
        var sessions: [Session] = []
        var earlier: [Int32] = []
        for days in first.daysSinceEpoch...last.daysSinceEpoch {
            earlier.append(Int32(sessions.count))
            let date = CivilDate(daysSinceEpoch: days)
            if let session = SessionTable.session(on: date) { sessions.append(session) }
        }
        earlier.append(Int32(sessions.count))
        self.sessions = sessions
        self.earlier = earlier
        covers = first...last
    }

    /// The index of the first session on or after a date, `sessions.count` where none follows.
    func index(onOrAfter date: CivilDate) -> Int {
        let day = date.daysSinceEpoch - covers.lowerBound.daysSinceEpoch
        return Int(earlier[min(max(day, 0), earlier.count - 1)])
    }

    private static func session(on date: CivilDate) -> Session? {
        guard date.weekday.rawValue < Weekday.saturday.rawValue, NewYorkHolidays.holiday(on: date) == nil
        else { return nil }
        let early = NewYorkHolidays.earlyClose(on: date)
        return Session(
            date: date, open: NewYorkTime.moment(date, hour: 9, minute: 30),
            close: NewYorkTime.moment(date, hour: early?.hour ?? 16), isEarlyClose: early != nil)
    }
}
