import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct IntradayShapeTests {
    @Test func `a stock's volume is highest at the open and the close`() throws {
        let history = try SimulatedHistory(
            SimulatedInstruments.generated(5), length: .minutes(30), start: "2023-01-01", bars: 5 * 13 * 200)
        var halfHours = Array(repeating: 0.0, count: 13)
        for bar in history.bars.joined() {
            let session = try #require(ExchangeCalendar.newYorkStockExchange.session(containing: bar.start))
            let place = Int((bar.start - session.open).components.seconds / 1800)
            if !session.isEarlyClose { halfHours[place] += bar.volume }
        }
        #expect(halfHours[0] > 1.5 * halfHours[6])
        #expect(halfHours[12] > 1.5 * halfHours[6])
        #expect(halfHours[1] > halfHours[4] && halfHours[11] > halfHours[8])
    }

    @Test func `minutes of a day vary as much as the day`() throws {
        let history = try SimulatedHistory(
            SimulatedInstruments.generated(5), length: .minutes(5), start: "2023-01-01", bars: 5 * 78 * 250)
        let (within, days) = history.bars.reduce(into: (0.0, 0.0)) { sums, bars in
            for bar in bars {
                let change = bar.close.double / bar.open.double - 1
                sums.0 += change * change
            }
            let opens = bars.filter {
                ExchangeCalendar.newYorkStockExchange.session(on: $0.start.date)?.open == $0.start
            }
            let closes = bars.filter {
                ExchangeCalendar.newYorkStockExchange.session(on: $0.start.date)?.close == $0.end
            }
            for (open, close) in zip(opens, closes) {
                let change = close.close.double / open.open.double - 1
                sums.1 += change * change
            }
        }
        #expect((0.8...1.25).contains(within / days))
    }
}
