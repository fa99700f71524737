public import TradingModel

extension ReplayFeed {
    /// The last bars of an instrument before the replay starts, oldest first; fewer where there are no more.
    ///
    /// Of several series of one instrument the first counts. Empty where the replay has no `from`.
    public func history(of id: InstrumentID, count: Int) -> [Bar] {
        guard let series = merge.series.first(where: { $0.id == id }) else { return [] }
        return series.before(count).map { series.bars[$0] }
    }

    /// A replay of the last bars of every series before this one starts: for indicators that need to warm up.
    public func warmUp(count: Int) -> ReplayFeed {
        let earlier = merge.series.map { series in
            BarMerge<Source>.Series(id: series.id, bars: series.bars, range: series.before(count))
        }
        return ReplayFeed(earlier, days: days, start: nil, isSimulated: isSimulated)
    }
}

extension BarMerge.Series {
    /// The places of the last `count` bars before the range.
    fileprivate func before(_ count: Int) -> Range<Int> {
        max(0, range.lowerBound - max(0, count))..<range.lowerBound
    }
}
