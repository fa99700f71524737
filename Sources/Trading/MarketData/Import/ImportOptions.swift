public import Determinism
public import TradingModel

/// Whether the time written beside a bar is when it began or when it ended.
public enum TimeMark: String, Sendable, Hashable, Codable {
    /// When the bar began.
    case start
    /// When the bar ended.
    case end
}

/// Which number comes first in a date such as `03/04/2017`.
public enum DayOrder: String, Sendable, Hashable, Codable {
    /// March the fourth.
    case monthFirst
    /// The third of April.
    case dayFirst
}

/// What the caller knows about a file; what is nil is told from the file, and reported as inferred.
public struct ImportOptions: Sendable {
    /// The instrument, for files of one instrument.
    public var symbol: Symbol?
    /// Shares or crypto.
    public var assetClass: AssetClass?
    /// The IANA name of the zone of times without an offset.
    public var zone: String?
    /// How long a bar is; for trades, how long the bars made of them are to be.
    public var barLength: BarLength?
    /// Whether times mark the start or the end of bars.
    public var timeMark: TimeMark?
    /// Which comes first in dates with slashes.
    public var dayOrder: DayOrder?
    /// The names of the columns from left to right, for files without a header.
    public var columns: [String]?
    /// What has been done to the prices already.
    public var basis: PriceBasis?

    /// Options of which everything is told from the file.
    public init() {}
}

/// A time zone as a function, so that reading needs no zone tables.
public struct ImportZone: Sendable {
    /// The IANA name.
    public let name: String
    /// Seconds east of UTC at a local time given as seconds since 1970-01-01 local; nil for a time the zone skips.
    public let offset: @Sendable (_ localSeconds: Int64) -> Int64?

    /// A zone of a name and its offsets.
    public init(name: String, offset: @escaping @Sendable (_ localSeconds: Int64) -> Int64?) {
        self.name = name
        self.offset = offset
    }

    /// Coordinated universal time.
    public static let utc = ImportZone(name: "UTC") { _ in 0 }
}

/// When a trading day opens and closes; nil for a day without a session.
public typealias SessionBounds = @Sendable (CivilDate) -> (start: Timestamp, end: Timestamp)?

/// What reading needs from the world: zones by name, and trading hours.
public struct ImportContext: Sendable {
    /// The zone of an IANA name; nil for an unknown name.
    public var zone: @Sendable (String) -> ImportZone?
    /// The trading hours of an instrument; nil where none are known, then daily bars are UTC days.
    public var sessions: @Sendable (Symbol, AssetClass) -> SessionBounds?

    /// A context; by default UTC alone is known, and no sessions.
    public init(
        zone: @escaping @Sendable (String) -> ImportZone? = { $0 == "UTC" ? .utc : nil },
        sessions: @escaping @Sendable (Symbol, AssetClass) -> SessionBounds? = { _, _ in nil }
    ) {
        self.zone = zone
        self.sessions = sessions
    }
}
