public import Determinism
public import TradingModel

/// Builds longer bars of one instrument from its shorter bars or from trades.
///
/// A bar spans its whole stretch of the session whenever its first and last trade came. It is finished by data that
/// reaches its end, by data beyond its end, by `advance(to:)`, or unfinished by `flush()`. Stretches without data have no
/// bar. Data outside sessions is left out and counted.
public struct BarAggregator: Sendable {
    private let buckets: BarBuckets
    private var bucket: Range<Timestamp>?
    private var building: Bar?
    private var latest = Timestamp(nanoseconds: .min)
    /// How many bars and trades came while the exchange was closed.
    public private(set) var outsideSessions = 0

    /// A builder of bars of a length: up to a day, or of one week.
    public init(length: BarLength, calendar: ExchangeCalendar) throws(FeedError) {
        buckets = try BarBuckets(length, calendar)
    }

    /// The bar in the making; its end is the time of the last data in it. Nil where there is none.
    public var unfinished: Bar? { building }

    /// Takes in a shorter bar and appends what it finishes: the bar before, its own, both or none.
    public mutating func add(_ bar: Bar, to finished: inout [Bar]) throws(FeedError) {
        guard bar.end > latest else { throw .outOfOrder(bar.end, after: latest) }
        latest = bar.end
        // A bar that ends with its stretch belongs to it, hence the moment before the end.
        let last = Timestamp(nanoseconds: bar.end.nanoseconds - 1)
        guard let bucket = openBucket(for: last, &finished) else { return }
        guard bar.end <= bucket.upperBound, bar.start >= bucket.lowerBound || buckets.length.isDaily else {
            throw .barCrossesBorder(start: bar.start, end: bar.end, length: buckets.length)
        }
        merge(bar, from: bucket.lowerBound)
        if bar.end == bucket.upperBound { finish(&finished) }
    }

    /// Takes in a trade and appends the bar that it shows to be over.
    ///
    /// A trade at the very end of a stretch belongs to the next one; one at the close of the session to none.
    public mutating func add(_ trade: TradeTick, to finished: inout [Bar]) throws(FeedError) {
        guard trade.time >= latest else { throw .outOfOrder(trade.time, after: latest) }
        latest = trade.time
        guard let bucket = openBucket(for: trade.time, &finished) else { return }
        let tick = Bar(
            start: trade.time, end: trade.time, open: trade.price, high: trade.price, low: trade.price,
            close: trade.price, volume: trade.quantity.double)
        merge(tick, from: bucket.lowerBound)
    }

    /// Says that all data up to and including `time` has come; returns the bar that is over by then.
    ///
    /// Bars that end by then and trades before it are out of order from now on.
    public mutating func advance(to time: Timestamp) -> Bar? {
        latest = max(latest, time)
        guard let bucket, bucket.upperBound <= time else { return nil }
        return take(end: bucket.upperBound)
    }

    /// Gives up the unfinished bar, which ends at the last data in it; nil where there is none.
    public mutating func flush() -> Bar? {
        take(end: nil)
    }

    /// The stretch of a moment, after the bar of an earlier one is finished; nil outside sessions.
    private mutating func openBucket(for moment: Timestamp, _ finished: inout [Bar]) -> Range<Timestamp>? {
        if let bucket, bucket.contains(moment) { return bucket }
        finish(&finished)
        bucket = buckets.bucket(containing: moment)
        if bucket == nil { outsideSessions += 1 }
        return bucket
    }

    private mutating func merge(_ bar: Bar, from start: Timestamp) {
        guard let old = building else {
            building = Bar(
                start: start, end: bar.end, open: bar.open, high: bar.high, low: bar.low, close: bar.close,
                volume: bar.volume)
            return
        }
        building = Bar(
            start: old.start, end: bar.end, open: old.open, high: max(old.high, bar.high), low: min(old.low, bar.low),
            close: bar.close, volume: old.volume + bar.volume)
    }

    private mutating func finish(_ finished: inout [Bar]) {
        if let bar = take(end: bucket?.upperBound) { finished.append(bar) }
    }

    private mutating func take(end: Timestamp?) -> Bar? {
        defer { (building, bucket) = (nil, nil) }
        return building.map {
            Bar(
                start: $0.start, end: end ?? $0.end, open: $0.open, high: $0.high, low: $0.low, close: $0.close,
                volume: $0.volume)
        }
    }
}
