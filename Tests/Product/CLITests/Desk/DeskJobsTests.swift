import Determinism
import Foundation
import MarketData
import ScratchFolders
import TaskQueues
import Testing
import TradingDesk
import TradingModel
import TradingStore
import WorkflowModel

@testable import CLI
@testable import WorkflowEngine

/// Work of workflows on a running desk.
@Suite struct DeskJobsTests {
    private let home: ScratchFolder
    private let desk: SmallDesk
    private let stored: StoredRun

    init() throws {
        home = try ScratchFolder()
        desk = try SmallDesk(days: 8)
        stored = try desk.stored(home.path)
    }

    private func order(_ type: String, _ params: Value = [:], run: String = "run-1", isTest: Bool = false) -> TaskOrder
    {
        TaskOrder(
            key: TaskKey(run: RunID(run), task: "step", attempt: 1), workflow: "w", type: type, agent: nil,
            params: params, input: [:], isTest: isTest, results: [:], deadline: Timestamp(nanoseconds: .max),
            cache: nil, idempotencyKey: "\(run)/step")
    }

    private func work(_ jobs: DeskJobs, _ stored: StoredRun, _ journal: any Journal) -> DeskWork {
        let outlets = DeskOutlets(
            decided: { name in
                try stored.decisions(named: name).first.map { try SubmittedOrder.recorded(in: $0.body) }
            },
            willOrder: { stored.take($0) }, notify: { _ in }, send: { _, _ in })
        return DeskWork(jobs, outlets, journal)
    }

    private func runner(_ stored: StoredRun, _ work: DeskWork) throws -> SmallDesk.Runner {
        let feed = desk.feed
        let history = desk.plan.universe.ids.map {
            InstrumentHistory($0, feed.history(of: $0, count: desk.plan.warmUpBars))
        }
        return try DeskRunner(
            desk.plan, stored, feed: feed, history: history, news: NewsArchive([]).headlines(after:through:),
            speed: nil, clock: ManualTime(), interval: 4, work: work, isStopped: { false })
    }

    private func trade(_ symbol: Symbol) -> Value {
        ["trades": [["symbol": .text(symbol.name), "side": "buy", "quantity": 7, "reason": "a test"]]]
    }

    /// Hands a piece of work in and waits until it stands in the line.
    private func hand(_ order: TaskOrder, to jobs: DeskJobs) async -> Task<Value, any Error> {
        let task = Task { try await jobs.perform(order) }
        while !jobs.isWaiting { await Task.yield() }
        return task
    }

    @Test func `a step reads the desk and orders on it between two moments, and all of it is derived again`()
        async throws
    {
        let (jobs, journal, display) = (DeskJobs(), InMemoryJournal(), QuietDisplay())
        var runner = try runner(stored, work(jobs, stored, journal))
        for _ in 0..<6 { _ = try runner.handleNext(display) }
        let symbol = desk.plan.universe.instruments[0].symbol
        let ordered = await hand(order("execute_orders", trade(symbol)), to: jobs)
        #expect(try runner.doWork(display))
        let output = try await ordered.value
        #expect(output["orders"]?.list?.count == 1)
        let reading = await hand(order("order_tracking", run: "run-1"), to: jobs)
        #expect(try runner.doWork(display))
        #expect(try await reading.value["in_flight"] != nil)
        #expect(try !runner.doWork(display))
        while try runner.handleNext(display) {}
        _ = try runner.finish()
        let archive = try stored.decisions(named: "workflow:run-1/step")
        #expect(archive.count == 1)
        var cursor = try DeskStore(ofHome: stored.folder.path).audit.records()
        var records: [DecisionRecord] = []
        while let record = try cursor.next() { records.append(try #require(DecisionRecord(record))) }
        #expect(try DecisionReplay.verify { records }.difference == nil)
    }

    @Test func `a step that is done again after a crash orders nothing more and puts out the same`() async throws {
        let (jobs, journal, display) = (DeskJobs(), InMemoryJournal(), QuietDisplay())
        var first = try runner(stored, work(jobs, stored, journal))
        for _ in 0..<6 { _ = try first.handleNext(display) }
        let symbol = desk.plan.universe.instruments[0].symbol
        let wanted = order("execute_orders", trade(symbol))
        let ordered = await hand(wanted, to: jobs)
        _ = try first.doWork(display)
        let output = try await ordered.value
        // The process dies: neither what steps have done nor the step's output was kept.
        let again = try desk.stored(home.path)
        let fresh = DeskJobs()
        var second = try runner(again, work(fresh, again, InMemoryJournal()))
        while again.isCatchingUp { _ = try second.handleNext(display) }
        let repeated = await hand(wanted, to: fresh)
        #expect(try second.doWork(display))
        #expect(try await repeated.value["order_id"] == output["order_id"])
        #expect(try again.decisions(named: "workflow:run-1/step").count == 1)
        while try second.handleNext(display) {}
        _ = try second.finish()
    }

    @Test func `work that waits when the desk ends, or comes later, is told so`() async throws {
        let jobs = DeskJobs()
        let waiting = await hand(order("order_tracking"), to: jobs)
        jobs.close()
        await #expect(throws: TaskFailure.self) { try await waiting.value }
        await #expect(throws: TaskFailure.self) { try await jobs.perform(order("order_tracking")) }
    }

    @Test func `work that is called off leaves the line`() async throws {
        let jobs = DeskJobs()
        let waiting = await hand(order("order_tracking"), to: jobs)
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(!jobs.isWaiting)
    }
}
