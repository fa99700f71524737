import Accounting
import Analysis
import Determinism
import TradingModel

/// Everything the seven nodes find, as a run of the desk would chain them.
struct Pipeline {
    var sentiment: SentimentAssessment
    var technical: TechnicalAssessment
    var pattern: PatternAssessment
    var risk: RiskAssessment
    var signals: SignalSet
    var target: PortfolioTarget?
    var plan: ExecutionPlan?

    init(_ market: SyntheticMarket, headlines: [Headline] = [], sentiment node: SentimentAnalysis) throws {
        let (window, ids, portfolio) = (market.window, market.window.universe.ids, market.portfolio)
        sentiment = node.assess(headlines, window.universe, ids, now: window.asOf ?? Timestamp(nanoseconds: 0))
        technical = TechnicalAnalysis().assess(window, ids)
        pattern = PatternAnalysis().assess(window, ids)
        risk = RiskAnalysis().assess(window, ids, portfolio: portfolio)
        signals = SignalGeneration().generate(
            SignalEvidence(technical: technical, pattern: pattern, sentiment: sentiment, risk: risk),
            universe: window.universe, portfolio: portfolio)
        target = try PortfolioOptimisation().optimise(window, signals, portfolio)
        plan = target.map { ExecutionPlanning().plan($0, signals, portfolio, window) }
    }
}

/// Bars of random walks with a common factor, trends and volume.
struct SyntheticMarket {
    private(set) var window: MarketWindow
    var portfolio: Portfolio

    init(seed: UInt64, instruments: Int, bars: Int, cash: Money = 1_000_000) throws {
        let universe = Universe(
            (0..<instruments).compactMap { index in
                Symbol("S\(100 + index)").map { Instrument($0, .equity) }
            })
        window = MarketWindow(universe: universe)
        portfolio = Portfolio(cash: cash, instruments: instruments)
        var random = SeededRandom(seed: seed)
        var prices = (0..<instruments).map { _ in 20 + 100 * random.uniform() }
        let drifts = (0..<instruments).map { _ in 0.002 * random.normal() }
        for day in 0..<bars {
            let common = 0.008 * random.normal()
            for place in 0..<instruments {
                let open = prices[place]
                prices[place] *= 1 + max(-0.3, common + drifts[place] + 0.012 * random.normal())
                try append(day, open, prices[place], &random, InstrumentID(place))
            }
        }
    }

    private mutating func append(
        _ day: Int, _ open: Double, _ close: Double, _ random: inout SeededRandom, _ id: InstrumentID
    ) throws {
        let high = max(open, close) * (1 + 0.006 * random.uniform())
        let low = min(open, close) * (1 - 0.006 * random.uniform())
        let volume = (1_000_000 * (0.5 + random.uniform())).rounded()
        try window.append(Made.bar(day: day, open, high, low, close, volume: volume), for: id)
    }
}

/// Makers of bars.
enum Made {
    /// A daily bar so many days after 2024-01-01; prices to six decimals.
    static func bar(
        day: Int, _ open: Double, _ high: Double, _ low: Double, _ close: Double, volume: Double = 1000
    ) -> Bar {
        let start = Timestamp(CivilDate(daysSinceEpoch: 19_723 + day)) + .seconds(52_200)
        func price(_ value: Double) -> Price { Price(nearest: (value * 1e6).rounded() / 1e6) ?? 1 }
        return Bar(
            start: start, end: start + .seconds(23_400), open: price(open), high: price(high), low: price(low),
            close: price(close), volume: volume)
    }

    /// A window of one share with bars that open at the close before.
    static func window(closes: [Double], volumes: [Double]? = nil, name: String = "AAA") throws -> MarketWindow {
        var window = MarketWindow(universe: Universe([Symbol(name).map { Instrument($0, .equity) }].compactMap { $0 }))
        for (day, close) in closes.enumerated() {
            let open = day == 0 ? close : closes[day - 1]
            let volume = volumes?[day] ?? 1000
            try window.append(
                bar(day: day, open, max(open, close), min(open, close), close, volume: volume), for: InstrumentID(0))
        }
        return window
    }

    static let one = InstrumentID(0)
}
