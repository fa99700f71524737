import Determinism
import MarketData
import Testing
import TradingModel

/// What is known of real returns (Cont 2001) holds for the simulated ones.
@Suite struct StylizedFactsTests {
    private static let made = Result { () throws -> (SimulatedHistory, [[Double]]) in
        let history = try SimulatedHistory(
            SimulatedInstruments.generated(count), length: .day, start: "2010-01-01", bars: count * 2520)
        return (history, history.returns)
    }
    private static let count = 77

    private let history: SimulatedHistory
    private let returns: [[Double]]

    init() throws {
        (history, returns) = try StylizedFactsTests.made.get()
    }

    @Test func `returns have fat tails`() {
        let kurtosis = returns.map(Statistics.excessKurtosis)
        #expect(kurtosis.allSatisfy { $0 > 0 })
        #expect(Statistics.mean(kurtosis) > 1)
    }

    @Test func `volatility clusters`() {
        for lag in 1...10 {
            let correlations = returns.map { Statistics.autocorrelation($0.map(abs), lag: lag) }
            #expect(Statistics.mean(correlations) > 0.05, "lag \(lag)")
        }
    }

    @Test func `falling prices raise volatility`() {
        let correlations = returns.map { sample in
            Statistics.correlation(sample.dropLast(), sample.dropFirst().map { $0 * $0 })
        }
        #expect(Statistics.mean(correlations) < -0.03)
    }

    @Test func `instruments move together, within a sector more than across`() {
        var (inside, across): ([Double], [Double]) = ([], [])
        for left in 0..<40 {
            for right in left + 1..<40 {
                let correlation = Statistics.correlation(returns[left], returns[right])
                let ids = (InstrumentID(left), InstrumentID(right))
                if history.universe[ids.0].sector == history.universe[ids.1].sector {
                    inside.append(correlation)
                } else {
                    across.append(correlation)
                }
            }
        }
        #expect(Statistics.mean(across) > 0.05)
        #expect(Statistics.mean(inside) > Statistics.mean(across) + 0.1)
    }

    @Test func `there is little drift and prices stay of a size`() {
        let yearly = returns.map { Statistics.mean($0) * 252 }
        #expect(abs(Statistics.mean(yearly)) < 0.1)
        for bars in history.bars {
            let prices = bars.map(\.close.double)
            #expect((prices.min() ?? 0) > 0.5 && (prices.max() ?? .infinity) < 20_000)
        }
    }

    @Test func `momentum earns something but no free lunch`() {
        let ratios = returns.map(sharpeOfMomentum)
        #expect((0.05...0.5).contains(Statistics.mean(ratios)))
    }

    @Test func `daily deviations are those of stocks`() {
        let deviations = returns.map { Statistics.mean($0.map { $0 * $0 }).squareRoot() }
        #expect(deviations.allSatisfy { (0.008...0.05).contains($0) })
    }

    @Test func `prices jump both ways`() {
        let jumps = returns.flatMap { sample -> [Double] in
            let deviation = Statistics.mean(sample.map { $0 * $0 }).squareRoot()
            return sample.filter { abs($0) > 4 * deviation }
        }
        #expect(jumps.filter { $0 > 0 }.count > 50)
        #expect(jumps.filter { $0 < 0 }.count > 50)
        #expect(jumps.count < StylizedFactsTests.count * 2520 / 100)
    }

    @Test func `stocks open away from the last close`() {
        let gaps = history.bars.flatMap { bars in
            zip(bars, bars.dropFirst()).map { abs($1.open.double / $0.close.double - 1) }
        }
        #expect((0.003...0.02).contains(Statistics.mean(gaps)))
    }

    @Test func `most stocks trade over a hundred million a day and a few hardly`() {
        let turnovers = history.bars.map { Statistics.mean($0.prefix(250).map(\.turnover)) }
        #expect(turnovers.filter { $0 > 1e8 }.count > 60)
        #expect((1...20).contains(turnovers.filter { $0 < 1e7 }.count))
    }

    @Test func `news leads prices a little`() throws {
        let start = try Parsed.time("2010-01-01")
        let market = try SimulatedMarket(
            seed: 42, instruments: SimulatedInstruments.generated(StylizedFactsTests.count), barLength: .day,
            start: start)
        let headlines = market.headlines(after: start, through: start + .seconds(86_400 * 3600))
        var (good, bad): ([Double], [Double]) = ([], [])
        for headline in headlines {
            #expect(headline.source == "SIMULATED")
            let id = try #require(market.universe.id(of: headline.symbols[0]))
            let bars = history.bars[id.index]
            guard
                let next = bars.firstIndex(where: {
                    $0.start > headline.published && $0.start.date > headline.published.date
                }),
                next > 0
            else { continue }
            let change = bars[next].close.double / bars[next - 1].close.double - 1
            if isGood(headline.title) { good.append(change) } else { bad.append(change) }
        }
        #expect(good.count > 800 && bad.count > 800)
        let lead = Statistics.mean(good) - Statistics.mean(bad)
        #expect((0.002...0.015).contains(lead))
    }

    /// The yearly Sharpe ratio, without costs, of being long or short as the last 20 days went.
    private func sharpeOfMomentum(_ sample: [Double]) -> Double {
        var past = sample.prefix(20).reduce(0, +)
        let earned = sample.indices.dropFirst(20).map { day -> Double in
            defer { past += sample[day] - sample[day - 20] }
            return past > 0 ? sample[day] : -sample[day]
        }
        let mean = Statistics.mean(earned)
        return mean / Statistics.mean(earned.map { ($0 - mean) * ($0 - mean) }).squareRoot() * 252.0.squareRoot()
    }

    private func isGood(_ title: String) -> Bool {
        ["beats", "upgraded", "wins", "launches", "record"].contains { title.contains($0) }
    }
}
