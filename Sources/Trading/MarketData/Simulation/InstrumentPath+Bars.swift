import Determinism
import TradingModel

/// What an instrument's bars of one day are made from besides its own path.
struct DayShape {
    let date: CivilDate
    let grid: DayGrid
    /// The factors' returns, bar by bar.
    let market: [Double]
    let sector: [Double]
    /// The deviations of the factors' returns of the day.
    let marketDeviation: Double
    let sectorDeviation: Double
}

extension InstrumentPath {
    /// The bars of one day; they begin at `day.open` and end at `day.close`.
    func bars(of day: Day, _ shape: DayShape) -> [Bar] {
        var random = chance.random(on: shape.date, for: .withinDay)
        let levels = levels(of: day, shape, &random)
        let variance = variance(of: day, shape)
        let usual = profile.dailyTurnover / profile.price * day.activity
        return (0..<shape.grid.count).map { index in
            let part = (from: levels[index], to: levels[index + 1], variance: variance * shape.grid.variance[index])
            let prices = prices(part, &random)
            let volume = volume(usual * shape.grid.volume[index], part, &random)
            return Bar(
                start: shape.grid.edges[index], end: shape.grid.edges[index + 1], open: prices.open,
                high: prices.high, low: prices.low, close: prices.close, volume: volume)
        }
    }

    /// The logarithm of the price at every edge of the grid.
    private func levels(of day: Day, _ shape: DayShape, _ random: inout SeededRandom) -> [Double] {
        let jumpBar = min(Int(day.jump.place * Double(shape.grid.count)), shape.grid.count - 1)
        let common = shape.grid.variance.indices.map {
            profile.marketBeta * shape.market[$0] + profile.sectorBeta * shape.sector[$0]
        }
        let rest = day.close - day.open - day.jump.size - common.reduce(0, +)
        let own = shape.grid.bridge(to: rest, deviation: day.deviation, &random)
        var levels = [day.open]
        for index in own.indices {
            levels.append(levels[index] + common[index] + own[index] + (index == jumpBar ? day.jump.size : 0))
        }
        // Sums of many parts differ from the day's own close in the last bits.
        levels[shape.grid.count] = day.close
        return levels
    }

    private func variance(of day: Day, _ shape: DayShape) -> Double {
        let market = profile.marketBeta * shape.marketDeviation
        let sector = profile.sectorBeta * shape.sectorDeviation
        return market * market + sector * sector + day.deviation * day.deviation
    }

    /// Prices on ticks. High and low are drawn from the extremes of a Brownian bridge between open and close:
    /// P(max > m) = exp(-2 m (m - r) / v) for return r and variance v.
    private func prices(
        _ part: (from: Double, to: Double, variance: Double), _ random: inout SeededRandom
    ) -> (open: Price, high: Price, low: Price, close: Price) {
        let change = part.to - part.from
        let above = extreme(change, part.variance, &random)
        let below = extreme(-change, part.variance, &random)
        let (open, close) = (price(part.from), price(part.to))
        return (
            open, max(open, close, price(part.from + above)), min(open, close, price(part.from - below)), close
        )
    }

    private func extreme(_ change: Double, _ variance: Double, _ random: inout SeededRandom) -> Double {
        let spread = change * change - 2 * variance * Elementary.log(1 - random.uniform())
        return (change + spread.squareRoot()) / 2
    }

    /// The price of a level, to the nearest tick and at least one tick.
    private func price(_ level: Double) -> Price {
        let tick = max(instrument.priceIncrement.raw, 1)
        let ticks = (Elementary.exp(level) * 1e8 / Double(tick)).rounded()
        let most = (Double(Int64.max) / Double(tick) / 2).rounded(.down)
        return Price(raw: max(1, Int64(min(ticks, most))) * tick)
    }

    /// Units traded: more when the price moves much; whole shares, or thousandths of a coin, and never none.
    private func volume(
        _ usual: Double, _ part: (from: Double, to: Double, variance: Double), _ random: inout SeededRandom
    ) -> Double {
        let move = (part.to - part.from).magnitude / part.variance.squareRoot()
        let noise = Elementary.exp(0.35 * random.normal() - 0.06)
        let units = usual * noise * (0.6 + 0.5 * min(move, 6))
        return instrument.assetClass == .equity ? max(units.rounded(), 1) : max((units * 1000).rounded(), 1) / 1000
    }
}
