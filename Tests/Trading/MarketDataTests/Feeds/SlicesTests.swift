import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct SlicesTests {
    @Test func `slices share one time each, ascend, and are the feed's events in order`() throws {
        let feed = ReplayFeed(RandomSeries.make(count: 8, bars: 120, seed: 2), days: .newYork)
        var slices = Slices(feed)
        var events: [MarketEvent] = []
        var slice: [MarketEvent] = []
        var times: [Timestamp] = []
        while let time = try slices.next(into: &slice) {
            #expect(!slice.isEmpty && slice.allSatisfy { $0.time == time })
            times.append(time)
            events += slice
        }
        #expect(slice.isEmpty)
        #expect(events == (try drained(feed)))
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        #expect(times.count < events.count)
    }

    @Test func `the feed's cursor after a slice is where the next begins`() throws {
        let feed = ReplayFeed(RandomSeries.make(count: 4, bars: 30, seed: 6), days: .utc)
        var slices = Slices(feed)
        var (slice, again): ([MarketEvent], [MarketEvent]) = ([], [])
        repeat {
            var restored = feed
            try restored.resume(at: slices.feed.cursor)
            var other = Slices(restored)
            _ = try slices.next(into: &slice)
            _ = try other.next(into: &again)
            #expect(slice == again)
        } while !slice.isEmpty
    }

    @Test func `the events before a failure are a slice of their own`() throws {
        let bars = [60, 120, 90].map { RandomSeries.bar(end: $0) }
        var slices = Slices(ReplayFeed([(InstrumentID(0), bars)], days: .utc))
        var slice: [MarketEvent] = []
        for _ in 0..<3 { _ = try slices.next(into: &slice) }
        #expect(slice == [.bar(InstrumentID(0), bars[1])])
        #expect(throws: FeedError.self) { _ = try slices.next(into: &slice) }
    }
}
