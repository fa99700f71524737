public import Determinism
public import TradingModel

/// A whole series can be replayed; a slice of one, whose places do not begin at 0, is copied first
/// (`BarSeries(slice.columns)`).
extension BarSeries: BarSource {
    @inlinable
    public func end(at index: Int) -> Timestamp {
        self[index].end
    }
}
