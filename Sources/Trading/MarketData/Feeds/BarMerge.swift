import Determinism
import TradingModel

/// Many series of bars as one, by end, then by the order of the series.
///
/// A loser tree over the ends of the series' next bars: one bar costs about log2(series) comparisons, and no memory is
/// taken after construction.
struct BarMerge<Source: BarSource>: Sendable {
    struct Series: Sendable {
        let id: InstrumentID
        let bars: Source
        let range: Range<Int>
    }

    let series: [Series]
    /// The place of each series' next bar.
    private(set) var positions: [Int]
    /// The end of each series' next bar; past all time where there is none.
    private var ends: [Int64]
    /// The loser of each inner node, and in slot 0 the winner of all.
    private var tree: [Int]
    /// A bar that ends before the one ahead of it; nothing is delivered from then on.
    private(set) var fault: FeedError?

    init(_ series: [Series], positions: [Int]) {
        self.series = series
        self.positions = positions
        ends = zip(series, positions).map { series, position in
            position < series.range.upperBound ? series.bars.end(at: position).nanoseconds : .max
        }
        tree = Array(repeating: 0, count: max(series.count, 1))
        if !series.isEmpty { tree[0] = fillTree(node: 1) }
        for index in series.indices where fault == nil { fault = backwardStep(of: index) }
    }

    /// The end of the next bar; nil where all are delivered.
    var nextEnd: Timestamp? {
        guard !ends.isEmpty, ends[tree[0]] != .max else { return nil }
        return Timestamp(nanoseconds: ends[tree[0]])
    }

    /// The next bar; call only where `nextEnd` is not nil and there is no fault.
    mutating func pop() -> (InstrumentID, Bar) {
        let winner = tree[0]
        let position = positions[winner]
        let bar = series[winner].bars[position]
        let id = series[winner].id
        positions[winner] = position + 1
        advance(winner, from: bar.end.nanoseconds)
        return (id, bar)
    }

    private mutating func advance(_ index: Int, from previous: Int64) {
        let position = positions[index]
        guard position < series[index].range.upperBound else { return replace(index, with: .max) }
        let end = series[index].bars.end(at: position).nanoseconds
        if end < previous { fault = backwardStep(of: index) }
        replace(index, with: end)
    }

    /// Puts a series' new end into the tree and plays its matches up to the root.
    private mutating func replace(_ index: Int, with end: Int64) {
        ends[index] = end
        var candidate = index
        var best = end
        var node = (index + ends.count) >> 1
        while node > 0 {
            let loser = tree[node]
            let other = ends[loser]
            if other < best || (other == best && loser < candidate) {
                tree[node] = candidate
                candidate = loser
                best = other
            }
            node >>= 1
        }
        tree[0] = candidate
    }

    /// Plays all matches below a node, keeps their losers and returns the winner; leaves are nodes from `count` on.
    private mutating func fillTree(node: Int) -> Int {
        guard node < series.count else { return node - series.count }
        let (left, right) = (fillTree(node: 2 * node), fillTree(node: 2 * node + 1))
        let leftWins = ends[left] < ends[right] || (ends[left] == ends[right] && left < right)
        tree[node] = leftWins ? right : left
        return leftWins ? left : right
    }

    private func backwardStep(of index: Int) -> FeedError? {
        let (bars, position) = (series[index].bars, positions[index])
        guard position > series[index].range.lowerBound, position < series[index].range.upperBound else { return nil }
        let (from, to) = (bars.end(at: position - 1), bars.end(at: position))
        return to < from ? .timeWentBackwards(series[index].id, index: position, from: from, to: to) : nil
    }
}
