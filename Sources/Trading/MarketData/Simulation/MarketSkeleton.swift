import Determinism
import TradingModel

/// The simulated market from day to day, without bars: factors and instruments, and the sessions they trade in.
struct MarketSkeleton: Sendable {
    /// One day: what the factors did, and the instruments that traded.
    struct Day {
        let date: CivilDate
        let sessions: [AssetClass: Session]
        var factors: [FactorPath.Day?]
        var instruments: [InstrumentPath.Day?]
    }

    private struct Exposure: Sendable {
        let market: Int
        let sector: Int
    }

    let equityCalendar: ExchangeCalendar
    private(set) var paths: [InstrumentPath]
    private var factors: [FactorPath]
    private let factorClasses: [AssetClass]
    private let exposures: [Exposure]

    init(seed: UInt64, universe: Universe, equityCalendar: ExchangeCalendar) {
        self.equityCalendar = equityCalendar
        paths = universe.instruments.map { InstrumentPath($0, seed: seed) }
        let equities = universe.instruments.filter { $0.assetClass == .equity }
        let sectors = Set(equities.map(MarketSkeleton.sector)).sorted()
        factors =
            [
                FactorPath(seed: seed, name: "crypto", deviation: 0.024, overnightShare: 0),
                FactorPath(seed: seed, name: "market", deviation: 0.0085, overnightShare: 0.3),
            ] + sectors.map { FactorPath(seed: seed, name: "sector/\($0)", deviation: 0.008, overnightShare: 0.3) }
        factorClasses = [.crypto, .equity] + sectors.map { _ in .equity }
        exposures = universe.instruments.map { instrument in
            guard instrument.assetClass == .equity else { return Exposure(market: 0, sector: 0) }
            let place = sectors.firstIndex(of: MarketSkeleton.sector(instrument)) ?? 0
            return Exposure(market: 1, sector: 2 + place)
        }
    }

    /// The sessions of a UTC date: an equity's session lies within the UTC day of its date.
    func sessions(on date: CivilDate) -> [AssetClass: Session] {
        var sessions: [AssetClass: Session] = [:]
        sessions[.equity] = equityCalendar.session(on: date)
        sessions[.crypto] = ExchangeCalendar.alwaysOpen.session(on: date)
        return sessions
    }

    mutating func step(on date: CivilDate) -> Day {
        let sessions = sessions(on: date)
        var day = Day(date: date, sessions: sessions, factors: [], instruments: [])
        for index in factors.indices {
            day.factors.append(sessions[factorClasses[index]] == nil ? nil : factors[index].step(on: date))
        }
        for index in paths.indices {
            let exposure = exposures[index]
            guard let market = day.factors[exposure.market], let sector = day.factors[exposure.sector] else {
                day.instruments.append(nil)
                continue
            }
            day.instruments.append(paths[index].step(on: date, market: market, sector: sector))
        }
        return day
    }

    /// Every instrument's bars of a day, empty for those that did not trade.
    func bars(of day: Day, length: BarLength) -> [[Bar]] {
        var grids: [AssetClass: DayGrid] = [:]
        for assetClass in AssetClass.allCases {
            grids[assetClass] = day.sessions[assetClass].map { DayGrid($0, length: length, assetClass: assetClass) }
        }
        let returns = factors.indices.map { index -> [Double] in
            guard let factor = day.factors[index], let grid = grids[factorClasses[index]] else { return [] }
            return factors[index].returns(of: factor, on: day.date, grid: grid)
        }
        return paths.indices.map { index in bars(of: index, day, grids, returns) }
    }

    private func bars(
        of index: Int, _ day: Day, _ grids: [AssetClass: DayGrid], _ returns: [[Double]]
    ) -> [Bar] {
        let exposure = exposures[index]
        guard let own = day.instruments[index], let grid = grids[paths[index].instrument.assetClass],
            let market = day.factors[exposure.market], let sector = day.factors[exposure.sector]
        else { return [] }
        let shape = DayShape(
            date: day.date, grid: grid, market: returns[exposure.market], sector: returns[exposure.sector],
            marketDeviation: market.deviation, sectorDeviation: sector.deviation)
        return paths[index].bars(of: own, shape)
    }

    private static func sector(_ instrument: Instrument) -> String {
        instrument.sector ?? "Other"
    }
}
