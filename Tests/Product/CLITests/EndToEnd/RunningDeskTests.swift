import Foundation
import ScratchFolders
import Testing

@testable import CLI

/// A desk that runs, asked by other processes.
@Suite(.serialized) struct RunningDeskTests {
    private static let workflow = """
        name: one-order
        steps:
          - name: buy
            type: place_order
            params: {symbol: AAPL, side: buy, quantity: 3}
        """

    /// Reads lines until one of a type comes; nil where the process ends before.
    private func line(of type: String, from binary: Binary) throws -> String? {
        while let line = try binary.line() {
            if line.contains("\"type\":\"\(type)\"") { return line }
        }
        return nil
    }

    @Test func `a workflow orders on the running desk, a halt stops it at once, and all is derived again`() throws {
        let home = try ScratchFolder()
        let file = home.file("one-order.yaml")
        try Data(RunningDeskTests.workflow.utf8).write(to: URL(fileURLWithPath: file))
        // A day of the market lasts a day: nothing but what is asked happens after the first moment.
        let desk = try Binary(["run", "--speed", "1", "--json"], home: home.path)
        #expect(try line(of: "day_started", from: desk) != nil)
        let ran = try Binary.run(["workflow", "run", file, "--as", "once", "--json"], home: home.path)
        #expect(ran.code == 0, "\(ran.errors)")
        #expect(ran.last.contains(#""status":"completed""#))
        #expect(try line(of: "verdict", from: desk)?.contains("AAPL") == true)
        #expect(try Binary.run(["halt", "--reason", "noon"], home: home.path).code == 0)
        #expect(try line(of: "control", from: desk)?.contains("noon") == true)
        desk.signal(SIGINT)
        #expect(try desk.outcome().code == 0)
        let replay = try Binary.run(["audit", "replay"], home: home.path)
        #expect(replay.code == 0, "\(replay.lines) \(replay.errors)")
        let status = try Binary.run(["status", "--json"], home: home.path)
        #expect(status.last.contains(#""pending_requests":[]"#))
    }
}
