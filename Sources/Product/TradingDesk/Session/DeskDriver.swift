public import Determinism
public import MarketData
import RiskControl
public import TradingModel

/// A session driven by a feed that can be gone back to: one moment a call.
public struct DeskDriver<Source: ResumableFeed> {
    /// The session.
    public private(set) var session: DeskSession
    /// The headlines published after one moment, or ever where it is nil, and not after another, in order.
    public typealias News = @Sendable (_ after: Timestamp?, _ through: Timestamp) -> [Headline]

    /// What the market did at the last moment.
    public private(set) var lastEvents: [MarketEvent] = []

    private var slices: Slices<Source>
    private let news: News
    private var time: Timestamp?
    private var slice: [MarketEvent] = []
    private var rest: ArraySlice<MarketEvent> = []

    /// The headlines that became known at the last moment.
    public private(set) var lastHeadlines: [Headline] = []

    /// A driver at the beginning of its feed, or where `checkpoint` was taken.
    public init(
        session: DeskSession, feed: Source, news: @escaping News, checkpoint: DeskCheckpoint<Source.Cursor>? = nil
    ) throws {
        self.session = session
        var feed = feed
        if let checkpoint { try feed.resume(at: checkpoint.cursor) }
        slices = Slices(feed)
        self.news = news
        time = checkpoint?.time
    }

    /// When the next moment is, of the market or of the trading day's clock; nil at the end.
    public var nextTime: Timestamp? {
        let market = rest.first?.time ?? slices.feed.nextTime
        return dayMoment(before: market) ?? market
    }

    /// Handles the next moment; nil at the end of the feed.
    ///
    /// `controls` are obeyed first and become part of the record.
    public mutating func next(controls: [DeskControl] = []) throws -> [DeskEvent]? {
        if rest.isEmpty, slices.feed.nextTime == nil { session.endDays() }
        if let due = dayMoment(before: rest.first?.time ?? slices.feed.nextTime) {
            return try handle(due, [], controls)
        }
        if rest.isEmpty {
            guard try slices.next(into: &slice) != nil else { return nil }
            rest = slice[...]
        }
        guard let now = rest.first?.time else { return nil }
        let events = Array(rest.prefix(upTo: endOfMoment()))
        rest = rest.dropFirst(events.count)
        return try handle(now, events, controls)
    }

    /// Obeys what was asked at a moment of its own: after the last moment and before `nextTime`.
    public mutating func intervene(at time: Timestamp, controls: [DeskControl]) throws -> [DeskEvent] {
        try handle(time, [], controls)
    }

    /// The time of the last moment where another may follow before `nextTime`; nil before the first moment and inside
    /// one that was cut in two.
    public var lastTime: Timestamp? { rest.isEmpty ? time : nil }

    /// When the trading day does something before the market does; after the market's end only while it is under way.
    private func dayMoment(before market: Timestamp?) -> Timestamp? {
        guard let due = session.nextDayMoment else { return nil }
        guard let market else { return session.isDayOpen ? due : nil }
        return due < market ? due : nil
    }

    private mutating func handle(
        _ now: Timestamp, _ events: [MarketEvent], _ controls: [DeskControl]
    ) throws -> [DeskEvent] {
        let headlines = news(time, now)
        (time, lastEvents, lastHeadlines) = (now, events, headlines)
        return try session.handle(DeskMoment(time: now, events: events, headlines: headlines, controls: controls))
    }

    /// A record of a moment holds bars first, then what began or ended: a bar after that begins another moment.
    private func endOfMoment() -> Int {
        var sawBoundary = false
        for index in rest.indices {
            switch rest[index] {
            case .dayStarted, .dayEnded: sawBoundary = true
            case .bar, .quote, .trade: if sawBoundary { return index }
            }
        }
        return rest.endIndex
    }

    /// The place to go on from; nil inside a moment that was cut in two.
    public var checkpoint: DeskCheckpoint<Source.Cursor>? {
        guard rest.isEmpty else { return nil }
        return DeskCheckpoint(state: session.state, cursor: slices.feed.cursor, time: time)
    }

    /// Ends the run: records the summary and returns it.
    public mutating func finish() throws -> DeskSummary {
        try session.finish()
    }

    /// What the run has come to so far; nothing is recorded.
    public func summary() throws -> DeskSummary {
        try session.summary()
    }
}

extension DeskDriver: Sendable where Source: Sendable {}

/// A place in a run to go on from.
public struct DeskCheckpoint<Cursor: Codable & Sendable>: Codable, Sendable {
    /// The session's state.
    public let state: DeskState
    /// The feed's place.
    public let cursor: Cursor
    /// The time of the last moment handled.
    public let time: Timestamp?
}

/// Recorded headlines, to be asked for by time.
public struct NewsArchive: Sendable {
    private let headlines: [Headline]

    /// Headlines in any order; of two with one time the first given comes first.
    public init(_ headlines: [Headline]) {
        let ordered = headlines.enumerated().sorted {
            ($0.element.published, $0.offset) < ($1.element.published, $1.offset)
        }
        self.headlines = ordered.map(\.element)
    }

    /// The headlines published after one moment, or ever where it is nil, and not after another.
    public func headlines(after first: Timestamp?, through last: Timestamp) -> [Headline] {
        let start = first.map(place(after:)) ?? 0
        return Array(headlines[start..<max(start, place(after: last))])
    }

    private func place(after moment: Timestamp) -> Int {
        var (low, high) = (0, headlines.count)
        while low < high {
            let middle = (low + high) / 2
            if headlines[middle].published <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension NewsArchive {
    /// A line that differs for different headlines.
    public var fingerprint: String {
        let texts = headlines.map { "\($0.published) \($0.symbols) \($0.source) \($0.title)" }
        let digits = String(Fingerprint.of(texts.joined(separator: "\n")), radix: 16)
        return "\(headlines.count) headlines \(digits)"
    }
}
