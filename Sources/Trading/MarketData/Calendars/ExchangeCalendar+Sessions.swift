public import Determinism

extension ExchangeCalendar {
    /// The session of a date on the exchange's own calendar; nil where it is closed or the date is not covered.
    public func session(on date: CivilDate) -> Session? {
        session(at: index(onOrAfter: date)).flatMap { $0.date == date ? $0 : nil }
    }

    /// The sessions whose dates lie between two dates, both included; a view that makes each one when asked.
    public func sessions(from first: CivilDate, to last: CivilDate) -> Sessions {
        let start = index(onOrAfter: first)
        let end = index(onOrAfter: last.advanced(by: 1))
        return Sessions(calendar: self, startIndex: start, endIndex: max(start, end))
    }

    /// True from the open of a session up to, but not including, its close.
    public func isOpen(at moment: Timestamp) -> Bool {
        session(containing: moment) != nil
    }

    /// The session in which a moment lies; nil where the exchange is closed then.
    public func session(containing moment: Timestamp) -> Session? {
        // Every session lies within the UTC day of its own date.
        session(on: moment.date).flatMap { $0.contains(moment) ? $0 : nil }
    }

    /// The first session that opens after a moment; nil past the last.
    public func session(after moment: Timestamp) -> Session? {
        let index = index(onOrAfter: moment.date)
        guard let session = session(at: index) else { return nil }
        return session.open > moment ? session : self.session(at: index + 1)
    }

    /// The last session that closed at or before a moment; nil before the first.
    public func session(before moment: Timestamp) -> Session? {
        let index = index(onOrAfter: moment.date)
        if let session = session(at: index), session.close <= moment { return session }
        return session(at: index - 1)
    }

    /// When trading next begins after a moment.
    public func nextOpen(after moment: Timestamp) -> Timestamp? {
        session(after: moment)?.open
    }

    /// When trading next ends after a moment: the close of the session under way, else of the next.
    public func nextClose(after moment: Timestamp) -> Timestamp? {
        (session(containing: moment) ?? session(after: moment))?.close
    }

    /// Sessions are numbered in order: from 0 for tables, by days since 1970 for round-the-clock trading.
    func index(onOrAfter date: CivilDate) -> Int {
        switch hours {
        case .newYork: SessionTable.newYork.index(onOrAfter: date)
        case .always: min(max(date.daysSinceEpoch, 0), covers.upperBound.daysSinceEpoch + 1)
        }
    }

    func session(at index: Int) -> Session? {
        switch hours {
        case .newYork:
            let sessions = SessionTable.newYork.sessions
            return sessions.indices.contains(index) ? sessions[index] : nil
        case .always:
            let date = CivilDate(daysSinceEpoch: index)
            guard covers.contains(date) else { return nil }
            return Session(
                date: date, open: Timestamp(date), close: Timestamp(date.advanced(by: 1)), isEarlyClose: false)
        }
    }
}

/// A run of sessions in order of time, made one by one as they are read.
public struct Sessions: RandomAccessCollection, Sendable {
    let calendar: ExchangeCalendar
    public let startIndex: Int
    public let endIndex: Int

    public subscript(position: Int) -> Session {
        precondition(position >= startIndex && position < endIndex, "no such session")
        guard let session = calendar.session(at: position) else { preconditionFailure("no such session") }
        return session
    }
}
