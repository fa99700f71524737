import Determinism
import TradingModel

/// One simulated instrument from day to day: enough to go through years quickly, without its bars.
struct InstrumentPath: Sendable {
    /// One day of an instrument.
    struct Day: Sendable {
        /// The logarithm of the price at the open and at the close.
        let open: Double
        let close: Double
        /// The deviation of its own return between open and close.
        let deviation: Double
        /// Where in the session, 0...1, the price jumped, and by how much; size 0 for no jump.
        let jump: (place: Double, size: Double)
        /// Today's volume over a usual day's.
        let activity: Double
    }

    private enum Regime: Sendable {
        case none
        case rising
        case falling
        case reverting
    }

    let instrument: Instrument
    let profile: InstrumentProfile
    let chance: DailyChance
    let news: NewsChance
    private let overnightShare: Double
    /// The logarithm of the last close.
    private var level: Double
    private var anchor: Double
    private var volatility = StochasticVolatility()
    private var regime = Regime.none
    private var deviation = 0.0
    private var interest = 0.0
    private var newsEffect = 0.0

    init(_ instrument: Instrument, seed: UInt64) {
        self.instrument = instrument
        profile = InstrumentProfile.of(instrument, seed: seed)
        chance = DailyChance(seed: seed, name: "instrument/\(instrument.symbol.name)")
        news = NewsChance(instrument, seed: seed)
        overnightShare = instrument.assetClass == .equity ? 0.3 : 0
        level = Elementary.log(profile.price)
        anchor = level
    }

    mutating func step(on date: CivilDate, market: FactorPath.Day, sector: FactorPath.Day) -> Day {
        var random = chance.random(on: date, for: .day)
        let (night, session, noise) = (random.normal(), random.normal(), random.normal())
        changeRegime(&random)
        let jump = self.jump(&random)
        let scale = volatility.scale * market.scale.squareRoot()
        let today = profile.ownVolatility * scale
        let (nightPart, dayPart) = (overnightShare.squareRoot(), (1 - overnightShare).squareRoot())
        let atNight = jump.place == 0 ? jump.size : 0
        let overnight = common(market.overnight, sector.overnight) + today * nightPart * night + atNight
        let own = today * dayPart * session + expectedReturn() + (jump.size - atNight)
        let open = level + overnight
        level = open + common(market.withinDay, sector.withinDay) + own
        remember(own: own + today * nightPart * night + atNight, shock: nightPart * night + dayPart * session, noise)
        newsEffect = news.effect(on: date) * profile.ownVolatility
        interest = 0.8 * interest + 0.25 * random.normal()
        return Day(
            open: open, close: level, deviation: today * dayPart, jump: (jump.place, jump.size - atNight),
            activity: Elementary.exp(interest - 0.087) * (0.5 + 0.5 * scale))
    }

    private func common(_ market: Double, _ sector: Double) -> Double {
        profile.marketBeta * market + profile.sectorBeta * sector
    }

    /// What today's return is expected to be: never much beside its deviation.
    private func expectedReturn() -> Double {
        let trend = 0.22 * profile.ownVolatility
        let pull = 0.0005 * (anchor - level)
        switch regime {
        case .none: return pull + newsEffect
        case .rising: return pull + newsEffect + trend
        case .falling: return pull + newsEffect - trend
        case .reverting: return pull + newsEffect - 0.05 * deviation
        }
    }

    private mutating func remember(own: Double, shock: Double, _ noise: Double) {
        volatility.step(shock: min(max(shock, -4), 4), noise: noise)
        deviation = 0.85 * deviation + own
        anchor += 0.0001
    }

    /// A regime lasts 25 days on average.
    private mutating func changeRegime(_ random: inout SeededRandom) {
        let (chance, choice) = (random.uniform(), random.uniform())
        guard chance < 0.04 else { return }
        regime = choice < 0.3 ? .none : choice < 0.5 ? .rising : choice < 0.7 ? .falling : .reverting
    }

    /// A few times a year, of either sign; half of an equity's jumps happen overnight, at place 0.
    private func jump(_ random: inout SeededRandom) -> (place: Double, size: Double) {
        let (chance, size, sign) = (random.uniform(), random.uniform(), random.uniform())
        let place = random.uniform()
        guard chance < (overnightShare > 0 ? 0.012 : 0.025) else { return (1, 0) }
        let isOvernight = overnightShare > 0 && place < 0.5
        return (isOvernight ? 0 : place, (2.5 + 3 * size) * profile.ownVolatility * (sign < 0.5 ? -1 : 1))
    }
}
