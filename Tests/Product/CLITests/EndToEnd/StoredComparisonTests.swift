import Foundation
import ScratchFolders
import Testing

@testable import CLI

/// A backtest compared with a paper run on disk, through the built binary.
@Suite(.serialized) struct StoredComparisonTests {
    private let market: BinaryMarket
    private let home: ScratchFolder

    private static let cheap = """
        trading:
          execution: {fee_rate: 0.0005}
          risk_management: {min_daily_volume: 1000000, max_daily_loss: 0.006}
        pipeline: {signal_threshold: 0.4, lookback: 70}

        """

    init() throws {
        market = try BinaryMarket(months: 2)
        home = try ScratchFolder()
        try Data(StoredComparisonTests.cheap.utf8).write(to: URL(fileURLWithPath: market.folder.file("cheap.yaml")))
    }

    private func compare(_ options: [String]) throws -> Binary.Outcome {
        let bars = market.folder.file("bars")
        return try Binary.run(["backtest", bars, "--compare-run", "latest"] + options, home: home.path)
    }

    @Test func `a stored run is compared, and other settings give a named first difference and exit 1`() throws {
        try #require(try Binary.run(market.run, home: home.path).code == 0)
        let same = try compare(market.bounds + ["--json"])
        #expect(same.code == 0, "\(same.errors)")
        let found = JSONText.object(same.last)
        #expect(found["difference"] is NSNull)
        #expect(found["same"] as? Int ?? 0 > 0)
        #expect(found["run"] as? String == (try RunFolder.latest(home: home.path).run))

        let other = try compare(market.arguments + ["--config", market.folder.file("cheap.yaml"), "--json"])
        #expect(other.code == 1)
        let line = JSONText.object(other.last)
        let difference = try #require(line["difference"] as? [String: Any])
        let (backtest, paper) = (difference["backtest"] as? String ?? "", difference["paper"] as? String ?? "")
        #expect(backtest != paper && !backtest.isEmpty && !paper.isEmpty)
        let settings = (line["settings"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
        #expect(settings == ["fills.fee", "limits.feeAllowance"])

        let shown = try compare(market.arguments + ["--config", market.folder.file("cheap.yaml")])
        #expect(shown.code == 1)
        #expect(shown.lines.contains { $0.contains("limits.feeAllowance: backtest 0.0005, paper 0.001") })
    }

    @Test func `a run that was stopped is compared as far as it came`() throws {
        let binary = try Binary(market.run, home: home.path)
        for _ in 0..<20 { _ = try binary.line() }
        binary.signal(SIGINT)
        _ = try binary.outcome()
        let outcome = try compare(market.bounds + ["--json"])
        #expect(outcome.code == 0, "\(outcome.errors)")
    }

    @Test func `stops trail where the settings say so, and every decision is derived again`() throws {
        let trailing = """
            trading: {risk_management: {min_daily_volume: 1000000, trailing_stop: 0.02}}
            pipeline: {signal_threshold: 0.4, lookback: 70}

            """
        try Data(trailing.utf8).write(to: URL(fileURLWithPath: market.folder.file("trailing.yaml")))
        let bars = ["run", "--replay", market.folder.file("bars"), "--speed", "max", "--json"]
        let run = try Binary.run(
            bars + market.arguments + ["--config", market.folder.file("trailing.yaml")], home: home.path)
        try #require(run.code == 0, "\(run.errors)")
        let exits = run.lines.map(JSONText.object).compactMap { $0["exit"] as? [String: Any] }
        let stops = exits.filter { $0["type"] as? String == "TRAILING_STOP" }
        #expect(!stops.isEmpty && stops.allSatisfy { $0["trail"] as? String == "2.0%" })
        #expect(!exits.contains { $0["type"] as? String == "STOP" })
        #expect(try Binary.run(["audit", "replay"], home: home.path).code == 0)
    }

    @Test func `a run that is not there, or both comparisons at once, are refused`() throws {
        let bars = market.folder.file("bars")
        let missing = try Binary.run(["backtest", bars, "--compare-run", "none"], home: home.path)
        #expect(missing.code == 1)
        #expect(missing.errors.contains("there is no run 'none'"), "\(missing.errors)")
        let both = try Binary.run(
            ["backtest", bars, "--compare-run", "latest", "--compare-paper"], home: home.path)
        #expect(both.code == 2)
    }

    @Test func `run in mode backtest is the command backtest, research and live are refused`() throws {
        let replay = ["--replay", market.folder.file("bars"), "--json"] + market.bounds
        let outcome = try Binary.run(["run", "--mode", "backtest"] + replay, home: home.path)
        let backtest = try Binary.run(
            ["backtest", market.folder.file("bars"), "--json"] + market.bounds, home: home.path)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.lines == backtest.lines)
        #expect(!FileManager.default.fileExists(atPath: home.file("runs")))
        for (mode, code) in [("research", 2), ("live", 1)] as [(String, Int32)] {
            #expect(try Binary.run(["run", "--mode", mode] + replay, home: home.path).code == code)
        }
        for odd in [["--mode", "backtest"], ["--mode", "backtest", "--fresh"] + replay] {
            #expect(try Binary.run(["run"] + odd, home: home.path).code == 2)
        }
    }
}
