import Foundation
import MarketData
import Testing
import TradingModel

/// What every feed keeps; each implementation is put through it.
enum FeedLaws {
    /// Times never decrease, `nextTime` announces each, days enclose the bars, and a copy of `fresh` that goes on at any
    /// saved place delivers the same events.
    static func check<F: ResumableFeed>(_ fresh: F, events count: Int) throws {
        var feed = fresh
        var cursors: [F.Cursor] = []
        var events: [MarketEvent] = []
        while events.count < count {
            cursors.append(feed.cursor)
            let announced = feed.nextTime
            guard let event = try feed.next() else { break }
            #expect(event.time == announced)
            events.append(event)
        }
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.time <= $1.time })
        #expect(daysEnclose(events))
        for (place, cursor) in cursors.enumerated() {
            try checkRestoring(fresh, cursor, Array(events[place...].prefix(20)))
        }
    }

    private static func checkRestoring<F: ResumableFeed>(
        _ fresh: F, _ cursor: F.Cursor, _ expected: [MarketEvent]
    ) throws {
        var restored = fresh
        let saved = try JSONEncoder().encode(cursor)
        try restored.resume(at: JSONDecoder().decode(F.Cursor.self, from: saved))
        #expect(restored.cursor == cursor)
        let continued = try expected.compactMap { _ in try restored.next() }
        #expect(continued == expected)
    }

    private static func daysEnclose(_ events: [MarketEvent]) -> Bool {
        var isOpen = false
        for event in events {
            switch event {
            case .dayStarted:
                guard !isOpen else { return false }
                isOpen = true
            case .dayEnded:
                guard isOpen else { return false }
                isOpen = false
            default:
                guard isOpen else { return false }
            }
        }
        return true
    }
}
