public import Determinism

/// A dividend or a split of a share.
public struct CorporateAction: Sendable, Hashable, Codable, Comparable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Cash for each share.
        case dividend
        /// New shares for each old one: 7 for seven-for-one.
        case split
    }

    /// The first day on which the price is without the dividend, or counts in new shares.
    public let date: CivilDate
    /// What happened.
    public let kind: Kind
    /// Cash for each share, or new shares for each old one.
    public let value: Double

    /// An action as given.
    public init(date: CivilDate, kind: Kind, value: Double) {
        self.date = date
        self.kind = kind
        self.value = value
    }

    public static func < (left: CorporateAction, right: CorporateAction) -> Bool {
        (left.date, left.kind.rawValue, left.value) < (right.date, right.kind.rawValue, right.value)
    }
}

/// What has been done to stored prices.
public enum PriceBasis: String, Sendable, Hashable, Codable {
    /// Nothing: the prices that were paid.
    case asTraded
    /// Prices before a split are in new shares.
    case splits
    /// Prices before a split are in new shares, and before a dividend are less the dividend.
    case splitsAndDividends
}
