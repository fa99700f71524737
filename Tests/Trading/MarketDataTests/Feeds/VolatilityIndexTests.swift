import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct VolatilityIndexTests {
    private static let equities = ["AAPL", "MSFT"].compactMap(Symbol.init).map { Instrument($0, .equity) }

    @Test func `it is absent until enough returns are known`() {
        var index = VolatilityIndex(Universe(Self.equities), length: .day, periods: 20)
        for day in 0...20 {
            #expect(index.value == nil)
            index.add(InstrumentID(0), bar(day: day, close: day % 2 == 0 ? 100 : 101))
        }
        #expect(index.value == nil)
        index.endPeriod()
        #expect(index.value != nil)
    }

    @Test func `it is the annualised deviation of the mean return`() throws {
        var index = VolatilityIndex(Universe(Self.equities), length: .day, periods: 3)
        for (day, closes) in [(100.0, 50.0), (110, 50), (110, 55), (99, 55)].enumerated() {
            index.add(InstrumentID(0), bar(day: day, close: closes.0))
            index.add(InstrumentID(1), bar(day: day, close: closes.1))
        }
        index.endPeriod()
        // Mean returns 5, 5 and -5 percent: mean 5/3, squared deviations 200/3 in all, halved, times 252.
        let expected = (200.0 / 3 / 2 * 252).squareRoot()
        #expect(abs(try #require(index.points) - expected) < 1e-9)
        #expect(abs(try #require(index.value) - expected / 100) < 1e-9)
    }

    @Test func `an equity's day and a crypto pair's day are one period`() throws {
        let symbol = try #require(Symbol("BTC/USDT"))
        let universe = Universe(Self.equities + [Instrument(symbol, .crypto)])
        var index = VolatilityIndex(universe, length: .day, periods: 2)
        for (day, close) in [100.0, 110, 99].enumerated() {
            index.add(InstrumentID(0), bar(day: day, close: 100, hour: 21))
            index.add(InstrumentID(2), bar(day: day, close: close, hour: 24))
        }
        index.endPeriod()
        // Half of 10 percent up, then half of 10 percent down; 365 days a year.
        #expect(abs(try #require(index.points) - (50.0 * 365).squareRoot()) < 1e-9)
    }

    private func bar(day: Int, close: Double, hour: Int = 21) -> Bar {
        let end = Timestamp(CivilDate(daysSinceEpoch: 19_000 + day)) + .seconds(hour * 3600)
        let price = Price(nearest: close) ?? 0
        return Bar(
            start: end - .seconds(23_400), end: end, open: price, high: price, low: price, close: price, volume: 1)
    }
}
