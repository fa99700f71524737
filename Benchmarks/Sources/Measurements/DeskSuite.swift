import Foundation
import ScratchFolders
import TradingDesk
import TradingModel

/// The desk as a person runs it: the release binary, from its start to its summary; and the way of one order.
enum DeskSuite {
    static func run() throws -> [Measurement] {
        try FileSync.measure("floor.desk_fsync") + SubmissionLatency.run() + start() + replayOf150() + replayOf59()
    }

    /// From the start of the process to its first recommendation or verdict, with an empty home.
    private static func start() throws -> [Measurement] {
        let times = try (0..<7).map { _ in
            let run = try DeskProcess.run(["--speed", "max"], stopsAtFirstDecision: true)
            guard let first = run.firstDecision else { throw DeskProcess.Failure("the desk decided nothing") }
            return first
        }
        return [Measurement("start.first_decision", "s", of: times)]
    }

    /// 150 instruments and 504 days, of which the pipeline sees 252 at a time.
    private static func replayOf150() throws -> [Measurement] {
        let folder = try ScratchFolder()
        let days = try SimulatedDays(instruments: 150, history: 504, days: 0)
        for past in days.history {
            try CSVFile.write(past.bars, to: folder.file("\(days.universe.symbol(past.instrument)).csv"))
        }
        let runs = try (0..<3).map { _ in
            try DeskProcess.run(["--replay", folder.path, "--bars", "1d", "--speed", "max"])
        }
        return [
            Measurement("run.150.memory", "MB", of: runs.map(\.peakMegabytes)),
            Measurement("run.150.seconds", "s", of: runs.map(\.seconds)),
        ]
    }

    /// Two years of 59 shares, where the data is present.
    private static func replayOf59() throws -> [Measurement] {
        let data = ProcessInfo.processInfo.environment["BELLWETHER_TEST_DATA"] ?? "../shared/data"
        let folder = "\(data)/bars/daily/stocknet"
        guard FileManager.default.fileExists(atPath: folder) else {
            print("replay.59.seconds not measured: no data at \(folder); set BELLWETHER_TEST_DATA")
            return []
        }
        let bounds = ["--from", "2014-01-01", "--to", "2015-12-31"]
        let runs = try (0..<3).map { _ in
            try DeskProcess.run(["--replay", folder, "--speed", "max"] + bounds)
        }
        return [
            Measurement("replay.59.seconds", "s", of: runs.map(\.seconds)),
            Measurement("replay.59.memory", "MB", of: runs.map(\.peakMegabytes)),
        ]
    }
}
