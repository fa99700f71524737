import Configuration
import Determinism

/// What the workflows of a trading day go by.
struct TradingDaySettings: Sendable, Hashable {
    /// Dates on which the Federal Open Market Committee tells its decision; none is guessed.
    var fomc: [CivilDate] = []
    /// Dates on which companies that are traded tell their results.
    var earnings: [CivilDate] = []
    /// The volatility, in percent a year as VIX is, above which the rest of a day is made more careful.
    var volatilityLevel = 30.0
    /// What the timeouts of the rest of such a day are multiplied by.
    var timeoutFactor = 0.7

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        fomc = section.value("fomc", .list(of: .date, atMost: 1000), default: fomc)
        earnings = section.value("earnings", .list(of: .date, atMost: 1000), default: earnings)
        volatilityLevel = section.value("volatility_level", .number(.above(0, upTo: 1000)), default: volatilityLevel)
        timeoutFactor = section.value("timeout_factor", .number(.above(0, upTo: 1)), default: timeoutFactor)
    }
}
