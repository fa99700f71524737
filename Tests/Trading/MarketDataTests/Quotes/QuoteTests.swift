import Determinism
import MarketData
import Testing
import TradingModel

/// What bars say of a share and of a crypto pair.
@Suite struct QuoteTests {
    private func symbol(_ name: String) throws -> Symbol { try #require(Symbol(name)) }

    private func bar(_ startHour: Int, hours: Int, open: Price, close: Price, volume: Double) -> Bar {
        let start = Timestamp(nanoseconds: Int64(startHour) * 3_600_000_000_000)
        return Bar(
            start: start, end: start + .seconds(hours * 3600), open: open, high: max(open, close),
            low: min(open, close), close: close, volume: volume)
    }

    @Test func `a share's volume is that of its last trading day, and what bars do not know is absent`() throws {
        let bars = [
            bar(14, hours: 1, open: 10, close: 11, volume: 5), bar(38, hours: 1, open: 11, close: 12, volume: 7),
            bar(39, hours: 1, open: 12, close: 13, volume: 8),
        ]
        let quote = try #require(StockQuote(try symbol("ACME"), bars))
        #expect(quote.price == 13 && quote.volume == 15 && quote.time == bars[2].end)
        #expect(quote.marketCap == nil && quote.peRatio == nil)
        let week = try #require(StockQuote(try symbol("ACME"), [bar(0, hours: 168, open: 1, close: 2, volume: 9)]))
        #expect(week.volume == nil)
        #expect(StockQuote(try symbol("ACME"), [Bar]()) == nil)
    }

    @Test func `a pair's volume and move are those of 24 hours`() throws {
        let bars = (0..<48).map { hour in
            bar(hour, hours: 1, open: Price(integerLiteral: 100 + Int64(hour)), close: 200, volume: Double(hour))
        }
        let ticker = try #require(CryptoTicker(try symbol("BTC/USDT"), bars))
        #expect(ticker.last == 200 && ticker.baseVolume == Double((24..<48).reduce(0, +)))
        #expect(ticker.percentage == (200.0 / 124 - 1) * 100)
        let day = try #require(
            CryptoTicker(try symbol("BTC/USDT"), [bar(0, hours: 24, open: 100, close: 110, volume: 3)]))
        #expect(day.baseVolume == 3 && ((day.percentage ?? 0) - 10).magnitude < 1e-9)
    }

    @Test func `a gap at the start takes the close before it`() throws {
        let bars = [
            bar(0, hours: 1, open: 90, close: 100, volume: 1), bar(30, hours: 1, open: 105, close: 110, volume: 2),
        ]
        let ticker = try #require(CryptoTicker(try symbol("BTC/USDT"), bars))
        #expect(ticker.baseVolume == 2 && ((ticker.percentage ?? 0) - 10).magnitude < 1e-9)
    }

    @Test(arguments: [1, 5, 23]) func `bars that do not reach back 24 hours say nothing of them`(hours: Int) throws {
        let bars = (0..<hours).map { bar($0, hours: 1, open: 100, close: 101, volume: 1) }
        let ticker = try #require(CryptoTicker(try symbol("BTC/USDT"), bars))
        #expect(ticker.last == 101 && ticker.baseVolume == nil && ticker.percentage == nil)
    }
}
