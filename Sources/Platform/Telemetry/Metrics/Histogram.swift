import Synchronization

/// Counts observations by size, so that a scraper can tell how they are spread.
public final class Histogram: MetricHandle {
    private let counts: Mutex<HistogramCounts>

    init(bounds: [Double]) {
        counts = Mutex(HistogramCounts(bounds: bounds))
    }

    /// Counts an observation, in the unit of the buckets; one that is no number is not counted.
    public func observe(_ value: Double) {
        counts.withLock { $0.observe(value) }
    }

    /// Counts a length of time in seconds.
    public func observe(_ duration: Duration) {
        observe(duration / .seconds(1))
    }

    /// How many observations were counted.
    public var count: UInt64 { counts.withLock { $0.count } }

    /// The sum of all observations.
    public var sum: Double { counts.withLock { $0.sum } }

    func samples() -> [MetricSample] {
        let counts = counts.withLock { $0 }
        let buckets = counts.cumulative.map { bound, count in
            MetricSample(suffix: "_bucket", bound: bound, value: Double(count))
        }
        return buckets + [
            MetricSample(suffix: "_sum", value: counts.sum),
            MetricSample(suffix: "_count", value: Double(counts.count)),
        ]
    }
}

/// The buckets of a histogram.
struct HistogramCounts {
    private let bounds: [Double]
    private var counts: [UInt64]
    private(set) var sum = 0.0

    /// Bounds are ascending; a last bucket for everything larger is added.
    init(bounds: [Double]) {
        self.bounds = bounds
        counts = [UInt64](repeating: 0, count: bounds.count + 1)
    }

    var count: UInt64 { counts.reduce(0, +) }

    mutating func observe(_ value: Double) {
        guard !value.isNaN else { return }
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// For each bound, how many observations were at most that large; the last bound is infinity.
    var cumulative: [(bound: Double, count: UInt64)] {
        var total: UInt64 = 0
        return zip(bounds + [.infinity], counts).map { bound, count in
            total += count
            return (bound, total)
        }
    }
}
