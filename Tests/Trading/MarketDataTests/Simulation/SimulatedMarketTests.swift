import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct SimulatedMarketTests {
    private let watchList = SimulatedInstruments.watchList

    @Test(arguments: [BarLength.minutes(1), .minutes(7), .hour, .day])
    func `every bar is possible, on ticks, and in order`(length: BarLength) throws {
        let start = try Parsed.time("2024-06-28T15:10:00Z")
        var market = try SimulatedMarket(seed: 5, instruments: watchList, barLength: length, start: start)
        var last: (Timestamp, InstrumentID)?
        for _ in 0..<20_000 {
            let taken = market.next()
            let next = try #require(taken)
            let instrument = market.universe[next.id]
            #expect(next.bar.fault == nil)
            #expect(next.bar.start >= start)
            let prices = [next.bar.open, next.bar.high, next.bar.low, next.bar.close]
            #expect(prices.allSatisfy { $0.raw % instrument.priceIncrement.raw == 0 })
            #expect(next.bar.volume > 0)
            if let last { #expect(last < (next.bar.end, next.id)) }
            last = (next.bar.end, next.id)
        }
    }

    @Test func `stocks trade in sessions only and crypto round the clock`() throws {
        let history = try SimulatedHistory(watchList, length: .minutes(5), start: "2024-11-25", bars: 20_000)
        let calendar = ExchangeCalendar.newYorkStockExchange
        for bar in history.bars(of: "AAPL") {
            let session = try #require(calendar.session(containing: bar.start))
            #expect(bar.end <= session.close)
        }
        #expect(history.bars(of: "AAPL").filter { $0.start.date.description == "2024-11-29" }.count == 42)
        let bitcoin = history.bars(of: "BTC/USDT")
        #expect(zip(bitcoin, bitcoin.dropFirst()).allSatisfy { $0.end == $1.start && $0.close == $1.open })
    }

    @Test func `the same seed gives the same bars and another seed others`() throws {
        let first = try SimulatedHistory(seed: 1, watchList, length: .hour, bars: 5000)
        #expect(try SimulatedHistory(seed: 1, watchList, length: .hour, bars: 5000).bars == first.bars)
        #expect(try SimulatedHistory(seed: 2, watchList, length: .hour, bars: 5000).bars != first.bars)
    }

    @Test func `the bytes are fixed`() throws {
        let history = try SimulatedHistory(seed: 7, watchList, length: .hour, start: "2024-01-01", bars: 20_000)
        let text = history.bars.joined().map { "\($0.end) \($0.open) \($0.high) \($0.low) \($0.close) \($0.volume)" }
        #expect(Fingerprint.of(text.joined(separator: "\n")) == 16_560_889_526_512_977_691)
    }

    @Test func `an instrument's path does not depend on the others`() throws {
        let alone = try SimulatedHistory([watchList[0]], length: .hour, bars: 1000)
        let crowd = try SimulatedHistory(
            watchList + SimulatedInstruments.generated(30), length: .hour, bars: 60_000)
        #expect(Array(crowd.bars(of: "AAPL").prefix(1000)) == alone.bars(of: "AAPL"))
        #expect(alone.bars(of: "AAPL").count == 1000)
    }

    @Test func `bars of every length share their daily closes`() throws {
        let days = try SimulatedHistory(watchList, length: .day, start: "2024-03-01", bars: 300)
        let hours = try SimulatedHistory(watchList, length: .hour, start: "2024-03-01", bars: 4000)
        for (daily, hourly) in zip(days.bars, hours.bars) {
            let closes = Dictionary(uniqueKeysWithValues: hourly.map { ($0.end, $0.close) })
            let shared = daily.filter { $0.end <= hourly.last?.end ?? $0.start }
            #expect(shared.count > 20)
            #expect(shared.allSatisfy { closes[$0.end] == $0.close })
        }
    }

    @Test(arguments: [0, 1, 5, 168, 169, 2000, 2001, 30_000])
    func `skipping is the same as taking`(count: Int) throws {
        let start = try Parsed.time("2024-02-27T11:00:00Z")
        var walked = try SimulatedMarket(seed: 3, instruments: watchList, barLength: .minutes(30), start: start)
        var skipped = walked
        for _ in 0..<count { _ = walked.next() }
        skipped.skip(count)
        #expect(skipped.delivered == count)
        for _ in 0..<500 {
            let (one, other) = (skipped.next(), walked.next())
            #expect(one == other)
        }
    }

    @Test func `skips add up`() throws {
        var random = SeededRandom(seed: 12)
        let start = try Parsed.time("2024-02-27")
        let fresh = try SimulatedMarket(seed: 3, instruments: watchList, barLength: .hour, start: start)
        for _ in 0..<20 {
            let (first, second) = (Int(random.next() % 700), Int(random.next() % 700))
            var (twice, once) = (fresh, fresh)
            twice.skip(first)
            twice.skip(second)
            once.skip(first + second)
            #expect(twice.delivered == once.delivered)
            let (one, other) = (twice.next(), once.next())
            #expect(one == other)
        }
    }

    @Test func `stocks alone end with the calendar`() throws {
        let start = try Parsed.time("2035-12-28")
        var market = try SimulatedMarket(seed: 3, instruments: [watchList[0]], barLength: .day, start: start)
        var ends: [String] = []
        while let next = market.next() { ends.append(next.bar.end.date.description) }
        #expect(ends == ["2035-12-28", "2035-12-31"])
        market.skip(10)
        #expect(market.delivered == 2)
    }

    @Test func `it says that it is simulated and refuses bars beyond a day`() throws {
        let start = try Parsed.time("2024-01-01")
        let market = try SimulatedMarket(seed: 3, instruments: watchList, barLength: .day, start: start)
        #expect(market.isSimulated)
        #expect(throws: FeedError.self) {
            _ = try SimulatedMarket(
                seed: 3, instruments: watchList, barLength: BarLength(seconds: 604_800), start: start)
        }
    }

    @Test func `a quote surrounds the close on ticks and lots`() throws {
        let start = try Parsed.time("2024-01-02")
        let instruments = watchList + SimulatedInstruments.generated(40)
        var market = try SimulatedMarket(seed: 3, instruments: instruments, barLength: .hour, start: start)
        for _ in 0..<3000 {
            let taken = market.next()
            let bar = try #require(taken)
            let quote = market.quote(after: bar)
            let instrument = market.universe[bar.id]
            #expect(quote.bid < quote.ask && quote.bid <= bar.bar.close && quote.ask >= bar.bar.close)
            #expect(quote.bid > 0 && quote.bid.raw % instrument.priceIncrement.raw == 0)
            #expect(quote.bidSize > 0 && quote.bidSize.raw % instrument.lot.raw == 0)
        }
    }
}
