import Determinism

/// What many instruments have in common: the whole market, a sector, or crypto.
struct FactorPath: Sendable {
    /// One day of a factor.
    struct Day: Sendable {
        /// The return between the last close and the open.
        let overnight: Double
        /// The return between open and close.
        let withinDay: Double
        /// The deviation of the return between open and close.
        let deviation: Double
        /// Today's volatility over its long-run level.
        let scale: Double
    }

    private let chance: DailyChance
    private let deviation: Double
    private let overnightShare: Double
    private var volatility = StochasticVolatility()

    init(seed: UInt64, name: String, deviation: Double, overnightShare: Double) {
        chance = DailyChance(seed: seed, name: "factor/\(name)")
        self.deviation = deviation
        self.overnightShare = overnightShare
    }

    mutating func step(on date: CivilDate) -> Day {
        var random = chance.random(on: date, for: .day)
        let (night, session, noise) = (random.normal(), random.normal(), random.normal())
        let jump = FactorPath.jump(&random)
        let scale = volatility.scale
        let withinDeviation = deviation * scale * (1 - overnightShare).squareRoot()
        let overnightDeviation = deviation * scale * overnightShare.squareRoot()
        let shock = night * overnightShare.squareRoot() + session * (1 - overnightShare).squareRoot()
        volatility.step(shock: min(max(shock + jump, -4), 4), noise: noise)
        // Without a night the jump falls into the day.
        let jumpReturn = jump * deviation
        return Day(
            overnight: overnightDeviation * night + (overnightShare > 0 ? jumpReturn : 0),
            withinDay: withinDeviation * session + (overnightShare > 0 ? 0 : jumpReturn),
            deviation: withinDeviation, scale: scale)
    }

    /// The day's return bar by bar; the bars add up to `day.withinDay`.
    func returns(of day: Day, on date: CivilDate, grid: DayGrid) -> [Double] {
        var random = chance.random(on: date, for: .withinDay)
        return grid.bridge(to: day.withinDay, deviation: day.deviation, &random)
    }

    /// About once in 250 days, of either sign, 2.5 to 5 deviations.
    private static func jump(_ random: inout SeededRandom) -> Double {
        let (chance, size, sign) = (random.uniform(), random.uniform(), random.uniform())
        guard chance < 0.004 else { return 0 }
        return (2.5 + 2.5 * size) * (sign < 0.5 ? -1 : 1)
    }
}
