import Foundation
import ScratchFolders
import Telemetry
import Testing

@Suite struct MetricTexts {
    /// Everything the format has to escape or spell.
    static func registry() throws -> MetricRegistry {
        let registry = MetricRegistry()
        let hits = try registry.counter(
            "http_requests_total", help: "Requests\nby \\route.", labels: ["route", "code"])
        hits["/b", "200"].increment(by: 3)
        hits["a\"b\\c\nd é", ""].increment()
        try registry.gauge("temperature", help: "").set(-1.5e-7)
        try registry.observe("infinite", help: "Large.") { .infinity }
        try registry.observe("unknown", help: "No number.") { .nan }
        try registry.observe("absent", help: "Not to be had.") { nil }
        let took = try registry.histogram(
            "took_seconds", help: "Time.", labels: ["step"], buckets: HistogramBuckets([0.5, 2]))
        for value in [0.25, 1, 4] { took["risk"].observe(value) }
        try registry.counter("big_total", help: "Many.").increment(by: 1e18)
        return registry
    }

    @Test func `writes the text format, in order and escaped`() throws {
        #expect(
            try MetricTexts.registry().text() == #"""
                # HELP bellwether_metrics_dropped_total Label sets asked for and not kept, because a metric had too many or the values did not fit.
                # TYPE bellwether_metrics_dropped_total counter
                bellwether_metrics_dropped_total 0
                # HELP big_total Many.
                # TYPE big_total counter
                big_total 1e+18
                # HELP http_requests_total Requests\nby \\route.
                # TYPE http_requests_total counter
                http_requests_total{route="/b",code="200"} 3
                http_requests_total{route="a\"b\\c\nd é",code=""} 1
                # HELP infinite Large.
                # TYPE infinite gauge
                infinite +Inf
                # HELP temperature 
                # TYPE temperature gauge
                temperature -1.5e-07
                # HELP took_seconds Time.
                # TYPE took_seconds histogram
                took_seconds_bucket{step="risk",le="0.5"} 1
                took_seconds_bucket{step="risk",le="2"} 2
                took_seconds_bucket{step="risk",le="+Inf"} 3
                took_seconds_sum{step="risk"} 5.25
                took_seconds_count{step="risk"} 3
                # HELP unknown No number.
                # TYPE unknown gauge
                unknown NaN

                """#)
    }

    private static let folder = ProcessInfo.processInfo.environment["BELLWETHER_JUDGE"]

    /// `Tests/Clients/telemetry/judge_exposition.py` names the folder and reads the text with another parser.
    @Test(.enabled(if: folder != nil, "run by the judge"))
    func `hands the text to the judge`() throws {
        let folder = try #require(MetricTexts.folder)
        try MetricTexts.registry().text().write(toFile: "\(folder)/metrics.txt", atomically: true, encoding: .utf8)
    }
}

@Suite struct ProcessReadings {
    @Test func `reads a process whose name holds brackets and blanks`() throws {
        let folder = try ScratchFolder()
        try FileManager.default.createDirectory(atPath: folder.file("self/fd"), withIntermediateDirectories: true)
        let fields = (3...52).map { $0 == 14 ? "250" : $0 == 15 ? "50" : $0 == 22 ? "1000" : "\($0)" }
        let stat = "77 (a) b (c) S " + fields.dropFirst().joined(separator: " ") + "\n"
        try stat.write(toFile: folder.file("self/stat"), atomically: true, encoding: .utf8)
        try "900 12 3 4 0 5 0\n".write(toFile: folder.file("self/statm"), atomically: true, encoding: .utf8)
        try "cpu 1 2\nbtime 1700000000\n".write(toFile: folder.file("stat"), atomically: true, encoding: .utf8)
        for name in ["0", "1", "2"] {
            try "".write(toFile: folder.file("self/fd/\(name)"), atomically: true, encoding: .utf8)
        }
        let process = ProcessMetrics(folder: folder.path)
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        #expect(process.processorSeconds == 300 / ticks)
        #expect(process.startSeconds == 1_700_000_000 + 1000 / ticks)
        #expect(process.residentBytes == 12 * Double(sysconf(Int32(_SC_PAGESIZE))))
        #expect(process.openFiles == 3)
    }

    @Test func `leaves out what the system does not tell`() throws {
        let folder = try ScratchFolder()
        let registry = MetricRegistry()
        try ProcessMetrics(folder: folder.path).register(in: registry)
        #expect(!registry.text().contains("process_"))
        try FileManager.default.createDirectory(atPath: folder.file("self"), withIntermediateDirectories: false)
        try "garbage".write(toFile: folder.file("self/stat"), atomically: true, encoding: .utf8)
        try "x".write(toFile: folder.file("self/statm"), atomically: true, encoding: .utf8)
        #expect(!registry.text().contains("process_"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat"), "a Linux process"))
    func `tells of this process`() throws {
        let process = ProcessMetrics()
        #expect(try #require(process.residentBytes) > 1_000_000)
        #expect(try #require(process.openFiles) >= 3)
        let started = try #require(process.startSeconds)
        #expect(started < Date().timeIntervalSince1970 + 1 && started > 1_500_000_000)
        #expect(try #require(process.processorSeconds) >= 0)
    }
}
