public import Determinism

/// Something about stored bars that somebody should look at.
public struct QualityFinding: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What can be found.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Bars that the calendar expects are absent.
        case gap
        /// Two bars begin at one time, or a bar begins before another has ended.
        case overlap
        /// A bar that cannot be true by itself.
        case impossible
        /// The same bar many times over.
        case stale
        /// Nothing was traded.
        case zeroVolume
        /// A move as of a split that nobody applied.
        case splitLike
        /// A price far from those before and after it.
        case spike
    }

    /// What was found.
    public let kind: Kind
    /// When the first bar concerned began; for a gap, when the first absent bar would have begun.
    public let from: Timestamp
    /// When the last bar concerned ended.
    public let to: Timestamp
    /// How many bars are concerned.
    public let bars: Int
    /// The figure that stood out: a ratio of prices, where there is one.
    public let figure: Double?
    /// What is the matter, with figures.
    public let message: String
    /// What to do about it.
    public let advice: String

    /// `gap 2018-04-05T10:02:00Z: 2 bars are missing. Import them ...`.
    public var description: String { "\(kind.rawValue) \(from): \(message). \(advice)." }
}
