public import Determinism
public import TradingModel

/// Recorded bars of many instruments in order of time, with the starts and ends of trading days.
///
/// Bars come by end, then by instrument id, then in the order in which series of one instrument were given. A day starts
/// before its first bar and ends before the first bar of another day, or after the last bar; days without bars are left
/// out. The order depends on the bars alone. Bars of one series may share an end but not go back in time: the bar that
/// does is never delivered: `next()` throws from the moment the bar ahead of it was.
public struct ReplayFeed<Source: BarSource>: ResumableFeed, Sendable {
    /// True where the recorded market was made up.
    public let isSimulated: Bool
    /// How trading days are cut.
    public let days: TradingDayRule
    let start: Timestamp?
    var merge: BarMerge<Source>
    var boundaries: DayBoundaries

    /// A replay of the bars that ended after `from` and not after `to`; a bound that is nil excludes nothing.
    ///
    /// Each series must be in order of time; bisection finds the bounds.
    public init(
        _ series: [(id: InstrumentID, bars: Source)], days: TradingDayRule, from: Timestamp? = nil,
        to: Timestamp? = nil, isSimulated: Bool = false
    ) {
        let ordered = series.enumerated().sorted { ($0.element.id, $0.offset) < ($1.element.id, $1.offset) }
        let bounded = ordered.map { BarMerge.bounded($0.element.id, $0.element.bars, after: from, through: to) }
        self.init(bounded, days: days, start: from, isSimulated: isSimulated)
    }

    init(_ series: [BarMerge<Source>.Series], days: TradingDayRule, start: Timestamp?, isSimulated: Bool) {
        self.isSimulated = isSimulated
        self.days = days
        self.start = start
        merge = BarMerge(series, positions: series.map(\.range.lowerBound))
        boundaries = DayBoundaries(days)
    }

    public var nextTime: Timestamp? {
        guard merge.fault == nil else { return nil }
        guard let end = merge.nextEnd else { return boundaries.closingTime }
        return boundaries.covers(end) ? end : boundaries.boundaryTime(before: end)
    }

    public mutating func next() throws(FeedError) -> MarketEvent? {
        if let fault = merge.fault { throw fault }
        guard let end = merge.nextEnd else { return boundaries.close() }
        guard boundaries.covers(end) else { return boundaries.boundary(before: end) }
        let (id, bar) = merge.pop()
        return .bar(id, bar)
    }

    /// How many bars the replay has in all.
    public var barCount: Int {
        merge.series.reduce(0) { $0 + $1.range.count }
    }

    /// How many bars have been delivered.
    public var barsDelivered: Int {
        zip(merge.series, merge.positions).reduce(0) { $0 + $1.1 - $1.0.range.lowerBound }
    }
}

extension BarMerge {
    static func bounded(
        _ id: InstrumentID, _ bars: Source, after from: Timestamp?, through to: Timestamp?
    ) -> Series {
        let first = from.map(bars.firstIndex(endingAfter:)) ?? 0
        let end = to.map(bars.firstIndex(endingAfter:)) ?? bars.count
        return Series(id: id, bars: bars, range: first..<max(first, end))
    }
}
