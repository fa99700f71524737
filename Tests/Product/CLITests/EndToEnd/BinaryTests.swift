import Determinism
import Foundation
import ScratchFolders
import Storage
import Testing
import TradingModel
import TradingStore

@testable import CLI

/// The built binary from outside: killed, tampered with, interrupted, asked.
@Suite(.serialized) struct BinaryTests {
    private static let isHeavy = ProcessInfo.processInfo.environment["BELLWETHER_HEAVY"] != nil
    /// An undisturbed run, made once.
    private struct Done {
        let market: BinaryMarket
        let home: ScratchFolder
        let outcome: Binary.Outcome

        init() throws {
            market = try BinaryMarket()
            home = try ScratchFolder()
            outcome = try Binary.run(market.run, home: home.path)
        }
    }

    private static let done = Result { try Done() }
    private let reference: Binary.Outcome
    private let market: BinaryMarket
    private let home: ScratchFolder

    init() throws {
        let done = try BinaryTests.done.get()
        (market, home, reference) = (done.market, done.home, done.outcome)
        try #require(reference.code == 0, "\(reference.errors)")
    }

    private func audit(_ arguments: String..., home: ScratchFolder? = nil) throws -> Binary.Outcome {
        try Binary.run(["audit"] + arguments, home: (home ?? self.home).path)
    }

    private func finished(home: ScratchFolder) throws -> Binary.Outcome {
        let outcome = try Binary.run(market.run, home: home.path)
        try #require(outcome.code == 0, "\(outcome.errors)")
        return outcome
    }

    @Test func `a process killed at random moments comes to what it would have come to`() throws {
        #expect(reference.lines.count > 100)
        var random = SeededRandom(seed: 2026)
        let other = try ScratchFolder()
        var kills = 0
        while kills < (BinaryTests.isHeavy ? 100 : 20) {
            let binary = try Binary(market.run, home: other.path)
            var left = Int(random.next() % 12)
            while left > 0, try binary.line() != nil { left -= 1 }
            binary.signal(SIGKILL)
            let outcome = try binary.outcome()
            if !outcome.wasKilled { break }
            kills += 1
        }
        #expect(kills >= 5)
        let last = try finished(home: other)
        #expect(last.last == reference.last)
        // How many heads were signed on the way depends on where it was killed.
        #expect(try audit("verify", home: other).lines.first == audit("verify").lines.first)
        let replayed = try audit("replay", home: other)
        #expect(replayed.code == 0, "\(replayed.errors)")
    }

    @Test func `the same command gives the same bytes, another seed or limit another run`() throws {
        let again = try finished(home: try ScratchFolder())
        #expect(reference.lines == again.lines)
        let latest = try RunFolder.latest(home: home.path).run
        let otherSeed = try ScratchFolder()
        try BinaryTests.begin(market.run + ["--seed", "8"], otherSeed)
        #expect(try RunFolder.latest(home: otherSeed.path).run != latest)
        let otherCash = try ScratchFolder()
        try BinaryTests.begin(market.run + ["--cash", "999999"], otherCash)
        #expect(try RunFolder.latest(home: otherCash.path).run != latest)
    }

    /// Lets a run begin and stops it.
    private static func begin(_ arguments: [String], _ home: ScratchFolder) throws {
        let binary = try Binary(arguments, home: home.path)
        _ = try binary.line()
        binary.signal(SIGINT)
        _ = try binary.outcome()
    }

    @Test func `a backtest gives the lines that a replay on paper gives`() throws {
        let backtest = try Binary.run(
            ["backtest", market.folder.file("bars"), "--json"] + market.bounds, home: home.path)
        #expect(backtest.lines == reference.lines)
        let compared = try Binary.run(
            ["backtest", market.folder.file("bars"), "--json", "--compare-paper"] + market.bounds, home: home.path)
        #expect(compared.code == 0)
        #expect(compared.last.contains(#""difference":null"#))
    }

    @Test func `the summary has every key that programs ask for`() throws {
        let summary = JSONText.object(reference.last)
        for key in [
            "type", "bars", "instruments", "recommendations", "orders", "fills", "refusals", "cash", "equity",
            "realised_profit", "fees", "audit_head", "figures",
        ] { #expect(summary[key] != nil, "\(key)") }
        #expect(summary["fills"] as? Int ?? 0 > 0)
    }

    // MARK: - The record

    /// A copy of the finished run's home in which a second connection has changed something.
    private func tampered(_ statements: String...) throws -> ScratchFolder {
        let copy = try ScratchFolder()
        try FileManager.default.copyItem(atPath: home.file("runs"), toPath: copy.file("runs"))
        let folder = try RunFolder.latest(home: copy.path)
        let database = try Database(at: DeskStore.path(inHome: folder.path))
        for statement in statements { _ = try database.write { try $0.run(statement) } }
        return copy
    }

    @Test func `whoever touches a record is found out`() throws {
        let body = "CAST(REPLACE(CAST(body AS TEXT), '1', '2') AS BLOB)"
        let touched = [
            try tampered("UPDATE audit SET body = \(body) WHERE sequence = 60"),
            try tampered("DELETE FROM audit WHERE sequence = 60"),
            try tampered("UPDATE audit SET kind = 'other' WHERE sequence = 60"),
            try tampered("UPDATE audit SET hash = X'00' WHERE sequence = 60"),
            try tampered(
                "UPDATE audit SET sequence = -1 WHERE sequence = 60",
                "UPDATE audit SET sequence = 60 WHERE sequence = 61",
                "UPDATE audit SET sequence = 61 WHERE sequence = -1"),
        ]
        for (number, copy) in touched.enumerated() {
            let outcome = try audit("verify", home: copy)
            #expect(outcome.errors.contains("signed heads were not checked"), "change \(number)")
            #expect(outcome.code == 1, "change \(number)")
            #expect(outcome.errors.contains("record 60"), "change \(number): \(outcome.errors)")
            // The two that were exchanged may both be inputs, from which another run is derived without a fault.
            if number < 4 { #expect(try audit("replay", home: copy).code == 1, "change \(number)") }
        }
        #expect(try audit("verify").code == 0)
        #expect(try audit("replay").code == 0)
    }

    @Test func `other limits in the recorded plan derive other decisions`() throws {
        let shown = try audit("show", "--limit", "1", "--json")
        let plan = try #require(JSONText.object(shown.last)["body"] as? String)
        let other = plan.replacing("\"maxPositionShare\":0.1", with: "\"maxPositionShare\":0.05")
        #expect(other != plan)
        let digits = other.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let copy = try tampered("UPDATE audit SET body = x'\(digits)', unpacked_length = NULL WHERE sequence = 1")
        let outcome = try audit("replay", home: copy)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("differs"), "\(outcome.errors)")
    }

    @Test func `the way of an order goes from the data through seven nodes and the verdict to the fill`() throws {
        let fill = try #require(reference.lines.map(JSONText.object).first { $0["type"] as? String == "fill" })
        let order = try #require(fill["order"] as? String)
        let shown = try audit("show", "--order", order, "--json")
        let stations = JSONText.object(shown.last)["stations"] as? [[String: Any]] ?? []
        let titles = stations.compactMap { $0["station"] as? String }
        let expected = [
            "data", "sentiment_analysis", "technical_analysis", "pattern_recognition", "risk_assessment",
            "signal_generation", "portfolio_optimization", "execution_planning", "verdict", "report",
        ]
        #expect(Array(titles.prefix(10)) == expected)
        let places = stations.compactMap { $0["sequence"] as? Int }
        #expect(places == places.sorted())
        #expect(titles.contains("fill"))
        #expect(titles.dropFirst(10).allSatisfy { ["report", "decision", "fill"].contains($0) })
    }

    // MARK: - Persons

    @Test func `a second desk on one home is refused with the first one's process`() throws {
        let home = try ScratchFolder()
        let first = try Binary(["run", "--json", "--speed", "86400"], home: home.path)
        _ = try first.line()
        let second = try Binary.run(["run", "--json"], home: home.path)
        #expect(second.code == 1)
        #expect(second.errors.contains("\(first.identifier)"), "\(second.errors)")
        first.signal(SIGINT)
        #expect(try first.outcome().code == 0)
    }

    @Test func `requests of another process are obeyed once, and the run goes on after an interruption`() throws {
        let home = try ScratchFolder()
        let desk = ["run", "--json", "--speed", "432000"]
        let binary = try Binary(desk, home: home.path)
        _ = try binary.line()
        for command in ["halt", "resume", "flatten"] {
            #expect(try Binary.run([command, "--reason", "because"], home: home.path).code == 0)
            var line = try binary.line()
            while let found = line, JSONText.object(found)["type"] as? String != "control" { line = try binary.line() }
            #expect(try #require(line).contains(command == "resume" ? "resume" : "because"))
        }
        let status = JSONText.object(try Binary.run(["status", "--json"], home: home.path).last)
        #expect(status["process"] as? Int == Int(binary.identifier))
        #expect((status["pending_requests"] as? [Any])?.count == 0)
        binary.signal(SIGINT)
        let outcome = try binary.outcome()
        #expect(outcome.code == 0)
        let summary = JSONText.object(outcome.last)
        #expect(summary["type"] as? String == "summary")
        #expect((summary["state"] as? String)?.hasPrefix("halted") == true)
        #expect(try Binary.run(["resume"], home: home.path).code == 0)
        let waiting = JSONText.object(try Binary.run(["status", "--json"], home: home.path).last)
        #expect((waiting["pending_requests"] as? [Any])?.count == 1)
        let again = try Binary(desk, home: home.path)
        var line = try again.line()
        while let found = line, JSONText.object(found)["type"] as? String != "control" { line = try again.line() }
        #expect(line?.contains("resume") == true)
        again.signal(SIGINT)
        #expect(try again.outcome().code == 0)
        #expect(try audit("show", "--kind", "control", "--json", home: home).lines.count == 4)
        #expect(try audit("replay", home: home).code == 0)
    }

    @Test func `a second interruption ends at once`() throws {
        // One moment a day of the wall clock: the desk waits, and the first signal alone would end it cleanly, so both
        // are sent while it is stopped and cannot obey the first.
        let home = try ScratchFolder()
        let binary = try Binary(["run", "--json", "--speed", "1"], home: home.path)
        _ = try binary.line()
        binary.signal(SIGSTOP)
        binary.signal(SIGINT)
        binary.signal(SIGTERM)
        binary.signal(SIGCONT)
        #expect([130, 143].contains(try binary.outcome().code))
    }
}
