/// Between which limits a number must lie.
public struct Bounds: Sendable, Hashable {
    private let lowest: Double?
    private let highest: Double?
    private let excludesLowest: Bool

    /// Any finite number.
    public static let any = Bounds(lowest: nil, highest: nil, excludesLowest: false)

    /// More than 0 up to 1.
    public static let share = above(0, upTo: 1)

    /// More than a limit, and at most another where given.
    public static func above(_ lowest: Double, upTo highest: Double? = nil) -> Bounds {
        Bounds(lowest: lowest, highest: highest, excludesLowest: true)
    }

    /// A limit or more, and at most another where given.
    public static func from(_ lowest: Double, upTo highest: Double? = nil) -> Bounds {
        Bounds(lowest: lowest, highest: highest, excludesLowest: false)
    }

    /// Whether a number is finite and lies inside.
    public func contains(_ value: Double) -> Bool {
        guard value.isFinite else { return false }
        if let highest, value > highest { return false }
        guard let lowest else { return true }
        return excludesLowest ? value > lowest : value >= lowest
    }

    /// `from 1 to 5`, `more than 0 up to 1`, `0 or more`; nil where everything is allowed.
    public var phrase: String? {
        switch (lowest, highest) {
        case (nil, nil): nil
        case (nil, let highest?): "up to \(highest.shortText)"
        case (let lowest?, nil): excludesLowest ? "more than \(lowest.shortText)" : "\(lowest.shortText) or more"
        case (let lowest?, let highest?):
            excludesLowest
                ? "more than \(lowest.shortText) up to \(highest.shortText)"
                : "from \(lowest.shortText) to \(highest.shortText)"
        }
    }
}

extension Double {
    /// The shortest text that reads back as this number, whole numbers without `.0`.
    public var shortText: String {
        self == rounded() && magnitude < 9_007_199_254_740_992 ? String(Int64(self)) : String(self)
    }
}
