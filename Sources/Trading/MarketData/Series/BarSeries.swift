public import Determinism
public import TradingModel

/// Bars of one instrument in order of time, for reading alone: in memory, or mapped from a file.
///
/// Elements are made on the fly from seven columns; a copy shares the memory.
public struct BarSeries: RandomAccessCollection, Sendable {
    /// The memory of the columns, shared by all copies and slices.
    public let memory: BarMemory
    @usableFromInline let bounds: Range<Int>

    /// All bars of a memory.
    @inlinable
    public init(_ memory: BarMemory) {
        self.memory = memory
        bounds = 0..<memory.count
    }

    @usableFromInline
    init(memory: BarMemory, bounds: Range<Int>) {
        self.memory = memory
        self.bounds = bounds
    }

    /// A copy of columns.
    public init(_ columns: BarColumns) {
        self.init(BarMemory(copying: columns))
    }

    /// A copy of bars, which must ascend by time.
    public init(_ bars: some Sequence<Bar>) {
        self.init(BarColumns(bars))
    }

    @inlinable public var startIndex: Int { bounds.lowerBound }
    @inlinable public var endIndex: Int { bounds.upperBound }

    /// The bar at an index, which must be in bounds.
    @inlinable
    public subscript(index: Int) -> Bar {
        precondition(index >= bounds.lowerBound && index < bounds.upperBound, "a bar outside the series")
        return memory.bar(index)
    }

    /// A part of the bars, with their indices.
    @inlinable
    public subscript(part: Range<Int>) -> BarSeries {
        precondition(part.lowerBound >= bounds.lowerBound && part.upperBound <= bounds.upperBound, "no such bars")
        return BarSeries(memory: memory, bounds: part)
    }

    /// The bars that became known at or after `from` and before `to`; nil means without limit. Found by bisection.
    public func ending(from: Timestamp?, to: Timestamp?) -> BarSeries {
        let lower = from.map { firstIndex(endingAtOrAfter: $0) } ?? startIndex
        let upper = to.map { firstIndex(endingAtOrAfter: $0) } ?? endIndex
        return self[lower..<Swift.max(lower, upper)]
    }

    /// The index of the first bar that ended at or after `moment`; `endIndex` where none did.
    public func firstIndex(endingAtOrAfter moment: Timestamp) -> Int {
        var low = bounds.lowerBound
        var high = bounds.upperBound
        while low < high {
            let middle = low + (high - low) / 2
            if memory.end(middle) < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The bars' columns, copied.
    public var columns: BarColumns {
        var columns = BarColumns()
        columns.reserve(count)
        for bar in self { columns.append(bar) }
        return columns
    }
}
