public import Analysis
public import Determinism
import TradingModel

/// The newest recommendation of every instrument.
public struct AdviceBook: Sendable, Hashable, Codable {
    /// A recommendation with where it came from.
    public struct Entry: Sendable, Hashable, Codable {
        /// When it was made.
        public let time: Timestamp
        /// The pipeline's or workflow's run.
        public let run: String?
        /// What is recommended.
        public let recommendation: Recommendation
    }

    /// Ascending by symbol.
    public private(set) var entries: [Entry] = []

    /// Takes note of recommendations of one moment; each takes the place of the one before of its instrument.
    mutating func note(_ advice: [Recommendation], from run: String?, at time: Timestamp) {
        guard !advice.isEmpty else { return }
        let fresh = advice.map { Entry(time: time, run: run, recommendation: $0) }
        let known = Set(advice.map(\.symbol))
        entries = (entries.filter { !known.contains($0.recommendation.symbol) } + fresh).sorted {
            $0.recommendation.symbol < $1.recommendation.symbol
        }
    }
}
