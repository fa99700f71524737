import Determinism
import Dispatch
import Foundation
import ScratchFolders
import Storage
import Synchronization
import WorkflowEngine
import WorkflowModel
import WorkflowStore

/// Durable runs of seven tasks, one after the other, whose every step is on disk before the next begins.
enum WorkflowSuite {
    private static let rounds = 5

    static func run() throws -> [Measurement] {
        let parts: [(name: String, run: () throws -> [Measurement])] = [
            ("alone", alone), ("1 at once", { [try speed(atOnce: 1, runs: 100)] }),
            ("16 at once", { [try speed(atOnce: 16, runs: 800)] }),
            ("64 at once", { [try speed(atOnce: 64, runs: 3_200)] }),
            ("256 at once", { [try speed(atOnce: 256, runs: 6_400)] }), ("starts", crowdedStart), ("resuming", resume),
        ]
        return try parts.flatMap { part in
            FileHandle.standardError.write(Data("  \(part.name)…\n".utf8))
            return try part.run()
        }
    }

    /// One run after the other: how long each takes from its request to its end.
    private static func alone() throws -> [Measurement] {
        let folder = try ScratchFolder()
        let journal = try SQLiteJournal(Database(at: folder.file("journal.sqlite")))
        let times = try (0..<rounds).map { round in
            try serve(journal) { service in
                var times: [Double] = []
                for number in 0..<100 { times.append(try await time(RunID("\(round)-\(number)"), service)) }
                return times
            }
        }
        return [
            Measurement("workflow.run7.p50", "ms", of: times.map { percentile(0.5, $0) * 1e3 }),
            Measurement("workflow.run7.p99", "ms", of: times.map { percentile(0.99, $0) * 1e3 }),
        ]
    }

    /// Recorded tasks a second with so many runs open at any moment.
    private static func speed(atOnce: Int, runs: Int) throws -> Measurement {
        let folder = try ScratchFolder()
        let journal = try SQLiteJournal(Database(at: folder.file("journal.sqlite")))
        let speeds = try (0..<rounds).map { round in
            let taken = try serve(journal) { service in
                let clock = ContinuousClock()
                let start = clock.now
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for place in 0..<atOnce {
                        group.addTask {
                            for number in 0..<runs / atOnce {
                                _ = try await time(RunID("\(round)-\(place)-\(number)"), service)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                return start.duration(to: clock.now)
            }
            return Double(7 * (runs / atOnce) * atOnce) / taken.inSeconds
        }
        return Measurement("workflow.tasks_per_second.\(atOnce)", "tasks/s", of: speeds)
    }

    /// How long a start takes in an empty store, and in one that holds 100,000 finished runs with 1,000,000 events.
    private static func crowdedStart() throws -> [Measurement] {
        let folder = try ScratchFolder()
        let empty = try SQLiteJournal(Database(at: folder.file("empty.sqlite")))
        let crowded = try SQLiteJournal(Database(at: folder.file("crowded.sqlite")))
        try fill(crowded, runs: 100_000)
        var (before, after): ([Double], [Double]) = ([], [])
        for round in 0..<rounds {
            before.append(try start(round, empty))
            after.append(try start(round, crowded))
        }
        return [
            Measurement("workflow.start.empty.p50", "ms", of: before),
            Measurement("workflow.start.100000_finished.p50", "ms", of: after),
        ]
    }

    private static func start(_ round: Int, _ journal: SQLiteJournal) throws -> Double {
        let times = try serve(journal) { service in
            let clock = ContinuousClock()
            var times: [Double] = []
            for number in 0..<100 {
                let start = clock.now
                let run = try await service.start(RunRequest("chain", as: RunID("start-\(round)-\(number)")))
                times.append(start.duration(to: clock.now).inSeconds)
                _ = try await service.outcome(of: run)
            }
            return times
        }
        return percentile(0.5, times) * 1e3
    }

    /// Finished runs of ten events each.
    private static func fill(_ journal: SQLiteJournal, runs: Int) throws {
        let plan = try chain()
        let moment = Timestamp(nanoseconds: 0)
        let middle = (0..<4).flatMap { place -> [RunEvent.Fact] in
            [
                .taskStarted(task: "task\(place)", attempt: 1),
                .taskCompleted(task: "task\(place)", attempt: 1, output: Array("{\"x\":1}".utf8), cached: false),
            ]
        }
        let facts = [.runStarted(RunHeader(plan))] + middle + [.runFinished(.completed)]
        let events = facts.map { RunEvent($0, at: moment) }
        for first in stride(from: 0, to: runs, by: 1_000) {
            let appends = (first..<first + 1_000).map {
                JournalAppend(run: RunID("old-\($0)"), after: 0, events: events)
            }
            try journal.commit(JournalBatch(appends: appends))
        }
    }

    /// From the opening of a store with 10,000 open runs to the moment when all of them are under way again.
    private static func resume() throws -> [Measurement] {
        let folder = try ScratchFolder()
        let path = folder.file("journal.sqlite")
        let plan = try chain()
        let facts: [RunEvent.Fact] = [
            .runStarted(RunHeader(plan)), .taskStarted(task: "task0", attempt: 1),
            .taskCompleted(task: "task0", attempt: 1, output: Array("1".utf8), cached: false),
            .taskStarted(task: "task1", attempt: 1),
        ]
        let now = SystemTime().now
        let appends = (0..<10_000).map { number in
            JournalAppend(run: RunID("open-\(number)"), after: 0, events: facts.map { RunEvent($0, at: now) })
        }
        try SQLiteJournal(Database(at: path)).commit(JournalBatch(appends: appends))
        let before = residentMegabytes()
        let times = try (0..<3).map { _ in try resumeOnce(path) }
        return [
            Measurement("workflow.resume.10000", "s", of: times.map(\.taken)),
            Measurement("workflow.resume.10000.memory", "MB", of: times.map { $0.memory - before }),
        ]
    }

    private static func resumeOnce(_ path: String) throws -> (taken: Double, memory: Double) {
        var handlers = TaskHandlers()
        handlers.add("work") { _ in
            try await Task.sleep(for: .seconds(3_600))
            return .null
        }
        let clock = ContinuousClock()
        let start = clock.now
        let journal = try SQLiteJournal(Database(at: path))
        return try serve(journal, handlers, capacity: 10_000) { service in
            while await service.load.underWay < 10_000 { await Task.yield() }
            return (start.duration(to: clock.now).inSeconds, residentMegabytes())
        }
    }

    // MARK: - The work

    private static func chain() throws -> WorkflowPlan {
        let tasks = (0..<7).map { place in
            TaskDefinition(
                "task\(place)", .work(type: "work"), params: ["place": .integer(Int64(place))],
                after: place == 0 ? [] : ["task\(place - 1)"])
        }
        return try WorkflowPlan(WorkflowDefinition("chain", tasks: tasks))
    }

    /// The same integer mixing as the peers' scripts do, so that the result can be checked.
    private static func mix(_ order: TaskOrder) throws -> Value {
        let place = order.params["place"]?.integer ?? 0
        let before = place == 0 ? order.input["x"] : order.result(of: "task\(place - 1)")
        return .integer(((before?.integer ?? 0) * 31 + place + 1) % 1_000_003)
    }

    private static func time(_ run: RunID, _ service: WorkflowService) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try await service.start(RunRequest("chain", as: run, input: ["x": 5]))
        let outcome = try await service.outcome(of: run)
        guard outcome == .completed else { throw MeasurementError("the run '\(run)' ended \(outcome.status)") }
        return start.duration(to: clock.now).inSeconds
    }

    private static func serve<Result: Sendable>(
        _ journal: SQLiteJournal, _ handlers: TaskHandlers? = nil, capacity: Int = 256,
        _ body: @escaping @Sendable (WorkflowService) async throws -> Result
    ) throws -> Result {
        var mixing = TaskHandlers()
        mixing.add("work") { try mix($0) }
        let service = WorkflowService(
            journal: journal, handlers: handlers ?? mixing, time: SystemTime(), capacity: capacity,
            plans: [try chain()])
        return try blocking {
            async let running: Void = service.run()
            let result = try await body(service)
            service.stop()
            try await running
            return result
        }
    }
}
