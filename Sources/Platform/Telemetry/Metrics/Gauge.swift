import Synchronization

/// A number that goes up and down.
public final class Gauge: MetricHandle {
    private let current = Mutex(0.0)

    init() {}

    /// The number now.
    public var value: Double { current.withLock { $0 } }

    /// Sets the number.
    public func set(_ value: Double) {
        current.withLock { $0 = value }
    }

    /// Adds to the number; a negative amount takes away.
    public func add(_ amount: Double) {
        current.withLock { $0 += amount }
    }

    func samples() -> [MetricSample] { [MetricSample(value: value)] }
}
