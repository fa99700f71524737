import Determinism
import Foundation
import MarketData
import Testing
import TradingModel

@Suite struct ReplayCursorTests {
    @Test(arguments: [TradingDayRule.utc, .newYork])
    func `a replay restored at any event continues identically`(rule: TradingDayRule) throws {
        let series = RandomSeries.make(count: 5, bars: 25, seed: 9)
        let all = try drained(ReplayFeed(series, days: rule))
        var feed = ReplayFeed(series, days: rule)
        for place in 0...all.count {
            let saved = try JSONEncoder().encode(feed.cursor)
            var restored = ReplayFeed(series, days: rule)
            try restored.resume(at: JSONDecoder().decode(ReplayCursor.self, from: saved))
            #expect(restored.cursor == feed.cursor)
            #expect(try drained(restored) == Array(all[place...]))
            _ = try feed.next()
        }
    }

    @Test func `a cursor from other data is refused`() throws {
        let cursor = ReplayFeed(RandomSeries.make(count: 5, bars: 25, seed: 9), days: .utc).cursor
        var other = ReplayFeed(RandomSeries.make(count: 5, bars: 25, seed: 10), days: .utc)
        #expect(throws: FeedError.self) { try other.resume(at: cursor) }
        var bounded = ReplayFeed(
            RandomSeries.make(count: 5, bars: 25, seed: 9), days: .utc, from: Timestamp(seconds: 1_700_100_000))
        #expect(throws: FeedError.self) { try bounded.resume(at: cursor) }
    }
}
