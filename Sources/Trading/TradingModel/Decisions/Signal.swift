/// What an analyst concludes for one instrument.
public struct Signal: Sendable, Hashable, Codable {
    /// What to do.
    public enum Action: String, Sendable, Hashable, Codable, CaseIterable {
        case buy = "BUY"
        case sell = "SELL"
        case hold = "HOLD"
    }

    /// The instrument.
    public let instrument: InstrumentID
    /// What to do.
    public let action: Action
    /// How sure, 0...1.
    public let confidence: Double
    /// Where the price should go; nil for HOLD.
    public let target: Price?
    /// Where the idea is wrong; nil for HOLD.
    public let stop: Price?
    /// Why, in words and numbers, the weightiest first.
    public let reasons: [Reason]

    /// One piece of evidence.
    public struct Reason: Sendable, Hashable, Codable {
        /// Which evidence: `technical`, `pattern`, `sentiment`, `risk`.
        public let evidence: String
        /// -1 (sell) to 1 (buy).
        public let score: Double
        /// Its share of the decision, 0...1.
        public let weight: Double
        /// What was seen, for a person.
        public let text: String

        /// One piece of evidence.
        public init(evidence: String, score: Double, weight: Double, text: String) {
            self.evidence = evidence
            self.score = score
            self.weight = weight
            self.text = text
        }
    }

    /// A conclusion as drawn.
    public init(
        instrument: InstrumentID, action: Action, confidence: Double, target: Price?, stop: Price?, reasons: [Reason]
    ) {
        self.instrument = instrument
        self.action = action
        self.confidence = confidence
        self.target = target
        self.stop = stop
        self.reasons = reasons
    }
}
