public import Determinism
public import TradingModel

/// Where market events come from, one at a time and in order of time.
///
/// A feed is pulled and never waits: whoever pulls it sets the pace, as fast as it can in a backtest, by the clock when
/// the market is replayed or simulated live.
public protocol Feed {
    /// True where the market was made up and nobody traded at these prices.
    var isSimulated: Bool { get }

    /// The time of the event that `next()` returns; nil at the end, and where `next()` is going to throw.
    var nextTime: Timestamp? { get }

    /// The next event, nil at the end. Times never decrease.
    mutating func next() throws(FeedError) -> MarketEvent?
}

/// A feed that can go on where another copy of it, over the same data, had stopped.
public protocol ResumableFeed: Feed {
    /// A place between two events.
    associatedtype Cursor: Codable & Hashable & Sendable

    /// The place after the last event delivered.
    var cursor: Cursor { get }

    /// Goes to a place that a feed over the same data was at; the events from there on are the same.
    mutating func resume(at cursor: Cursor) throws(FeedError)
}
