import Synchronization

/// A number that only grows; copies of the reference count together.
public final class Counter: MetricHandle {
    private let total = Mutex(0.0)

    init() {}

    /// The count so far.
    public var value: Double { total.withLock { $0 } }

    /// Counts one, or the amount given; amounts that are negative or not finite are not counted.
    public func increment(by amount: Double = 1) {
        guard amount >= 0, amount.isFinite else { return }
        total.withLock { $0 += amount }
    }

    func samples() -> [MetricSample] { [MetricSample(value: value)] }
}
