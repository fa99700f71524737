import Analysis
import Determinism
import Testing
import TradingModel

@Suite struct TechnicalTests {
    @Test(arguments: [0, 1, 2, 20, 34]) func `says how many bars are missing`(count: Int) throws {
        let window = try Made.window(closes: (0..<count).map { 100 + Double($0) })
        let reading = TechnicalAnalysis().assess(window, [Made.one]).readings[0]
        #expect(reading.state == .warmingUp(barsNeeded: 35 - count))
        #expect(reading.score == nil && reading.values == nil && reading.action == .hold)
    }

    @Test func `a steady rise scores above a steady fall`() throws {
        let up = try Made.window(closes: (0..<252).map { 100 * (1 + 0.002 * Double($0)) })
        let down = try Made.window(closes: (0..<252).map { 100 * (1 - 0.002 * Double($0)) })
        let rising = try #require(TechnicalAnalysis().assess(up, [Made.one]).readings[0].score)
        let falling = try #require(TechnicalAnalysis().assess(down, [Made.one]).readings[0].score)
        #expect(rising > 0.2 && falling < -0.2)
    }

    @Test func `a price that never moved says nothing`() throws {
        let window = try Made.window(closes: Array(repeating: 50, count: 252))
        let reading = TechnicalAnalysis().assess(window, [Made.one]).readings[0]
        #expect(reading.score == 0)
        #expect(reading.action == .hold)
    }

    @Test func `no volume leaves volume out and the rest adds up to one`() throws {
        let closes = (0..<100).map { 100 + Double($0 % 7) }
        let window = try Made.window(closes: closes, volumes: Array(repeating: 0, count: 100))
        let reading = TechnicalAnalysis().assess(window, [Made.one]).readings[0]
        #expect(!reading.observations.contains { $0.name == "volume" })
        let total = reading.observations.reduce(0) { $0 + $1.weight }
        #expect((total - 1).magnitude < 1e-12)
    }

    @Test func `a fall from a quiet market is oversold in words and numbers`() throws {
        let quiet = (0..<80).map { 100 + ($0 % 2 == 0 ? 0.5 : 0) }
        let window = try Made.window(closes: quiet + [99, 98, 97, 96, 95])
        let reading = TechnicalAnalysis().assess(window, [Made.one]).readings[0]
        let rsi = try #require(reading.observations.first { $0.name == "rsi" })
        #expect(rsi.score > 0)
        #expect(rsi.text.hasPrefix("RSI(14) ") && rsi.text.hasSuffix("is oversold"))
    }

    @Test(arguments: 0..<20) func `scores stay inside their bounds`(seed: UInt64) throws {
        let market = try SyntheticMarket(seed: seed, instruments: 5, bars: 40 + Int(seed) * 13)
        for reading in TechnicalAnalysis().assess(market.window, market.window.universe.ids).readings {
            let score = try #require(reading.score)
            #expect(score.isFinite && (-1...1).contains(score))
            #expect(reading.observations.allSatisfy { $0.score.isFinite && (-1...1).contains($0.score) })
            let values = try #require(reading.values)
            #expect((0...100).contains(values.rsi) && (0...100).contains(values.adx))
        }
    }
}
