/// What a metric's numbers mean.
public enum MetricKind: String, Sendable, Hashable {
    /// Only grows, and begins at 0 with the process.
    case counter
    /// Goes up and down.
    case gauge
    /// Counts observations by size.
    case histogram
}
