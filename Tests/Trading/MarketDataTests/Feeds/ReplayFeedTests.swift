import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct ReplayFeedTests {
    @Test(arguments: [0, 1, 2, 3, 7, 20]) func `the merge is a sorted permutation of its input`(count: Int) throws {
        for seed in 0..<20 {
            let series = RandomSeries.make(count: count, bars: 60, seed: UInt64(seed))
            let expected = series.flatMap { entry in entry.bars.map { (entry.id, $0) } }
                .enumerated().sorted { ($0.element.1.end, $0.offset) < ($1.element.1.end, $1.offset) }
                .map { MarketEvent.bar($0.element.0, $0.element.1) }
            let bars = try drained(ReplayFeed(series, days: .utc)).filter(\.isBar)
            #expect(bars == expected)
        }
    }

    @Test func `the order in which instruments are given does not matter`() throws {
        let series = RandomSeries.make(count: 9, bars: 80, seed: 4)
        let events = try drained(ReplayFeed(series, days: .newYork))
        #expect(try drained(ReplayFeed(series.reversed(), days: .newYork)) == events)
    }

    @Test func `two series of one instrument come in the order given`() throws {
        let (short, long) = (RandomSeries.bar(end: 600, close: 1), RandomSeries.bar(end: 600, close: 2))
        let id = InstrumentID(0)
        let events = try drained(ReplayFeed([(id, [short]), (id, [long])], days: .utc)).filter(\.isBar)
        #expect(events == [.bar(id, short), .bar(id, long)])
    }

    @Test(arguments: [TradingDayRule.utc, .newYork])
    func `every bar lies within the day around it and days do not nest`(rule: TradingDayRule) throws {
        let events = try drained(ReplayFeed(RandomSeries.make(count: 5, bars: 300, seed: 3), days: rule))
        var open: CivilDate?
        for event in events {
            switch event {
            case .dayStarted(let day, let time):
                #expect(open == nil && time == rule.start(of: day))
                open = day
            case .dayEnded(let day, let time):
                #expect(open == day && time == rule.end(of: day))
                open = nil
            default:
                let day = try #require(open)
                #expect(event.time > rule.start(of: day) && event.time <= rule.end(of: day))
            }
        }
        #expect(open == nil)
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    @Test func `the bar that ends at midnight belongs to the day before`() throws {
        let midnight = Int64(19_700 * 86_400)
        let feed = ReplayFeed([(InstrumentID(0), [RandomSeries.bar(end: midnight)])], days: .utc)
        let day = CivilDate(daysSinceEpoch: 19_699)
        let expected: [MarketEvent] = [
            .dayStarted(day, at: Timestamp(day)), .bar(InstrumentID(0), RandomSeries.bar(end: midnight)),
            .dayEnded(day, at: Timestamp(day.advanced(by: 1))),
        ]
        #expect(try drained(feed) == expected)
    }

    @Test func `the bounds leave out what ended before and after`() throws {
        let bars = (1...10).map { RandomSeries.bar(end: Int64($0) * 60, close: Int64($0)) }
        let from = bars[2].end
        let feed = ReplayFeed([(InstrumentID(0), bars)], days: .utc, from: from, to: bars[6].end)
        #expect(try drained(feed).compactMap(\.closeOfBar) == [4, 5, 6, 7])
        #expect(feed.barCount == 4)
        #expect(feed.history(of: InstrumentID(0), count: 2).map(\.close) == [2, 3])
        #expect(feed.history(of: InstrumentID(0), count: 99).count == 3)
        #expect(feed.history(of: InstrumentID(1), count: 2).isEmpty)
    }

    @Test func `the warm-up ends where the replay begins`() throws {
        let series = RandomSeries.make(count: 6, bars: 200, seed: 8)
        let from = try #require(Timestamp(seconds: 1_701_000_000))
        let whole = try drained(ReplayFeed(series, days: .utc)).filter(\.isBar)
        let feed = ReplayFeed(series, days: .utc, from: from)
        let (before, after) = (try drained(feed.warmUp(count: .max / 2)), try drained(feed))
        #expect(before.filter(\.isBar) + after.filter(\.isBar) == whole)
        #expect(before.filter(\.isBar).allSatisfy { $0.time <= from })
        #expect(after.filter(\.isBar).allSatisfy { $0.time > from })
        #expect(!before.isEmpty && !after.isEmpty)
        #expect(try drained(feed.warmUp(count: 3)).filter(\.isBar).count <= 18)
    }

    @Test func `time that goes backwards within a series is an error`() throws {
        let bars = [60, 120, 90, 180].map { RandomSeries.bar(end: $0) }
        var feed = ReplayFeed([(InstrumentID(0), [bars[0]]), (InstrumentID(1), bars)], days: .utc)
        for _ in 0..<4 { _ = try feed.next() }
        #expect(feed.nextTime == nil)
        let expected = FeedError.timeWentBackwards(InstrumentID(1), index: 2, from: bars[1].end, to: bars[2].end)
        #expect(throws: expected) { _ = try feed.next() }
        #expect(throws: expected) { _ = try feed.next() }
        #expect(expected.description.contains("bar 2 of instrument 1 ends at 1970-01-01T00:01:30Z"))
    }

    @Test(arguments: [0, 1, 4]) func `it keeps the laws of feeds`(count: Int) throws {
        let series = RandomSeries.make(count: count, bars: 60, seed: 5)
        try FeedLaws.check(ReplayFeed(series, days: .newYork), events: .max)
        try FeedLaws.check(ReplayFeed(series, days: .utc, from: Timestamp(seconds: 1_700_100_000)), events: .max)
    }

    @Test func `it counts what it has delivered`() throws {
        var feed = ReplayFeed(RandomSeries.make(count: 4, bars: 100, seed: 5), days: .newYork)
        #expect(feed.barsDelivered == 0 && feed.barCount > 0)
        while try feed.next() != nil {}
        #expect(feed.barsDelivered == feed.barCount)
    }
}

extension MarketEvent {
    var isBar: Bool { closeOfBar != nil }

    var closeOfBar: Price? {
        guard case .bar(_, let bar) = self else { return nil }
        return bar.close
    }
}
