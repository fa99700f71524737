import Determinism
import TradingModel

/// The stretches of time that bars of one length cover on an exchange.
///
/// Bars shorter than a day are counted from the open of each session, and the last is cut off at the close. A day's bar
/// is its session; a week's bar reaches from the first open to the last close of a week that begins on Monday.
struct BarBuckets: Sendable {
    let length: BarLength
    let calendar: ExchangeCalendar

    init(_ length: BarLength, _ calendar: ExchangeCalendar) throws(FeedError) {
        guard !length.isDaily || BarBuckets.longLengths.contains(length.seconds) else {
            throw .lengthNotSupported(length, reason: "above a day there are only bars of one week")
        }
        self.length = length
        self.calendar = calendar
    }

    /// The stretch in which a moment lies; nil while the exchange is closed.
    func bucket(containing moment: Timestamp) -> Range<Timestamp>? {
        guard let session = calendar.session(containing: moment) else { return nil }
        guard length.isDaily else { return part(of: session, containing: moment) }
        return length.seconds == 86_400 ? session.open..<session.close : week(of: session.date)
    }

    private func part(of session: Session, containing moment: Timestamp) -> Range<Timestamp> {
        let step = Int64(length.seconds) * 1_000_000_000
        let index = (moment.nanoseconds - session.open.nanoseconds) / step
        let start = Timestamp(nanoseconds: session.open.nanoseconds + index * step)
        return start..<min(Timestamp(nanoseconds: start.nanoseconds + step), session.close)
    }

    private func week(of date: CivilDate) -> Range<Timestamp>? {
        let monday = date.advanced(by: -date.weekday.rawValue)
        let sessions = calendar.sessions(from: monday, to: monday.advanced(by: 6))
        guard let first = sessions.first, let last = sessions.last else { return nil }
        return first.open..<last.close
    }

    private static let longLengths = [86_400, 604_800]
}
