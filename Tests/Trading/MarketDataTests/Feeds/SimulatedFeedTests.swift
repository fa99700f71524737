import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct SimulatedFeedTests {
    @Test(arguments: [false, true]) func `it keeps the laws of feeds`(withQuotes: Bool) throws {
        try FeedLaws.check(feed(withQuotes: withQuotes), events: 200)
    }

    @Test func `a quote follows its bar and days enclose both`() throws {
        var feed = try feed(withQuotes: true)
        var slices = Slices(feed)
        var slice: [MarketEvent] = []
        while let time = feed.nextTime, let event = try feed.next() {
            #expect(event.time == time)
            guard case .bar(let id, let bar) = event else { continue }
            guard case .quote(let quoted, let quote) = try feed.next() else {
                Issue.record("no quote after a bar")
                return
            }
            #expect(quoted == id && quote.time == bar.end)
            if feed.market.delivered > 1000 { break }
        }
        var previous = Timestamp(nanoseconds: .min)
        for _ in 0..<100 {
            let taken = try slices.next(into: &slice)
            let time = try #require(taken)
            #expect(time > previous)
            previous = time
        }
    }

    @Test func `it is labelled as simulated`() throws {
        #expect(try feed(withQuotes: false).isSimulated)
        #expect(!ReplayFeed(RandomSeries.make(count: 1, bars: 3, seed: 1), days: .utc).isSimulated)
    }

    @Test func `a cursor of another market is refused`() throws {
        let cursor = try feed(seed: 2, withQuotes: false).cursor
        var other = try feed(withQuotes: false)
        #expect(throws: FeedError.self) { try other.resume(at: cursor) }
    }

    @Test func `it ends with the last bar before its end, and closes the day`() throws {
        let end = try Parsed.time("2024-05-29T15:00:00Z")
        try FeedLaws.check(feed(withQuotes: false, until: end), events: 200)
        var (bounded, free) = (try feed(withQuotes: false, until: end), try feed(withQuotes: false))
        var events: [MarketEvent] = []
        while let event = try bounded.next() { events.append(event) }
        let bars = events.filter { if case .bar = $0 { true } else { false } }
        #expect(bars.last?.time == end && bounded.nextTime == nil)
        if case .dayEnded? = events.last {} else { Issue.record("the day stays open") }
        for bar in bars {
            while let event = try free.next() { if event == bar { break } }
        }
        #expect(free.nextTime != nil)
    }

    private func feed(seed: UInt64 = 1, withQuotes: Bool, until end: Timestamp? = nil) throws -> SimulatedFeed {
        let market = try SimulatedMarket(
            seed: seed, instruments: SimulatedInstruments.watchList, barLength: .hour,
            start: Parsed.time("2024-05-24T20:00:00Z"))
        return SimulatedFeed(market, withQuotes: withQuotes, until: end)
    }
}
