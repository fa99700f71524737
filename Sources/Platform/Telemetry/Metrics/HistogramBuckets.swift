/// The upper bounds of a histogram's buckets.
public struct HistogramBuckets: Sendable, Hashable {
    /// The bounds, ascending, without infinity.
    public let bounds: [Double]

    /// Bounds as given; throws `.badBuckets` unless there are some and they are finite and ascending.
    public init(_ bounds: [Double]) throws(TelemetryError) {
        guard !bounds.isEmpty, bounds.allSatisfy(\.isFinite), zip(bounds, bounds.dropFirst()).allSatisfy(<) else {
            throw TelemetryError(
                .badBuckets, "Histogram buckets \(bounds) must be finite and ascending, and at least one.")
        }
        self.bounds = bounds
    }

    private init(known bounds: [Double]) {
        self.bounds = bounds
    }

    /// From a millisecond to ten seconds, in seconds: for requests and tasks.
    public static let seconds = HistogramBuckets(
        known: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])

    /// From a microsecond to ten milliseconds, in seconds: for the trading path.
    public static let fine = HistogramBuckets(
        known: [0.000_001, 0.000_002_5, 0.000_005, 0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.001, 0.01])
}
