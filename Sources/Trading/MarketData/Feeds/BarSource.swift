public import Determinism
public import TradingModel

/// Bars in order of time that can be read at any place: a file mapped into memory, or an array.
public protocol BarSource: Sendable {
    /// How many bars there are.
    var count: Int { get }

    /// The bar at a place, from 0.
    subscript(index: Int) -> Bar { get }

    /// When the bar at a place ended; a source with columns can answer without reading the bar.
    func end(at index: Int) -> Timestamp
}

extension BarSource {
    /// Reads the whole bar.
    @inlinable
    public func end(at index: Int) -> Timestamp {
        self[index].end
    }

    /// The place of the first bar that ended after a moment, `count` where none did; found by bisection.
    public func firstIndex(endingAfter moment: Timestamp) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if end(at: middle) <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Array: BarSource where Element == Bar {}
