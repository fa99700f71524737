public import TradingModel

/// What the pattern node found.
public struct PatternAssessment: Sendable, Hashable, Codable {
    /// One reading an instrument with bars enough, ascending by instrument.
    public let readings: [PatternReading]

    /// The reading of an instrument; nil where it had too few bars.
    public subscript(id: InstrumentID) -> PatternReading? { readings.found(id, by: \.instrument) }
}

/// The patterns of one instrument's last bars.
public struct PatternReading: Sendable, Hashable, Codable {
    /// The instrument.
    public let instrument: InstrumentID
    /// What was seen, the weightiest first; empty for nothing.
    public let sightings: [PatternSighting]
    /// The nearest level below the last close.
    public let support: Double?
    /// The nearest level above the last close.
    public let resistance: Double?
    /// All sightings together, -1...1; nil where nothing was seen.
    public let score: Double?
}

/// One pattern that was seen.
public struct PatternSighting: Sendable, Hashable, Codable {
    /// Its name: `bullish engulfing`, `resistance break`…
    public let name: String
    /// How many bars ago it was complete; 0 for the last bar.
    public let age: Int
    /// -1 (falling) to 1 (rising), age and volume counted in.
    public let score: Double
    /// The volume of its last bar over the mean of the 20 before; nil where those had none.
    public let relativeVolume: Double?
    /// What was seen, in words and numbers.
    public let text: String

    /// One pattern that was seen.
    public init(name: String, age: Int, score: Double, relativeVolume: Double?, text: String) {
        self.name = name
        self.age = age
        self.score = score
        self.relativeVolume = relativeVolume
        self.text = text
    }
}
