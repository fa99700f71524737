import Determinism
import RiskControl
import Testing
import TradingModel

@Suite struct StatisticsTests {
    /// Days on which an instrument trades, and its closes.
    private struct Series {
        var days: [Int] = []
        var closes: [Double] = []
    }

    private func random(_ random: inout SeededRandom, days: Int, gaps: Double) -> Series {
        var series = Series()
        var close = 100.0
        for day in 0..<days where random.uniform() >= gaps {
            close *= 1 + 0.02 * random.normal()
            series.days.append(day)
            series.closes.append(Price(nearest: close)?.double ?? close)
        }
        return series
    }

    private func feed(_ desk: inout Desk, _ id: InstrumentID, _ series: Series) throws {
        for (day, close) in zip(series.days, series.closes) {
            desk.now = Desk.noon + .seconds(86_400 * day)
            try desk.price(id, Price(nearest: close) ?? 0)
        }
    }

    private func gains(_ closes: [Double]) -> [Double] {
        zip(closes, closes.dropFirst()).map { $1 / $0 - 1 }
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private func covariance(_ left: [Double], _ right: [Double]) -> Double {
        let means = (mean(left), mean(right))
        return zip(left, right).map { ($0 - means.0) * ($1 - means.1) }.reduce(0, +) / Double(left.count - 1)
    }

    @Test(arguments: 0..<20, [0.0, 0.3])
    func `correlation is Pearson's over the days both traded`(seed: UInt64, gaps: Double) throws {
        var random = SeededRandom(seed: seed)
        var desk = Desk(RiskLimits())
        let apple = self.random(&random, days: 130, gaps: gaps)
        let bank = self.random(&random, days: 130, gaps: gaps)
        try feed(&desk, Desk.apple, apple)
        try feed(&desk, Desk.bank, bank)
        let oldest = max(apple.days.suffix(62).first ?? 0, bank.days.suffix(62).first ?? 0)
        let common = Set(apple.days).intersection(bank.days).filter { $0 >= oldest }
        let left = gains(zip(apple.days, apple.closes).filter { common.contains($0.0) }.map(\.1).suffix(61))
        let right = gains(zip(bank.days, bank.closes).filter { common.contains($0.0) }.map(\.1).suffix(61))
        let expected = covariance(left, right) / (covariance(left, left) * covariance(right, right)).squareRoot()
        #expect(abs(try #require(desk.policy.correlation(Desk.apple, Desk.bank)) - expected) < 1e-9)
        #expect(try #require(desk.policy.correlation(Desk.apple, Desk.apple)) > 1 - 1e-12)
    }

    @Test(arguments: 0..<10)
    func `volatility is the annualised deviation of the last 20 returns`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var desk = Desk(RiskLimits())
        let apple = self.random(&random, days: 90, gaps: 0)
        try feed(&desk, Desk.apple, apple)
        try feed(&desk, Desk.coin, apple)
        let last = gains(apple.closes.suffix(21))
        let daily = covariance(last, last).squareRoot()
        #expect(abs(try #require(desk.policy.volatility(Desk.apple)) - daily * 252.0.squareRoot()) < 1e-9)
        #expect(abs(try #require(desk.policy.volatility(Desk.coin)) - daily * 365.0.squareRoot()) < 1e-9)
    }

    @Test(arguments: [(10, false), (11, true)])
    func `volatility is not known below ten returns`(days: Int, isKnown: Bool) throws {
        var random = SeededRandom(seed: 1)
        var desk = Desk(RiskLimits())
        try feed(&desk, Desk.apple, self.random(&random, days: days, gaps: 0))
        #expect((desk.policy.volatility(Desk.apple) != nil) == isKnown)
    }

    @Test(arguments: [(30, false), (31, true)])
    func `correlation is not known below half its window`(days: Int, isKnown: Bool) throws {
        var random = SeededRandom(seed: 1)
        var desk = Desk(RiskLimits())
        try feed(&desk, Desk.apple, self.random(&random, days: days, gaps: 0))
        try feed(&desk, Desk.bank, self.random(&random, days: days, gaps: 0))
        #expect((desk.policy.correlation(Desk.apple, Desk.bank) != nil) == isKnown)
    }

    @Test func `a bar that ends at midnight belongs to the day that is over`() throws {
        var desk = Desk(RiskLimits())
        let midnight = Timestamp(CivilDate(daysSinceEpoch: 18_001))
        desk.now = midnight - .seconds(60)
        try desk.price(Desk.apple, 100, volume: 1)
        desk.now = midnight
        try desk.price(Desk.apple, 100, volume: 2)
        desk.now = midnight + .seconds(60)
        try desk.price(Desk.apple, 100, volume: 50)
        #expect(desk.policy.meanDailyTurnover(Desk.apple) == 300)
    }

    @Test func `a volume that is no number counts nothing`() throws {
        var desk = Desk(RiskLimits())
        try desk.price(Desk.apple, 100, volume: .nan)
        #expect(desk.policy.meanDailyTurnover(Desk.apple) == 0)
    }
}
