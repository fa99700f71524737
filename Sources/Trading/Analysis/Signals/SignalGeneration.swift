public import Accounting
import Foundation
public import TradingModel

/// The signal node: weighs the evidence of the others and concludes BUY, SELL or HOLD.
///
/// Evidence e is the weighted mean of the scores that are there, absent ones left out; for a BUY, risk above
/// `calmRisk` takes up to `riskPenalty` of it away. Confidence is 1 - 0.3^(|e| / `decisiveEvidence`): nothing for no
/// evidence, 0.7 at `decisiveEvidence`, 0.91 at twice that.
///
/// `decisiveEvidence` is chosen so that the threshold is crossed now and then: without news, on daily bars of nine
/// large US shares from 2013 to 2017, 2.6 % of days say BUY, 0.2 % would open a short, and an exit begins on 3.9 % of
/// the days of a holder. Confidence says how strong the evidence is, not how probable a profit: on 54 such shares the
/// price rose less in the five days after a BUY (-0.05 %) than on average (0.2 %). `RecommendationScorecard` keeps
/// count.
public struct SignalGeneration: Sendable, Hashable, Codable {
    /// How much each kind of evidence counts; they need not add up to one.
    public struct Weights: Sendable, Hashable, Codable {
        /// The technical score.
        public var technical = 0.4
        /// The pattern score.
        public var pattern = 0.25
        /// The sentiment score.
        public var sentiment = 0.35
        /// A held position's broken trend, where it is broken.
        public var exit = 0.5

        /// The desk's weights.
        public init() {}
    }

    /// How much each kind of evidence counts.
    public var weights = Weights()
    /// The confidence from which on a signal is BUY or SELL.
    public var threshold = 0.7
    /// The evidence that makes a confidence of 0.7.
    public var decisiveEvidence = 0.45
    /// The risk score up to which a BUY loses nothing.
    public var calmRisk = 0.4
    /// The part of a BUY's evidence that a risk score of 1 takes away.
    public var riskPenalty = 0.6
    /// The farthest a stop may be from the close, as a fraction.
    public var maximumStop = 0.05
    /// The farthest a target may be from the close, as a fraction.
    public var maximumTarget = 0.15
    /// Whether SELL may open a short position.
    public var allowsShorting = false

    /// The node with the desk's settings.
    public init() {}

    /// Concludes for every instrument that the technical node read.
    public func generate(_ evidence: SignalEvidence, universe: Universe, portfolio: Portfolio?) -> SignalSet {
        let decisions = evidence.technical.readings.compactMap { reading -> SignalDecision? in
            guard universe.instruments.indices.contains(reading.instrument.index) else { return nil }
            let held = portfolio.map { $0.positions[reading.instrument.index].quantity.raw.signum() } ?? 0
            let weighing = Weighing(self, evidence, reading, position: Int(held))
            return weighing.decision(for: universe[reading.instrument])
        }
        return SignalSet(decisions: decisions)
    }

    /// The stated function of the evidence.
    public func confidence(_ evidence: Double) -> Double {
        guard decisiveEvidence > 0 else { return evidence == 0 ? 0 : 1 }
        return 1 - pow(0.3, evidence.magnitude / decisiveEvidence)
    }
}

/// What the nodes before the signal node found; what a node did not deliver is absent.
public struct SignalEvidence: Sendable, Hashable, Codable {
    /// Needed: its readings are the instruments to conclude for.
    public var technical: TechnicalAssessment
    /// Patterns.
    public var pattern: PatternAssessment?
    /// News.
    public var sentiment: SentimentAssessment?
    /// Danger.
    public var risk: RiskAssessment?

    /// Evidence as far as it is there.
    public init(
        technical: TechnicalAssessment, pattern: PatternAssessment? = nil, sentiment: SentimentAssessment? = nil,
        risk: RiskAssessment? = nil
    ) {
        self.technical = technical
        self.pattern = pattern
        self.sentiment = sentiment
        self.risk = risk
    }
}
