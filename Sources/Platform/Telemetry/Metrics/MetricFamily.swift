import Synchronization

/// A metric with labels: one handle for each set of label values.
public final class MetricFamily<Handle: MetricHandle>: Sendable {
    let description: MetricDescription
    private let handles = Mutex<[[String]: Handle]>([:])
    private let make: @Sendable () -> Handle
    private let samples: @Sendable (Handle) -> [MetricSample]
    private let dropped: Counter

    /// The number of label sets that are kept of one metric.
    public static var limit: Int { 1000 }

    init(
        _ description: MetricDescription, dropped: Counter, make: @escaping @Sendable () -> Handle,
        samples: @escaping @Sendable (Handle) -> [MetricSample]
    ) {
        self.description = description
        self.dropped = dropped
        self.make = make
        self.samples = samples
    }

    /// The handle for these label values, in the order in which the names were registered.
    ///
    /// Always answers. Beyond 1,000 sets, or where the number of values is wrong, the handle works but is not shown, and
    /// `bellwether_metrics_dropped_total` counts it. Keep the handle: finding it takes a lock.
    public subscript(values: String...) -> Handle { handle(values) }

    func handle(_ values: [String]) -> Handle {
        let kept = handles.withLock { handles -> Handle? in
            if let known = handles[values] { return known }
            guard values.count == description.labels.count, handles.count < Self.limit else { return nil }
            let fresh = make()
            handles[values] = fresh
            return fresh
        }
        if let kept { return kept }
        dropped.increment()
        return make()
    }
}

extension MetricFamily: MetricSource {
    func sampled() -> [(values: [String], samples: [MetricSample])] {
        let known = handles.withLock { $0 }
        return known.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, samples($0.value)) }
    }
}
