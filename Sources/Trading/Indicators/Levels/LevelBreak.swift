/// A close beyond a level that the close before had not passed.
public struct LevelBreak: Sendable, Hashable, Codable {
    /// The level.
    public let level: SwingPoint
    /// Bullish upwards, bearish downwards.
    public let direction: PatternDirection
    /// How far beyond the level the close is, in price; never negative.
    public let distance: Double

    /// The distance as a share of the level.
    public var relativeDistance: Double { distance / level.price }

    init(level: SwingPoint, direction: PatternDirection, close: Double) {
        self.level = level
        self.direction = direction
        distance = (close - level.price).magnitude
    }
}
