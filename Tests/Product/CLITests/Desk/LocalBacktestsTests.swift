import DeskCommands
import Determinism
import Foundation
import ScratchFolders
import Synchronization
import Testing
import WorkflowModel

@testable import CLI

/// Backtests that this process runs.
@Suite struct LocalBacktestsTests {
    private let home: ScratchFolder
    private let settings: LoadedSettings

    init() throws {
        home = try ScratchFolder()
        settings = try LoadedSettings.load(
            home: HomeFolder(home.path, environment: [:]), file: nil, environment: [:])
    }

    private let short: Value = [
        "simulated": true, "from": "2020-01-02", "to": "2020-02-14", "strategy": "cross", "fast": 3, "slow": 8,
        "cash": 50_000, "fee": 0.002, "seed": 5,
    ]

    private func end(of id: String, _ backtests: LocalBacktests) async throws -> Value {
        while true {
            let item = try #require(try await backtests.report(id))
            if item["state"] != "running" { return item }
            await Task.yield()
        }
    }

    @Test func `a backtest runs to its report, which outlives the process`() async throws {
        let sink = CollectingSink([.operations])
        let backtests = try LocalBacktests(settings, time: SystemTime(), sink: sink)
        try await backtests.start(short, named: "one", by: "amy")
        let item = try await end(of: "one", backtests)
        #expect(item["state"] == "done")
        #expect(item["error"] == .null)
        #expect(item["simulated"] == true)
        #expect(item["request"] == short)
        #expect(item["cash"] != nil)
        #expect((item["equity"]?.list?.count ?? 0) > 20)
        #expect(item["equity"]?[0]?["benchmark"]?.number != nil)
        #expect(item["trades"]?.list?.count == item["trade_count"]?.integer.map { Int($0) })
        #expect(item["benchmark"]?["return"]?.number != nil)
        #expect(item["targets"]?.list?.count == 4)
        let again = try LocalBacktests(settings, time: SystemTime())
        #expect(try await again.report("one") == item)
        #expect(try await again.list().first?["report"] == nil)
        #expect(try await again.list().map { $0["id"] } == ["one"])
        let told = sink.events.withLock { $0.map(\.topic) }
        #expect(told.count >= 2)
    }

    @Test func `the same request gives the same report`() async throws {
        let backtests = try LocalBacktests(settings, time: SystemTime())
        try await backtests.start(short, named: "one", by: "amy")
        try await backtests.start(short, named: "two", by: "amy")
        let (one, two) = (try await end(of: "one", backtests), try await end(of: "two", backtests))
        for field in ["figures", "equity", "trades", "costs", "benchmark"] { #expect(one[field] == two[field]) }
    }

    @Test func `a name is begun once`() async throws {
        let backtests = try LocalBacktests(settings, time: SystemTime())
        try await backtests.start(short, named: "one", by: "amy")
        let first = try await end(of: "one", backtests)
        try await backtests.start(["simulated": true], named: "one", by: "bob")
        #expect(try await backtests.report("one") == first)
    }

    @Test func `one that is called off says so`() async throws {
        let backtests = try LocalBacktests(settings, time: SystemTime())
        try await backtests.start(["simulated": true, "to": "2022-12-31"], named: "long", by: "amy")
        #expect(try await backtests.cancel("long"))
        #expect(try await end(of: "long", backtests)["state"] == "cancelled")
        #expect(try await !backtests.cancel("long"))
        #expect(try await !backtests.cancel("never"))
    }

    @Test func `one that a process left undone is told as cut off`() async throws {
        let files = BacktestFiles(home: home.path)
        try files.write(["id": "cut", "state": "running", "progress": 0.5], "cut")
        let backtests = try LocalBacktests(settings, time: SystemTime())
        let item = try #require(try await backtests.report("cut"))
        #expect(item["state"] == "failed")
        #expect(item["error"]?.text?.contains("ended before it was done") == true)
    }

    @Test(
        arguments: [
            ["symbols": []], ["simulated": true, "symbols": ["AAPL"]], ["simulated": true, "fee": 2],
            ["simulated": true, "strategy": "cross", "fast": 9, "slow": 3], ["simulated": true, "from": "soon"],
            ["simulated": true, "strategy": "luck"], ["symbols": ["../etc/passwd "]],
        ] as [Value])
    func `a request that makes no sense is refused, and nothing is kept of it`(request: Value) async throws {
        let backtests = try LocalBacktests(settings, time: SystemTime())
        await #expect(throws: CommandProblem.self) { try await backtests.start(request, named: "one", by: "amy") }
        #expect(try await backtests.list().isEmpty)
    }

    @Test(arguments: ["../one", "a/b", "", ".hidden", "a b"])
    func `a name that could not be a file's is refused`(name: String) async throws {
        let backtests = try LocalBacktests(settings, time: SystemTime())
        await #expect(throws: CommandProblem.self) { try await backtests.start(short, named: name, by: "amy") }
    }

    @Test func `symbols that were not imported fail, and no path is read`() async throws {
        let backtests = try LocalBacktests(settings, time: SystemTime())
        try await backtests.start(["symbols": ["/etc/hostname"]], named: "one", by: "amy")
        let item = try await end(of: "one", backtests)
        #expect(item["state"] == "failed")
        #expect(item["error"]?.text?.contains("imported") == true)
    }
}
