public import TradingModel

/// What the signal node concluded.
public struct SignalSet: Sendable, Hashable, Codable {
    /// One decision an instrument, ascending by instrument.
    public let decisions: [SignalDecision]

    /// A set from decisions in any order.
    public init(decisions: [SignalDecision]) {
        self.decisions = decisions.sorted { $0.instrument < $1.instrument }
    }

    /// The decision for an instrument.
    public subscript(id: InstrumentID) -> SignalDecision? { decisions.found(id, by: \.instrument) }

    /// The signals alone.
    public var signals: [Signal] { decisions.map(\.signal) }
}

/// A signal and the evidence it was drawn from.
public struct SignalDecision: Sendable, Hashable, Codable {
    /// The conclusion.
    public let signal: Signal
    /// All evidence together, -1...1, risk counted in; nil where there was none.
    public let evidence: Double?
    /// What the evidence is made of; the weights add up to one.
    public let shares: [Share]
    /// The last close; nil where there was no bar.
    public let close: Double?

    /// A conclusion and what it was drawn from.
    public init(signal: Signal, evidence: Double?, shares: [Share], close: Double?) {
        self.signal = signal
        self.evidence = evidence
        self.shares = shares
        self.close = close
    }

    /// The instrument.
    public var instrument: InstrumentID { signal.instrument }

    /// One kind of evidence.
    public struct Share: Sendable, Hashable, Codable {
        /// `technical`, `pattern`, `sentiment` or, for a position, `exit`.
        public let evidence: String
        /// -1 (sell) to 1 (buy).
        public let score: Double
        /// Its share after absent evidence was left out.
        public let weight: Double

        /// One kind of evidence.
        public init(evidence: String, score: Double, weight: Double) {
            self.evidence = evidence
            self.score = score
            self.weight = weight
        }
    }
}
