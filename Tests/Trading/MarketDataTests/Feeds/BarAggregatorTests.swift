import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct BarAggregatorTests {
    /// The minutes of the sessions from 2024-03-28, a Thursday before Good Friday, to 2024-04-02.
    private let minutes = minutesOfSessions(from: "2024-03-28", to: "2024-04-02")

    @Test(arguments: [(BarLength.minutes(5), 78 * 3), (.minutes(30), 13 * 3), (.hour, 7 * 3), (.day, 3)])
    func `longer bars hold the shorter ones of each session`(length: BarLength, count: Int) throws {
        let built = try aggregated(minutes, length)
        #expect(built.count == count)
        #expect(built.allSatisfy { $0.fault == nil })
        for bar in built {
            let parts = minutes.filter { $0.start >= bar.start && $0.end <= bar.end }
            #expect(bar.open == parts.first?.open && bar.close == parts.last?.close)
            #expect(bar.high == parts.map(\.high).max() && bar.low == parts.map(\.low).min())
            #expect(bar.volume == parts.map(\.volume).reduce(0, +))
        }
    }

    @Test func `the last hour of a session is cut off at its close`() throws {
        let hours = try aggregated(minutes, .hour)
        #expect(hours[6].start == Timestamp("2024-03-28T19:30:00Z"))
        #expect(hours[6].end == Timestamp("2024-03-28T20:00:00Z"))
    }

    @Test func `a day is its session and a week reaches from Monday's open to the last close`() throws {
        let days = try aggregated(minutes, .day)
        #expect(days.map(\.start) == ["2024-03-28", "2024-04-01", "2024-04-02"].map { Timestamp("\($0)T13:30:00Z") })
        let weeks = try aggregated(days, BarLength(seconds: 604_800), flush: true)
        #expect(weeks.map(\.end) == ["2024-03-28T20:00:00Z", "2024-04-02T20:00:00Z"].map { Timestamp($0) })
        #expect(weeks.map(\.start) == ["2024-03-25T13:30:00Z", "2024-04-01T13:30:00Z"].map { Timestamp($0) })
    }

    @Test func `building in two steps gives the same bars as building in one`() throws {
        let direct = try aggregated(minutes, .hour)
        #expect(try aggregated(aggregated(minutes, .minutes(15)), .hour) == direct)
    }

    @Test func `a missing last minute is made up for by the next bar`() throws {
        var aggregator = try BarAggregator(length: .minutes(5), calendar: .newYorkStockExchange)
        var finished: [Bar] = []
        for bar in minutes.prefix(4) { try aggregator.add(bar, to: &finished) }
        #expect(finished.isEmpty)
        #expect(aggregator.unfinished?.end == minutes[3].end)
        try aggregator.add(minutes[9], to: &finished)
        #expect(finished.map(\.end) == [minutes[4].end, minutes[9].end])
    }

    @Test func `time alone finishes a bar and a flush gives up an unfinished one`() throws {
        var aggregator = try BarAggregator(length: .minutes(5), calendar: .newYorkStockExchange)
        var finished: [Bar] = []
        try aggregator.add(minutes[0], to: &finished)
        #expect(aggregator.advance(to: minutes[3].end) == nil)
        #expect(aggregator.advance(to: minutes[4].end)?.end == minutes[4].end)
        #expect(throws: FeedError.self) { try aggregator.add(minutes[3], to: &finished) }
        try aggregator.add(minutes[5], to: &finished)
        #expect(aggregator.flush()?.end == minutes[5].end)
        #expect(aggregator.flush() == nil)
    }

    @Test func `trades become bars from their first to their last price`() throws {
        var aggregator = try BarAggregator(length: .minutes(1), calendar: .alwaysOpen)
        var finished: [Bar] = []
        for (second, price) in [(3, 10), (20, 14), (59, 8), (60, 9), (200, 11)] {
            try aggregator.add(trade(at: Int64(second), price: Int64(price)), to: &finished)
        }
        #expect(finished.map(\.start) == [0, 60].map { Timestamp(seconds: $0) })
        #expect(finished.first.map { [$0.open, $0.high, $0.low, $0.close] } == [10, 14, 8, 8])
        #expect(finished.first?.volume == 6)
        #expect(throws: FeedError.self) { try aggregator.add(trade(at: 100, price: 1), to: &finished) }
    }

    @Test func `data outside sessions is left out and counted`() throws {
        var aggregator = try BarAggregator(length: .hour, calendar: .newYorkStockExchange)
        var finished: [Bar] = []
        try aggregator.add(RandomSeries.bar(end: 1_711_602_000), to: &finished)
        #expect(aggregator.outsideSessions == 1)
        #expect(aggregator.unfinished == nil)
    }

    @Test func `bars that do not fit are refused`() throws {
        #expect(throws: FeedError.self) {
            _ = try BarAggregator(length: BarLength(seconds: 2 * 86_400), calendar: .alwaysOpen)
        }
        var aggregator = try BarAggregator(length: .minutes(1), calendar: .alwaysOpen)
        var finished: [Bar] = []
        #expect(throws: FeedError.self) { try aggregator.add(RandomSeries.bar(end: 90), to: &finished) }
    }

    private func aggregated(_ bars: [Bar], _ length: BarLength, flush: Bool = false) throws -> [Bar] {
        var aggregator = try BarAggregator(length: length, calendar: .newYorkStockExchange)
        var finished: [Bar] = []
        for bar in bars { try aggregator.add(bar, to: &finished) }
        let rest = aggregator.flush()
        #expect((rest != nil) == flush)
        return finished + [rest].compactMap { flush ? $0 : nil }
    }

    private func trade(at second: Int64, price: Int64) -> TradeTick {
        TradeTick(
            time: Timestamp(nanoseconds: second * 1_000_000_000), price: Price(integerLiteral: price), quantity: 2,
            aggressor: nil)
    }
}

private func minutesOfSessions(from first: String, to last: String) -> [Bar] {
    guard let first = CivilDate(first), let last = CivilDate(last) else { return [] }
    var random = SeededRandom(seed: 1)
    return ExchangeCalendar.newYorkStockExchange.sessions(from: first, to: last).flatMap { session in
        (1...390).map { minute in
            let prices = (0..<4).map { _ in Price(integerLiteral: 90 + Int64(random.next() % 20)) }
            let end = session.open + .seconds(minute * 60)
            return Bar(
                start: end - .seconds(60), end: end, open: prices[0], high: prices.max() ?? 0,
                low: prices.min() ?? 0, close: prices[3], volume: Double(random.next() % 1000))
        }
    }
}
