public import Determinism
public import TradingModel

/// Follows recommendations for a number of bars and counts how often their direction was right.
///
/// It informs; nothing changes its weights by it.
public struct RecommendationScorecard: Sendable, Hashable, Codable {
    /// A recommendation still open.
    private struct Open: Sendable, Hashable, Codable {
        let instrument: InstrumentID
        let action: Signal.Action
        let confidence: Double
        let shares: [SignalDecision.Share]
        let close: Double
        let time: Timestamp
    }

    /// How one BUY or SELL turned out.
    public struct Outcome: Sendable, Hashable, Codable {
        /// The instrument.
        public let instrument: InstrumentID
        /// What was recommended.
        public let action: Signal.Action
        /// How sure it was.
        public let confidence: Double
        /// When.
        public let time: Timestamp
        /// The price's change over the horizon, as a fraction.
        public let change: Double
        /// Whether the price went the recommended way.
        public let wasRight: Bool
    }

    /// How often something was right.
    public struct HitRate: Sendable, Hashable, Codable {
        /// An action, or a kind of evidence.
        public let name: String
        /// Cases.
        public internal(set) var count: Int
        /// Cases in which the price went the way it said.
        public internal(set) var right: Int
        /// The mean change in the direction it said, as a fraction.
        public internal(set) var meanGain: Double

        /// Right cases of all; nil for none.
        public var rate: Double? { count > 0 ? Double(right) / Double(count) : nil }
    }

    /// What has been learnt so far.
    public struct Feedback: Sendable, Hashable, Codable {
        /// Bars after which a recommendation is judged.
        public let horizon: Int
        /// By action.
        public let actions: [HitRate]
        /// By kind of evidence, whatever was recommended in the end; ascending by name.
        public let evidence: [HitRate]
    }

    /// Bars after which a recommendation is judged.
    public let horizon: Int
    /// The latest outcomes, oldest first, at most `kept`.
    public private(set) var outcomes: [Outcome] = []
    private let kept: Int
    private var open: [Open] = []
    private var actions: [HitRate] = []
    private var evidence: [HitRate] = []

    /// A scorecard that judges after so many bars.
    public init(horizon: Int = 5, kept: Int = 500) {
        self.horizon = max(1, horizon)
        self.kept = max(0, kept)
    }

    /// Recommendations not yet judged.
    public var openCount: Int { open.count }

    /// What has been learnt so far.
    public var feedback: Feedback { Feedback(horizon: horizon, actions: actions, evidence: evidence) }

    /// Takes what was concluded at the window's last bars; an instrument is taken once a bar.
    public mutating func record(_ signals: SignalSet, _ window: MarketWindow) {
        for decision in signals.decisions where !decision.shares.isEmpty {
            let id = decision.instrument
            guard let close = decision.close, let time = window.bars(id).times.last,
                !open.contains(where: { $0.instrument == id && $0.time >= time })
            else { continue }
            open.append(
                Open(
                    instrument: id, action: decision.signal.action, confidence: decision.signal.confidence,
                    shares: decision.shares, close: close, time: time))
        }
    }

    /// Judges what is old enough; what is older than the window is dropped unjudged.
    public mutating func settle(_ window: MarketWindow) {
        var waiting: [Open] = []
        for entry in open {
            let bars = window.bars(entry.instrument)
            guard let first = bars.times.first, first <= entry.time else { continue }
            let start = bars.times.partition(after: entry.time)
            let place = start + horizon - 1
            if place < bars.count {
                judge(entry, change: bars.close[place] / entry.close - 1)
            } else {
                waiting.append(entry)
            }
        }
        open = waiting
    }

    private mutating func judge(_ entry: Open, change: Double) {
        for share in entry.shares where share.score != 0 {
            RecommendationScorecard.count(share.evidence, share.score > 0 ? change : -change, in: &evidence)
        }
        guard entry.action != .hold else { return }
        let gain = entry.action == .buy ? change : -change
        RecommendationScorecard.count(entry.action.rawValue, gain, in: &actions)
        outcomes.append(
            Outcome(
                instrument: entry.instrument, action: entry.action, confidence: entry.confidence, time: entry.time,
                change: change, wasRight: gain > 0))
        if outcomes.count > kept { outcomes.removeFirst(outcomes.count - kept) }
    }

    private static func count(_ name: String, _ gain: Double, in rates: inout [HitRate]) {
        let place = rates.firstIndex { $0.name >= name } ?? rates.count
        if place == rates.count || rates[place].name != name {
            rates.insert(HitRate(name: name, count: 0, right: 0, meanGain: 0), at: place)
        }
        rates[place].count += 1
        rates[place].right += gain > 0 ? 1 : 0
        rates[place].meanGain += (gain - rates[place].meanGain) / Double(rates[place].count)
    }
}

extension [Timestamp] {
    /// The place of the first moment after one given, in an ascending array.
    func partition(after moment: Timestamp) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
