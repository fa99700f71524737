public import Determinism

/// What was traded in one stretch of time.
///
/// A bar is known at its `end`: that is its event time. Prices and volume are as the source gave them.
public struct Bar: Sendable, Hashable, Codable {
    /// When the stretch began.
    public let start: Timestamp
    /// When it ended and the bar became known; for a daily bar the close of the session.
    public let end: Timestamp
    /// The first price.
    public let open: Price
    /// The highest price.
    public let high: Price
    /// The lowest price.
    public let low: Price
    /// The last price.
    public let close: Price
    /// Units traded; zero where the source gives none.
    public let volume: Double

    /// A bar as given; nothing is checked here (`fault` does).
    @inlinable
    public init(
        start: Timestamp, end: Timestamp, open: Price, high: Price, low: Price, close: Price, volume: Double
    ) {
        self.start = start
        self.end = end
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    /// Why the bar cannot be true, or nil where it can.
    public var fault: Fault? {
        if min(open, high, low, close) <= 0 { return .priceNotPositive }
        if high < max(open, close) || low > min(open, close) || high < low { return .highLowDoNotBound }
        if !(volume >= 0) || volume.isInfinite { return .volumeNegative }
        if end <= start { return .endsBeforeStart }
        return nil
    }

    /// What can be wrong with a bar by itself.
    public enum Fault: String, Sendable, Hashable, Codable {
        /// A price of zero or below.
        case priceNotPositive = "a price is not above zero"
        /// The high is below, or the low above, another price of the bar.
        case highLowDoNotBound = "high and low do not bound open and close"
        /// A volume below zero, or no number.
        case volumeNegative = "the volume is not a number of zero or more"
        /// No time passes between start and end.
        case endsBeforeStart = "the bar ends before it starts"
    }

    /// The money that changed hands, taken at the close.
    @inlinable public var turnover: Double { close.double * volume }
}

/// How long the stretch of a bar is; written `1m`, `5m`, `4h`, `1d`, `1w`.
public struct BarLength: Sendable, Hashable, Comparable, Codable, CustomStringConvertible, LosslessStringConvertible {
    /// The length in seconds; a day counts 86,400 although a session is shorter.
    public let seconds: Int

    /// A length in seconds, at least one.
    public init(seconds: Int) {
        precondition(seconds > 0, "a bar takes time")
        self.seconds = seconds
    }

    /// A bar of so many minutes.
    public static func minutes(_ count: Int) -> BarLength { BarLength(seconds: count * 60) }

    /// A bar of one hour.
    public static let hour = BarLength(seconds: 3600)

    /// A bar of one session, or of one UTC day for crypto.
    public static let day = BarLength(seconds: 86_400)

    public static func < (left: BarLength, right: BarLength) -> Bool { left.seconds < right.seconds }

    /// True for bars of a day and longer, which follow sessions rather than the clock.
    public var isDaily: Bool { seconds >= 86_400 }

    /// The length as a stretch of time.
    public var duration: Duration { .seconds(seconds) }

    /// The shortest of `30s`, `1m`, `4h`, `1d`, `1w`.
    public var description: String {
        for (unit, size) in BarLength.units where seconds % size == 0 { return "\(seconds / size)\(unit)" }
        return "\(seconds)s"
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        guard let unit = text.last, let count = Int(text.dropLast()), count > 0, count < 1_000_000,
            let size = BarLength.units.first(where: { $0.unit == unit })?.size
        else { return nil }
        seconds = count * size
    }

    private static let units: [(unit: Character, size: Int)] = [
        ("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]
}
