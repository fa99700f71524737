public import Determinism
public import TradingModel

/// Which trading day an event belongs to.
///
/// A day holds the events after its start up to and including its end, since a bar is known at its end: the bar that
/// ends at midnight belongs to the day that midnight closes.
public enum TradingDayRule: String, Sendable, Hashable, Codable {
    /// Days from midnight to midnight in New York: for universes with any equity.
    case newYork
    /// Days from midnight to midnight UTC: for crypto alone.
    case utc

    /// The rule for a universe.
    public static func of(_ universe: Universe) -> TradingDayRule {
        universe.instruments.contains { $0.assetClass == .equity } ? .newYork : .utc
    }

    /// The day that an event of this time belongs to.
    public func day(ofEventAt time: Timestamp) -> CivilDate {
        let inside = Timestamp(nanoseconds: time.nanoseconds - 1)
        return self == .utc ? inside.date : NewYorkTime.date(at: inside)
    }

    /// When a day starts, which is when the day before it ends.
    public func start(of day: CivilDate) -> Timestamp {
        self == .utc ? Timestamp(day) : NewYorkTime.moment(day)
    }

    /// When a day ends.
    public func end(of day: CivilDate) -> Timestamp {
        start(of: day.advanced(by: 1))
    }
}
