import Configuration
import Determinism
import MarketData
import TradingDesk
import TradingModel

/// A run on the simulated market that the settings describe.
struct SimulatedRun {
    /// How fast it runs; nil for without waiting.
    let speed: Double?
    /// The market from the moment at which trading begins.
    let feed: SimulatedFeed
    private let settings: Settings
    private let length: BarLength
    private let past: SimulatedMarket
    /// When trading begins where nothing else is said: 2020-01-02.
    static let opening = CivilDate(daysSinceEpoch: 18_263)

    private let last: CivilDate?

    /// The market begins early enough that the pipeline's window is full when trading begins.
    init(_ settings: Settings, from first: CivilDate = opening, to last: CivilDate? = nil) throws {
        self.settings = settings
        self.last = last
        speed = settings.simulation.speed
        length = BarLength(seconds: max(1, Int(settings.simulation.barLength.components.seconds)))
        let instruments = SimulatedRun.instruments(settings)
        let opening = NewYorkTime.moment(first)
        let days = length.isDaily ? settings.pipeline.lookback * 3 / 2 + 10 : 40
        past = try SimulatedMarket(
            seed: UInt64(settings.simulation.seed), instruments: instruments, barLength: length,
            start: opening - .seconds(days * 86_400))
        var market = past
        while let end = market.nextEnd, end <= opening { _ = market.next() }
        feed = SimulatedFeed(market, until: last.map { NewYorkTime.moment($0.advanced(by: 1)) })
    }

    func plan(_ options: RunOptions) throws -> DeskPlan {
        var sources = ["SIMULATED market, seed \(settings.simulation.seed), bars of \(length), from \(past.start)"]
        // Other bounds make another run; a run without them keeps its name.
        if let last { sources.append("to \(last)") }
        return try options.planMaker.plan(
            past.universe, length, sources: sources, isSimulated: true, decider: options.decider)
    }

    /// The last bars of each instrument before trading begins.
    func history(_ count: Int) -> [InstrumentHistory] {
        var market = past
        var bars = [[Bar]](repeating: [], count: past.universe.count)
        while market.delivered < feed.market.delivered, let next = market.next() {
            bars[next.id.index].append(next.bar)
        }
        return past.universe.ids.map { InstrumentHistory($0, Array(bars[$0.index].suffix(count))) }
    }

    var news: @Sendable (Timestamp?, Timestamp) -> [Headline] {
        let market = past
        return { first, last in market.headlines(after: first ?? last - .seconds(3 * 86_400), through: last) }
    }

    private static func instruments(_ settings: Settings) -> [Instrument] {
        if let count = settings.simulation.instruments { return SimulatedInstruments.generated(count) }
        let symbols = settings.trading.symbols
        let known = SimulatedInstruments.watchList
        let wanted =
            symbols.stocks.compactMap(Symbol.init).map { ($0, AssetClass.equity) }
            + symbols.crypto.compactMap(Symbol.init).map { ($0, AssetClass.crypto) }
        return wanted.map { symbol, assetClass in
            known.first { $0.symbol == symbol } ?? Instrument(symbol, assetClass)
        }
    }
}
