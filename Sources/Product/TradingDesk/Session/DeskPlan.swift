import Determinism
public import Execution
public import Indicators
public import RiskControl
public import TradingModel

/// Everything that decides what a run does, apart from the market: it is the run's first record, and enough, with the
/// recorded inputs, to derive every decision again.
public struct DeskPlan: Sendable, Hashable, Codable {
    /// What the run trades.
    public var universe: Universe
    /// The length of its bars.
    public var barLength: BarLength
    /// The cash it begins with.
    public var capital: Money
    /// What the risk gate allows.
    public var limits: RiskLimits
    /// What trading costs on the simulated exchange.
    public var fills: FillModel
    /// Where intents come from.
    public var decider: Decider
    /// The seed of everything that is drawn.
    public var seed: UInt64
    /// True where prices are made up: everything shown says so.
    public var isSimulated: Bool
    /// Where the bars come from, one line an instrument, so that another run over other data is another run.
    public var sources: [String]

    /// Where a run's intents come from.
    public enum Decider: Sendable, Hashable, Codable {
        /// The seven nodes of the recommendation pipeline.
        case pipeline(PipelinePlan)
        /// One strategy by itself.
        case movingAverageCross(fast: Period, slow: Period)
        /// The workflows of the trading days.
        case tradingDay(TradingDayPlan)
    }

    /// A plan of a run.
    public init(
        universe: Universe, barLength: BarLength, capital: Money, limits: RiskLimits, fills: FillModel,
        decider: Decider, seed: UInt64, isSimulated: Bool, sources: [String]
    ) {
        self.universe = universe
        self.barLength = barLength
        self.capital = capital
        self.limits = limits
        self.fills = fills
        self.decider = decider
        self.seed = seed
        self.isSimulated = isSimulated
        self.sources = sources
    }

    /// A tag that is the same for the same plan: it names the run and its orders.
    public var tag: UInt32 {
        get throws {
            let bytes = try CanonicalCoder(universe).encode(self)
            let print = Fingerprint.of(bytes)
            return UInt32(truncatingIfNeeded: print ^ (print >> 32))
        }
    }
}

/// How the recommendation pipeline is set.
public struct PipelinePlan: Sendable, Hashable, Codable {
    /// How sure a recommendation must be to be acted on, 0...1.
    public var threshold = 0.7
    /// Bars of history that the nodes look at.
    public var lookback = 252
    /// How target weights are found.
    public var optimiser = Optimiser.minimumVariance
    /// The largest target weight of one instrument.
    public var maximumWeight = 0.1
    /// The time between two runs of the pipeline; nil for every bar.
    public var every: BarLength?

    /// How target weights are found.
    public enum Optimiser: String, Sendable, Hashable, Codable, CaseIterable {
        /// The weights with the least variance.
        case minimumVariance = "minimum_variance"
        /// Weights that share the risk equally.
        case riskParity = "risk_parity"
    }

    /// The pipeline as it comes.
    public init() {}
}

extension DeskPlan {
    /// The name of the run: the same for the same plan.
    public var runName: String {
        get throws {
            let digits = String(try tag, radix: 16)
            let kind = isSimulated ? "simulated" : "replay"
            return "\(kind)-\(String(repeating: "0", count: 8 - digits.count))\(digits)"
        }
    }

    /// Bars from before the run that indicators, statistics and pipeline can make use of.
    public var warmUpBars: Int {
        switch decider {
        case .pipeline(let settings): settings.lookback
        case .movingAverageCross(_, let slow): max(slow.count, 61)
        case .tradingDay(let day): day.pipeline.lookback
        }
    }
}
