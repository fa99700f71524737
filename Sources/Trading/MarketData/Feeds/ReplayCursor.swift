import Determinism
import TradingModel

/// A place in a replay, to be saved and gone back to.
public struct ReplayCursor: Sendable, Hashable, Codable {
    /// The place of the next bar of each series, in the feed's order of series.
    let positions: [Int]
    /// The trading day that has started and not yet ended.
    let openDay: CivilDate?
    /// What the feed was over: instruments, bounds, first and last times.
    let data: UInt64
}

extension ReplayFeed {
    public var cursor: ReplayCursor {
        ReplayCursor(positions: merge.positions, openDay: boundaries.day, data: dataFingerprint)
    }

    public mutating func resume(at cursor: ReplayCursor) throws(FeedError) {
        guard cursor.data == dataFingerprint, cursor.positions.count == merge.series.count else {
            throw .cursorFromOtherData("other series, bounds or times")
        }
        for (series, position) in zip(merge.series, cursor.positions)
        where position < series.range.lowerBound || position > series.range.upperBound {
            throw .cursorFromOtherData("place \(position) of \(series.range.upperBound)")
        }
        merge = BarMerge(merge.series, positions: cursor.positions)
        boundaries = DayBoundaries(days, openDay: cursor.openDay)
    }

    private var dataFingerprint: UInt64 {
        var words: [Int64] = [days == .utc ? 0 : 1]
        for series in merge.series {
            words += [series.id.index, series.range.lowerBound, series.range.upperBound].map(Int64.init)
            guard !series.range.isEmpty else { continue }
            words.append(series.bars.end(at: series.range.lowerBound).nanoseconds)
            words.append(series.bars.end(at: series.range.upperBound - 1).nanoseconds)
        }
        return Fingerprint.of(
            words.lazy.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })
    }
}
