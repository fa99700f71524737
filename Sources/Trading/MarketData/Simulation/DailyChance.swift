import Determinism

/// Chance for one named thing, drawn anew for each day: the numbers of a day depend on seed, name and date alone.
struct DailyChance: Sendable {
    /// What a day's numbers are for, so that drawing more for one purpose changes none of the others.
    enum Purpose: UInt64 {
        case day = 1
        case withinDay = 2
        case news = 3
    }

    private let key: UInt64

    init(seed: UInt64, name: String) {
        var random = SeededRandom(seed: seed, stream: name)
        key = random.next()
    }

    func random(on date: CivilDate, for purpose: Purpose) -> SeededRandom {
        let day = UInt64(truncatingIfNeeded: date.daysSinceEpoch) &* 0xD1B5_4A32_D192_ED03
        var mixer = SeededRandom(seed: key ^ day ^ (purpose.rawValue << 56))
        // Nearby seeds give overlapping stretches of one sequence; a mixed number does not.
        return SeededRandom(seed: mixer.next())
    }
}
