/// Something that is counted or measured, resolved once and then cheap to use from any thread.
public protocol MetricHandle: AnyObject, Sendable {}

/// One number of the exposition, before it has its name.
struct MetricSample {
    var suffix = ""
    /// The upper bound of a histogram's bucket; nil for other numbers.
    var bound: Double?
    var value: Double
}

/// A metric with all its label sets, as the exposition sees it.
protocol MetricSource: Sendable {
    var description: MetricDescription { get }

    /// The numbers of each label set, in the order of their values.
    func sampled() -> [(values: [String], samples: [MetricSample])]
}

/// What a metric is called and means.
struct MetricDescription: Sendable, Hashable {
    let name: String
    let help: String
    let kind: MetricKind
    var labels: [String] = []
    /// The bounds of a histogram's buckets.
    var bounds: [Double] = []

    /// Every name that its lines begin with.
    var names: [String] {
        kind == .histogram ? [name, "\(name)_bucket", "\(name)_sum", "\(name)_count"] : [name]
    }
}

/// A number that is asked for when somebody reads the metrics.
struct ObservedMetric: MetricSource {
    let description: MetricDescription
    let read: @Sendable () -> Double?

    func sampled() -> [(values: [String], samples: [MetricSample])] {
        read().map { [([], [MetricSample(value: $0)])] } ?? []
    }
}

/// Numbers with labels that are asked for when somebody reads the metrics.
struct ObservedFamily: MetricSource {
    let description: MetricDescription
    let read: @Sendable () -> [[String]: Double]

    func sampled() -> [(values: [String], samples: [MetricSample])] {
        let known = read().filter { $0.key.count == description.labels.count }
        let ordered = known.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        return ordered.prefix(1000).map { ($0.key, [MetricSample(value: $0.value)]) }
    }
}
