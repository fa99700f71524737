public import Determinism
public import TradingModel

/// The events of a feed in groups that share one time, in the feed's own order.
///
/// A pipeline that looks at all instruments runs once per slice. Nothing is read ahead, so that the feed's cursor after
/// a slice is the place where the next slice begins.
public struct Slices<Base: Feed> {
    /// The feed behind, after the last slice delivered.
    public private(set) var feed: Base

    /// The slices of a feed.
    public init(_ feed: Base) {
        self.feed = feed
    }

    /// Replaces `events` by those of the next slice and returns their time; nil at the end, with no events.
    ///
    /// The array's memory is used again: a loop over slices allocates nothing once the largest has passed. Where the
    /// feed fails, the events before the failure are a slice of their own and the next call throws.
    public mutating func next(into events: inout [MarketEvent]) throws(FeedError) -> Timestamp? {
        events.removeAll(keepingCapacity: true)
        guard let first = try feed.next() else { return nil }
        let time = first.time
        events.append(first)
        while feed.nextTime == time, let event = try feed.next() { events.append(event) }
        return time
    }
}

extension Slices: Sendable where Base: Sendable {}
