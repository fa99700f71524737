import Determinism
import TradingModel

/// What does not change about a simulated instrument.
struct InstrumentProfile: Sendable {
    /// Its price before the first day.
    let price: Double
    /// How strongly it follows the whole market, or all of crypto.
    let marketBeta: Double
    /// How strongly it follows its sector.
    let sectorBeta: Double
    /// The deviation of its own daily return.
    let ownVolatility: Double
    /// What is traded on a usual day at the first price, in the account's currency.
    let dailyTurnover: Double
    /// The distance of bid and ask, as a fraction of the price.
    let spread: Double

    /// The profile of an instrument: like the real one for the names of the watch list, else drawn by its name.
    static func of(_ instrument: Instrument, seed: UInt64) -> InstrumentProfile {
        if let known = known(instrument.symbol.name) { return known }
        var random = SeededRandom(seed: seed, stream: "profile/\(instrument.symbol.name)")
        return instrument.assetClass == .crypto ? crypto(&random) : equity(&random)
    }

    private static func equity(_ random: inout SeededRandom) -> InstrumentProfile {
        let isIlliquid = random.uniform() < 0.06
        let turnover = isIlliquid ? between(3e5, 5e6, &random) : between(1.5e8, 3e9, &random)
        return InstrumentProfile(
            price: between(15, 600, &random), marketBeta: 0.6 + 0.8 * random.uniform(),
            sectorBeta: 0.7 + 0.6 * random.uniform(), ownVolatility: between(0.009, 0.02, &random),
            dailyTurnover: turnover, spread: isIlliquid ? 0.003 : 0.0002)
    }

    private static func crypto(_ random: inout SeededRandom) -> InstrumentProfile {
        InstrumentProfile(
            price: between(0.2, 400, &random), marketBeta: 0.8 + 0.5 * random.uniform(), sectorBeta: 0,
            ownVolatility: between(0.014, 0.035, &random), dailyTurnover: between(2e7, 8e8, &random), spread: 0.0008)
    }

    /// A number between two, evenly by its logarithm.
    private static func between(_ low: Double, _ high: Double, _ random: inout SeededRandom) -> Double {
        low * Elementary.exp(random.uniform() * Elementary.log(high / low))
    }

    /// Prices, turnovers and volatilities of the size these had in 2024.
    private static func known(_ name: String) -> InstrumentProfile? {
        switch name {
        case "AAPL": profile(190, 1.0, 1.0, 0.009, 1e10)
        case "GOOGL": profile(150, 1.0, 1.0, 0.011, 4e9)
        case "MSFT": profile(400, 0.9, 1.0, 0.008, 8e9)
        case "TSLA": profile(220, 1.4, 1.1, 0.026, 2e10)
        case "BTC/USDT": profile(60_000, 0.9, 0, 0.009, 2e9)
        case "ETH/USDT": profile(3_000, 1.15, 0, 0.014, 1e9)
        case "BNB/USDT": profile(550, 0.85, 0, 0.016, 2e8)
        default: nil
        }
    }

    private static func profile(
        _ price: Double, _ market: Double, _ sector: Double, _ own: Double, _ turnover: Double
    ) -> InstrumentProfile {
        InstrumentProfile(
            price: price, marketBeta: market, sectorBeta: sector, ownVolatility: own, dailyTurnover: turnover,
            spread: 0.0001)
    }
}
