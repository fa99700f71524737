import Determinism
import Execution
import MarketData
import RiskControl
import TradingDesk
import TradingModel

/// Daily bars and headlines of the simulated market, cut into the moments that a desk handles.
struct SimulatedDays {
    let universe: Universe
    /// The bars before the run, by instrument.
    let history: [InstrumentHistory]
    /// The moments of the run that have bars.
    let moments: [DeskMoment]

    /// So many made-up equities with so many bars of history, and the days that follow.
    init(instruments: Int, history: Int, days: Int) throws {
        let market = try SimulatedMarket(
            seed: 1, instruments: SimulatedInstruments.generated(instruments), barLength: .day,
            start: Timestamp(CivilDate(daysSinceEpoch: 17_897)))
        universe = market.universe
        var feed = SimulatedFeed(market)
        var past = [[Bar]](repeating: [], count: instruments)
        while past.contains(where: { $0.count < history }), let event = try feed.next() {
            if case .bar(let id, let bar) = event { past[id.index].append(bar) }
        }
        self.history = past.indices.map { InstrumentHistory(InstrumentID($0), past[$0].suffix(history)) }
        moments = try SimulatedDays.moments(&feed, count: days, after: past.compactMap(\.last?.end).max())
    }

    private static func moments(
        _ feed: inout SimulatedFeed, count: Int, after first: Timestamp?
    ) throws -> [DeskMoment] {
        var found: [DeskMoment] = []
        var events: [MarketEvent] = []
        var last = first ?? feed.market.start
        while found.count < count, let event = try feed.next() {
            if let time = events.last?.time, time != event.time {
                let news = feed.market.headlines(after: last, through: time)
                if events.contains(where: \.isBar) {
                    found.append(DeskMoment(time: time, events: events, headlines: news))
                    last = time
                }
                events = []
            }
            events.append(event)
        }
        return found
    }

    /// A desk's plan over these instruments with the pipeline and the limits as they come.
    var plan: DeskPlan {
        DeskPlan(
            universe: universe, barLength: .day, capital: 1_000_000, limits: RiskLimits(),
            fills: FillModel(fee: Rate(raw: 100_000)), decider: .pipeline(PipelinePlan()), seed: 1, isSimulated: true,
            sources: [])
    }
}

extension MarketEvent {
    var isBar: Bool {
        if case .bar = self { true } else { false }
    }
}
