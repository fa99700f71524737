import Telemetry
import Testing

@Suite struct Metrics {
    let registry = MetricRegistry()

    @Test func `adds up a histogram as one does by hand`() throws {
        let took = try registry.histogram("took_seconds", help: "Time.", buckets: HistogramBuckets([0.1, 1, 10]))
        for value in [0.05, 0.1, 0.100001, 1, 5, 10, 11, .infinity * 0] { took.observe(value) }
        took.observe(.milliseconds(500))
        #expect(took.count == 8)
        #expect(abs(took.sum - 27.750001) < 1e-9)
        let lines = registry.text().split(separator: "\n").filter { $0.hasPrefix("took") }
        #expect(
            lines.filter { !$0.hasPrefix("took_seconds_sum") } == [
                #"took_seconds_bucket{le="0.1"} 2"#, #"took_seconds_bucket{le="1"} 5"#,
                #"took_seconds_bucket{le="10"} 7"#, #"took_seconds_bucket{le="+Inf"} 8"#, "took_seconds_count 8",
            ])
    }

    @Test func `loses no increment that many threads make at once`() async throws {
        let orders = try registry.counter("orders_total", help: "Orders.", labels: ["venue"])
        let open = try registry.gauge("open_orders", help: "Open.")
        let took = try registry.histogram("took_seconds", help: "Time.", buckets: HistogramBuckets([1]))
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<5000 {
                        orders["paper"].increment()
                        open.add(1)
                        took.observe(2.0)
                    }
                    for _ in 0..<5000 { open.add(-1) }
                }
            }
        }
        #expect(orders["paper"].value == 40_000)
        #expect(open.value == 0)
        #expect(took.count == 40_000 && took.sum == 80_000)
    }

    @Test func `counts nothing that a counter cannot count`() throws {
        let orders = try registry.counter("orders_total", help: "Orders.")
        for amount in [-1, .nan, .infinity, -.infinity, 0.5] { orders.increment(by: amount) }
        #expect(orders.value == 0.5)
    }

    @Test func `keeps a thousand label sets and counts the others`() throws {
        let hits = try registry.counter("hits_total", help: "Hits.", labels: ["path"])
        for number in 0..<1005 { hits["/\(number)"].increment() }
        hits["/7"].increment()
        hits["too", "many"].increment()
        hits[].increment()
        let lines = registry.text().split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("hits_total{") } == 1000)
        #expect(lines.contains(#"hits_total{path="/7"} 2"#))
        #expect(lines.contains("bellwether_metrics_dropped_total 7"))
    }

    @Test func `gives the same handle for the same metric, and refuses another of its name`() throws {
        try registry.counter("a_total", help: "A.").increment()
        #expect(try registry.counter("a_total", help: "A.").value == 1)
        _ = try registry.histogram("h", help: "H.")
        try registry.observe("o", help: "O.") { 1 }
        let clashes: [() throws -> Void] = [
            { _ = try registry.gauge("a_total", help: "A.") },
            { _ = try registry.counter("a_total", help: "A.", labels: ["x"]) },
            { _ = try registry.histogram("h", help: "H.", buckets: HistogramBuckets([1])) },
            { _ = try registry.gauge("h_count", help: "H.") },
            { _ = try registry.gauge("o", help: "O.") },
            { try registry.observe("o", help: "O.") { 2 } },
            { _ = try registry.counter("bellwether_metrics_dropped_total", help: "Mine.") },
        ]
        for clash in clashes {
            #expect(#expect(throws: TelemetryError.self, performing: clash)?.code == .nameTaken)
        }
    }

    @Test func `refuses names and buckets that the format does not allow`() throws {
        for name in ["", "1a_total", "a-b_total", "a b_total", "é_total", "orders"] {
            let error = #expect(throws: TelemetryError.self) { try registry.counter(name, help: "") }
            #expect(error?.code == .badName, "\(name)")
        }
        for labels in [[""], ["__x"], ["a:b"], ["a", "a"], ["le"]] {
            let error = #expect(throws: TelemetryError.self) { try registry.histogram("h", help: "", labels: labels) }
            #expect(error?.code == .badName, "\(labels)")
        }
        for bounds in [[], [1, 1], [2, 1], [.infinity], [.nan, 1]] {
            let error = #expect(throws: TelemetryError.self) { try HistogramBuckets(bounds) }
            #expect(error?.code == .badBuckets, "\(bounds)")
        }
        #expect(throws: TelemetryError.self) { try registry.observe("x", help: "", as: .histogram) { 1 } }
    }
}
