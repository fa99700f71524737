/// What a figure is meant to be.
enum Budget {
    case atMost(Double)
    case atLeast(Double)
    /// At most so many times another figure of the same run.
    case times(Double, of: String)

    private static let fixed: [String: Budget] = [
        "engine.m1.bars_per_second": .atLeast(50e6),
        // What a run allocates before its first bar, spread over a million.
        "engine.m1.allocations_per_bar": .atMost(0.001),
        "engine.daily.bars_per_second": .atLeast(30e6),
        "engine.event_to_order.p99": .atMost(100),
        "engine.event_to_submitted.p99": .atMost(2000),
        "sweep.pairs_per_second": .atLeast(800),
        "sweep.memory": .atMost(100),
        "indicator.sma.batch": .atMost(1.0),
        "indicator.ema.batch": .atMost(1.7),
        "indicator.rsi.batch": .atMost(2.4),
        "indicator.macd.batch": .atMost(3.5),
        "indicator.bbands.batch": .atMost(5.0),
        "indicator.atr.batch": .atMost(1.1),
        "indicator.stoch.batch": .atMost(12.1),
        "indicator.adx.batch": .atMost(8.8),
        "pipeline.50": .atMost(100),
        "workflow.run7.p50": .atMost(2),
        "workflow.tasks_per_second.64": .atLeast(20_000),
        "queue.lease_ack_per_second.100": .atLeast(40_000),
        "server.reads_per_second.64": .atLeast(20_000),
        "server.read.p99.64": .atMost(20),
        "stream.200.p99": .atMost(50),
        // Ten a second for each of 150 instruments and 200 clients, less what the desk's clock is late.
        "stream.200.updates_per_second": .atLeast(285_000),
        "start.first_decision": .atMost(1),
        "run.150.memory": .atMost(200),
    ]

    /// The budget of a figure; nil where there is none.
    static func of(_ name: String) -> Budget? {
        if let found = fixed[name] { return found }
        guard name.hasPrefix("indicator."), name.hasSuffix(".streaming") else { return nil }
        return .times(2, of: String(name.dropLast("streaming".count)) + "batch")
    }

    /// The limit, and how a figure stands to it; nil where the figure it depends on was not measured.
    func judge(_ value: Double, among all: [Measurement]) -> (limit: String, verdict: String)? {
        switch self {
        case .atMost(let limit): ("<= \(Figure.text(limit))", Budget.verdict(value / limit))
        case .atLeast(let limit): (">= \(Figure.text(limit))", Budget.verdict(limit / value))
        case .times(let factor, let name):
            all.first { $0.name == name }.map { other in
                ("<= \(Figure.text(factor)) x batch", Budget.verdict(value / (factor * other.value)))
            }
        }
    }

    /// `strain` is 1 exactly at the limit and more beyond it.
    private static func verdict(_ strain: Double) -> String {
        strain <= 1 ? "met, \(Figure.text(strain * 100)) % of it" : "MISSED, \(Figure.text(strain)) x"
    }
}
