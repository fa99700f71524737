import Accounting
import Analysis
import Determinism
import Testing
import TradingModel

@Suite struct RiskTests {
    @Test func `figures of a known series`() throws {
        // Up one percent, down one percent, in turn: in logs a deviation of about ln 1.01.
        var closes = [100.0]
        for day in 0..<200 { closes.append(day % 2 == 0 ? closes[day] * 1.01 : closes[day] / 1.01) }
        let window = try Made.window(closes: closes)
        let reading = try #require(RiskAnalysis().assess(window, [Made.one], portfolio: nil)[Made.one])
        #expect(reading.observations == 200)
        #expect((reading.volatility - 0.00995033 * (252.0 * 200 / 199).squareRoot()).magnitude < 1e-6)
        #expect((reading.recentVolatility - 0.00995033 * 252.0.squareRoot()).magnitude < 1e-6)
        #expect((reading.maximumDrawdown - (1 - 1 / 1.01)).magnitude < 1e-6)
        #expect((reading.tail.historical95 - (1 - 1 / 1.01)).magnitude < 1e-6)
        #expect((reading.tail.historicalShortfall99 - (1 - 1 / 1.01)).magnitude < 1e-6)
        #expect(reading.correlationToPortfolio == nil && reading.closest == nil && reading.meanCorrelation == nil)
    }

    @Test func `a price that never moved is calm and too short a history is absent`() throws {
        let still = try Made.window(closes: Array(repeating: 10, count: 50))
        let reading = try #require(RiskAnalysis().assess(still, [Made.one], portfolio: nil)[Made.one])
        #expect(reading.volatility == 0 && reading.maximumDrawdown == 0 && reading.score == 0)
        let short = try Made.window(closes: [10, 11])
        #expect(RiskAnalysis().assess(short, [Made.one], portfolio: nil).readings.isEmpty)
    }

    @Test func `no volume has no liquidity and a big holding takes long to sell`() throws {
        let closes = (0..<60).map { 100 + Double($0 % 5) }
        let silent = try Made.window(closes: closes, volumes: Array(repeating: 0, count: 60))
        #expect(RiskAnalysis().assess(silent, [Made.one], portfolio: nil)[Made.one]?.liquidity == nil)
        let window = try Made.window(closes: closes)
        let portfolio = Portfolio(cash: 10_000_000, instruments: 1)
        let liquidity = try #require(
            RiskAnalysis().assess(window, [Made.one], portfolio: portfolio)[Made.one]?.liquidity)
        // A tenth of the account over a tenth of the turnover of about 102,000 a bar.
        #expect((liquidity.barsToLiquidate - 1_000_000 / (0.1 * liquidity.meanTurnover)).magnitude < 1e-9)
        #expect(liquidity.barsToLiquidate > 90)
    }

    @Test(arguments: 0..<20) func `scores and tails keep their order`(seed: UInt64) throws {
        let market = try SyntheticMarket(seed: seed, instruments: 6, bars: 60 + 10 * Int(seed))
        let readings = RiskAnalysis().assess(market.window, market.window.universe.ids, portfolio: nil).readings
        #expect(readings.count == 6)
        for reading in readings {
            #expect((0...1).contains(reading.score))
            #expect(reading.tail.historical95 <= reading.tail.historical99)
            #expect(reading.tail.historical95 <= reading.tail.historicalShortfall95)
            #expect(reading.tail.historical99 <= reading.tail.historicalShortfall99)
            #expect(reading.tail.parametric95 < reading.tail.parametricShortfall95)
            let closest = try #require(reading.closest)
            #expect((-1...1).contains(closest.value) && closest.instrument != reading.instrument)
            #expect((reading.parts.reduce(0) { $0 + $1.weight } - 1).magnitude < 1e-12)
        }
    }

    @Test func `what moves with the holdings correlates with them`() throws {
        let universe = Universe(["AAA", "BBB", "CCC"].compactMap { Symbol($0).map { Instrument($0, .equity) } })
        var window = MarketWindow(universe: universe)
        var random = SeededRandom(seed: 5)
        var (first, other) = (100.0, 100.0)
        for day in 0..<120 {
            first *= 1 + 0.01 * random.normal()
            other *= 1 + 0.01 * random.normal()
            for (place, price) in [first, first * 2, other].enumerated() where place != 2 || day % 10 != 3 {
                try window.append(Made.bar(day: day, price, price, price, price), for: InstrumentID(place))
            }
        }
        var portfolio = Portfolio(cash: 100_000, instruments: 3)
        try portfolio.apply(
            Fill(
                order: OrderID(desk: 1, step: 1, ordinal: 1), ordinal: 1, instrument: InstrumentID(0), side: .buy,
                quantity: 10, price: 100, fee: 0, time: Timestamp(nanoseconds: 0)))
        let risk = RiskAnalysis().assess(window, universe.ids, portfolio: portfolio)
        #expect(try #require(risk[InstrumentID(1)]?.correlationToPortfolio) > 0.999)
        #expect(try #require(risk[InstrumentID(2)]?.correlationToPortfolio).magnitude < 0.4)
        #expect(risk[InstrumentID(0)]?.correlationToPortfolio == nil)
        #expect(risk[InstrumentID(0)]?.closest?.instrument == InstrumentID(1))
    }
}
