import Synchronization

/// Everything that is counted and measured in the process.
///
/// A metric is registered once, where names are checked, and its handle kept. Asking again for the same metric gives the
/// same handle; asking for its name with another meaning throws `.nameTaken`.
public final class MetricRegistry: Sendable {
    private struct State {
        var sources: [String: any MetricSource] = [:]
        /// Each name that a line may begin with, and the metric it belongs to.
        var owners: [String: String] = [:]
    }

    private let state = Mutex(State())
    private let dropped = Counter()

    /// A registry that holds only the count of label sets that were not kept.
    public init() {
        let description = MetricDescription(
            name: "bellwether_metrics_dropped_total",
            help: "Label sets asked for and not kept, because a metric had too many or the values did not fit.",
            kind: .counter)
        let dropped = dropped
        let source = ObservedMetric(description: description) { dropped.value }
        state.withLock { state in
            state.sources[description.name] = source
            state.owners[description.name] = description.name
        }
    }

    /// A counter without labels; its name ends in `_total`.
    public func counter(_ name: String, help: String) throws(TelemetryError) -> Counter {
        try counter(name, help: help, labels: [])[]
    }

    /// A counter with labels; its name ends in `_total`.
    public func counter(
        _ name: String, help: String, labels: [String]
    ) throws(TelemetryError) -> MetricFamily<Counter> {
        let description = MetricDescription(name: name, help: help, kind: .counter, labels: labels)
        return try family(description, make: { Counter() }, samples: { $0.samples() })
    }

    /// A gauge without labels.
    public func gauge(_ name: String, help: String) throws(TelemetryError) -> Gauge {
        try gauge(name, help: help, labels: [])[]
    }

    /// A gauge with labels.
    public func gauge(_ name: String, help: String, labels: [String]) throws(TelemetryError) -> MetricFamily<Gauge> {
        let description = MetricDescription(name: name, help: help, kind: .gauge, labels: labels)
        return try family(description, make: { Gauge() }, samples: { $0.samples() })
    }

    /// A histogram without labels.
    public func histogram(
        _ name: String, help: String, buckets: HistogramBuckets = .seconds
    ) throws(TelemetryError) -> Histogram {
        try histogram(name, help: help, labels: [], buckets: buckets)[]
    }

    /// A histogram with labels.
    public func histogram(
        _ name: String, help: String, labels: [String], buckets: HistogramBuckets = .seconds
    ) throws(TelemetryError) -> MetricFamily<Histogram> {
        let bounds = buckets.bounds
        let description = MetricDescription(name: name, help: help, kind: .histogram, labels: labels, bounds: bounds)
        return try family(description, make: { Histogram(bounds: bounds) }, samples: { $0.samples() })
    }

    /// A number that is asked for whenever the metrics are read; nil leaves it out that time.
    ///
    /// `read` is called by whoever reads the metrics, outside any lock. A name has one reader.
    public func observe(
        _ name: String, help: String, as kind: MetricKind = .gauge, read: @escaping @Sendable () -> Double?
    ) throws(TelemetryError) {
        guard kind != .histogram else {
            throw TelemetryError(.badName, "\(name) is one number, and a histogram is many: register it as a gauge.")
        }
        let observed = ObservedMetric(description: MetricDescription(name: name, help: help, kind: kind), read: read)
        if let known = try claim(observed) { throw MetricRegistry.taken(observed.description, by: known) }
    }

    /// Numbers with labels that are asked for whenever the metrics are read; those with other than one value for each
    /// label are left out, and so are those beyond 1,000.
    ///
    /// `read` is called by whoever reads the metrics, outside any lock. A name has one reader.
    public func observe(
        _ name: String, help: String, labels: [String], read: @escaping @Sendable () -> [[String]: Double]
    ) throws(TelemetryError) {
        let description = MetricDescription(name: name, help: help, kind: .gauge, labels: labels)
        if let known = try claim(ObservedFamily(description: description, read: read)) {
            throw MetricRegistry.taken(description, by: known)
        }
    }

    /// What every metric is, by its name, also of those that have no numbers yet.
    public var kinds: [String: MetricKind] {
        state.withLock { $0.sources.mapValues { $0.description.kind } }
    }

    /// Everything in the text format of Prometheus, version 0.0.4, in the order of the names.
    public func text() -> String {
        let sources = state.withLock { Array($0.sources.values) }
        return MetricText.exposition(sources.sorted { $0.description.name < $1.description.name })
    }

    private func family<Handle: MetricHandle>(
        _ description: MetricDescription, make: @escaping @Sendable () -> Handle,
        samples: @escaping @Sendable (Handle) -> [MetricSample]
    ) throws(TelemetryError) -> MetricFamily<Handle> {
        let fresh = MetricFamily<Handle>(description, dropped: dropped, make: make, samples: samples)
        guard let known = try claim(fresh) else { return fresh }
        guard known.description == description, let family = known as? MetricFamily<Handle> else {
            throw MetricRegistry.taken(description, by: known)
        }
        return family
    }

    /// Keeps a new metric, or returns the one that has one of its names already.
    private func claim(_ fresh: some MetricSource) throws(TelemetryError) -> (any MetricSource)? {
        let wanted = fresh.description
        try MetricName.check(wanted.name, kind: wanted.kind)
        try MetricName.check(labels: wanted.labels, of: wanted.name, kind: wanted.kind)
        return state.withLock { state in
            if let owner = wanted.names.compactMap({ state.owners[$0] }).first { return state.sources[owner] }
            state.sources[wanted.name] = fresh
            for name in wanted.names { state.owners[name] = wanted.name }
            return nil
        }
    }

    private static func taken(_ wanted: MetricDescription, by known: any MetricSource) -> TelemetryError {
        let owner = known.description
        return TelemetryError(
            .nameTaken,
            "The metric \(wanted.name) is taken by the \(owner.kind.rawValue) \(owner.name) with the labels "
                + "\(owner.labels). Register it with the same kind, help, labels and buckets, or choose another name.")
    }
}
