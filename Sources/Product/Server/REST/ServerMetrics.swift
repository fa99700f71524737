import Determinism
import Networking
import Telemetry

/// What the server counts and measures of itself; `docs/metrics.md` says what each means.
struct ServerMetrics: Sendable {
    private let registry: MetricRegistry
    private let requests: MetricFamily<Counter>
    private let seconds: MetricFamily<Histogram>
    private let refusals: MetricFamily<Counter>
    private let lag: Histogram
    private let missed: Counter

    init(_ registry: MetricRegistry) throws(TelemetryError) {
        self.registry = registry
        requests = try registry.counter(
            "bellwether_http_requests_total", help: "Requests answered.", labels: ["method", "route", "status"])
        seconds = try registry.histogram(
            "bellwether_http_request_seconds", help: "Time from a request to its answer.", labels: ["route"])
        refusals = try registry.counter(
            "bellwether_http_refusals_total", help: "Requests and messages refused.", labels: ["reason"])
        lag = try registry.histogram(
            "bellwether_stream_lag_seconds", help: "Time from an event to the frame that carries it.")
        missed = try registry.counter(
            "bellwether_stream_missed_total", help: "Times that a reader of the streams lost events.")
    }

    func answered(_ visit: Visit, _ status: Int, at time: Timestamp) {
        let method = ServerMetrics.methods.contains(visit.request.method) ? visit.request.method : "other"
        requests[method, visit.route, ServerMetrics.text(of: status)].increment()
        seconds[visit.route].observe(time - visit.started)
    }

    func refused(_ reason: String) { refusals[reason].increment() }

    func sent(_ age: Duration) { lag.observe(max(age, .zero)) }

    func lost() { missed.increment() }

    /// All figures of the process, as Prometheus reads them.
    func text() -> String { registry.text() }

    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"]

    private static func text(of status: Int) -> String { status == 200 ? "200" : "\(status)" }
}
