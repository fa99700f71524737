import Determinism
import MarketData
import TradingModel

/// Series of bars with random ends, many of them shared, for laws about feeds.
enum RandomSeries {
    typealias Series = [(id: InstrumentID, bars: [Bar])]

    static func make(count: Int, bars: Int, seed: UInt64) -> Series {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { index in
            (InstrumentID(index), ascending(count: Int(random.next() % UInt64(bars + 1)), &random))
        }
    }

    static func bar(end: Int64, close: Int64 = 100) -> Bar {
        let price = Price(integerLiteral: close)
        return Bar(
            start: Timestamp(nanoseconds: (end - 60) * 1_000_000_000),
            end: Timestamp(nanoseconds: end * 1_000_000_000), open: price, high: price, low: price, close: price,
            volume: 1)
    }

    private static func ascending(count: Int, _ random: inout SeededRandom) -> [Bar] {
        var time: Int64 = 1_700_000_000
        return (0..<count).map { place in
            time += Int64(random.next() % 400) * 60
            return bar(end: time, close: Int64(place) + 1)
        }
    }
}

/// All events of a feed.
func drained(_ feed: some Feed) throws -> [MarketEvent] {
    var feed = feed
    var events: [MarketEvent] = []
    while let event = try feed.next() { events.append(event) }
    return events
}
