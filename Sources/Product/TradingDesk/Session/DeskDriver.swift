public import Determinism
public import MarketData
public import RiskControl
public import TradingModel

/// A session driven by a feed that can be gone back to: one moment a call.
public struct DeskDriver<Source: ResumableFeed> {
    /// The session.
    public private(set) var session: DeskSession
    private var slices: Slices<Source>
    private var news: NewsReel
    private var slice: [MarketEvent] = []
    private var rest: ArraySlice<MarketEvent> = []

    /// A driver at the beginning of its feed, or where `checkpoint` was taken.
    public init(
        session: DeskSession, feed: Source, headlines: [Headline], checkpoint: DeskCheckpoint<Source.Cursor>? = nil
    ) throws {
        self.session = session
        var feed = feed
        if let checkpoint { try feed.resume(at: checkpoint.cursor) }
        slices = Slices(feed)
        news = NewsReel(headlines, after: checkpoint?.time)
    }

    /// When the next moment is; nil at the end.
    public var nextTime: Timestamp? {
        rest.first?.time ?? slices.feed.nextTime
    }

    /// Handles the next moment; nil at the end of the feed.
    ///
    /// `controls` are obeyed first and become part of the record.
    public mutating func next(controls: [ControlCommand] = []) throws -> [DeskEvent]? {
        if rest.isEmpty {
            guard try slices.next(into: &slice) != nil else { return nil }
            rest = slice[...]
        }
        guard let time = rest.first?.time else { return nil }
        let events = Array(rest.prefix(upTo: endOfMoment()))
        rest = rest.dropFirst(events.count)
        let moment = DeskMoment(time: time, events: events, headlines: news.take(until: time), controls: controls)
        return try session.handle(moment)
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
        return DeskCheckpoint(state: session.state, cursor: slices.feed.cursor, time: news.time)
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

/// A place in a run to go on from.
public struct DeskCheckpoint<Cursor: Codable & Sendable>: Codable, Sendable {
    /// The session's state.
    public let state: DeskState
    /// The feed's place.
    public let cursor: Cursor
    /// The time of the last moment handled.
    public let time: Timestamp?
}

/// Headlines in order of time, each delivered once, at the first moment not before its publication.
struct NewsReel {
    private let headlines: [Headline]
    private var next: Int
    private(set) var time: Timestamp?

    init(_ headlines: [Headline], after time: Timestamp?) {
        let ordered = headlines.enumerated().sorted {
            ($0.element.published, $0.offset) < ($1.element.published, $1.offset)
        }
        self.headlines = ordered.map(\.element)
        self.time = time
        next = self.headlines.firstIndex { headline in time.map { headline.published > $0 } ?? true }
            ?? self.headlines.count
    }

    mutating func take(until moment: Timestamp) -> [Headline] {
        let first = next
        while next < headlines.count, headlines[next].published <= moment { next += 1 }
        time = moment
        return Array(headlines[first..<next])
    }
}
