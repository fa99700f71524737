/// A moment in UTC, counted in nanoseconds since 1970-01-01T00:00:00Z.
///
/// Covers the years 1678 to 2262. Written and read as ISO 8601, and coded as that text.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Nanoseconds since the epoch; negative before 1970.
    public let nanoseconds: Int64

    /// A moment from its count of nanoseconds since the epoch.
    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// A moment from whole seconds since the epoch; nil where nanoseconds would overflow.
    public init?(seconds: Int64) {
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return nil }
        self.init(nanoseconds: nanoseconds)
    }

    /// Midnight UTC at the start of a calendar date, which must lie in the years 1678 to 2261 (`Timestamp.dates`).
    public init(_ date: CivilDate) {
        self.init(nanoseconds: Int64(date.daysSinceEpoch) * Timestamp.nanosecondsPerDay)
    }

    @inlinable
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The moment `duration` later; durations under a nanosecond are cut off.
    public static func + (moment: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(nanoseconds: moment.nanoseconds + duration.nanoseconds)
    }

    /// The moment `duration` earlier.
    public static func - (moment: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(nanoseconds: moment.nanoseconds - duration.nanoseconds)
    }

    /// The time from `earlier` to `later`.
    public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .nanoseconds(later.nanoseconds - earlier.nanoseconds)
    }

    /// The UTC calendar date of this moment.
    public var date: CivilDate {
        CivilDate(daysSinceEpoch: Int(dayNumber))
    }

    /// Whole UTC days since the epoch, rounded down.
    @inlinable public var dayNumber: Int64 {
        let days = nanoseconds / Timestamp.nanosecondsPerDay
        return nanoseconds % Timestamp.nanosecondsPerDay < 0 ? days - 1 : days
    }

    /// Nanoseconds since midnight UTC, 0 ..< 86,400,000,000,000.
    public var nanosecondsOfDay: Int64 {
        let rest = nanoseconds % Timestamp.nanosecondsPerDay
        return rest < 0 ? rest + Timestamp.nanosecondsPerDay : rest
    }

    /// The dates all of whose moments can be counted: 1677-09-22 to 2262-04-10.
    public static let dates = CivilDate(daysSinceEpoch: -106_751)...CivilDate(daysSinceEpoch: 106_750)

    @usableFromInline static let nanosecondsPerDay: Int64 = 86_400_000_000_000
}

extension Duration {
    /// Whole nanoseconds, cut off towards zero; traps beyond 292 years.
    public var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
