public import Determinism
public import TradingModel

/// What the sentiment node found.
public struct SentimentAssessment: Sendable, Hashable, Codable {
    /// One reading an instrument that had news, ascending by instrument; the others are absent, not zero.
    public let readings: [SentimentReading]

    /// An assessment from readings in any order.
    public init(readings: [SentimentReading]) {
        self.readings = readings.sorted { $0.instrument < $1.instrument }
    }

    /// The reading of an instrument; nil where there was no news.
    public subscript(id: InstrumentID) -> SentimentReading? { readings.found(id, by: \.instrument) }
}

/// The news of one instrument.
public struct SentimentReading: Sendable, Hashable, Codable {
    /// The instrument.
    public let instrument: InstrumentID
    /// -1 (bad) to 1 (good).
    public let score: Double
    /// Headlines counted, repeated titles once.
    public let headlines: Int
    /// The headlines that weighed most, the weightiest first.
    public let weightiest: [WeighedHeadline]

    /// News of one instrument.
    public init(instrument: InstrumentID, score: Double, headlines: Int, weightiest: [WeighedHeadline]) {
        self.instrument = instrument
        self.score = score
        self.headlines = headlines
        self.weightiest = weightiest
    }
}

/// A headline and what it said.
public struct WeighedHeadline: Sendable, Hashable, Codable {
    /// When it was published.
    public let published: Timestamp
    /// Who published it.
    public let source: String
    /// The title on one line of at most 200 characters, control characters removed.
    public let title: String
    /// -1 (bad) to 1 (good).
    public let score: Double
    /// What age left of it, 0...1.
    public let weight: Double

    /// A headline and what it said.
    public init(published: Timestamp, source: String, title: String, score: Double, weight: Double) {
        self.published = published
        self.source = source
        self.title = title
        self.score = score
        self.weight = weight
    }
}
