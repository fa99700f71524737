import Determinism
import MarketData
import Synchronization
import Testing
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

@testable import TradingDesk

/// Trading days on a clock and a service.
@Suite struct TradingDayServiceTests {
    private let wednesday = NewYorkTime.moment(CivilDate(daysSinceEpoch: 20_054), hour: 5)

    /// A clock that stops at a moment and, until then, is where whoever sleeps wants it.
    private struct Scene {
        let time: ManualTime
        let journal: InMemoryJournal
        let done: DoneTasks
    }

    /// What was done, by the tasks' keys.
    private final class DoneTasks: Sendable {
        private let keys = Mutex<[String]>([])

        func add(_ key: String) { keys.withLock { $0.append(key) } }

        var all: [String] { keys.withLock { $0 } }
    }

    private func scene(at moment: Timestamp) -> Scene {
        Scene(time: ManualTime(at: moment), journal: InMemoryJournal(), done: DoneTasks())
    }

    private func service(_ scene: Scene) -> WorkflowService {
        var handlers = TaskHandlers()
        for type in StepLibrary.standard.catalog.types.keys {
            handlers.add(type) { [done = scene.done] order in
                done.add(order.idempotencyKey)
                return .object([:])
            }
        }
        let plans = (try? TradingDays(TradingDayPlan()))?.workflows.values.map { $0 } ?? []
        return WorkflowService(journal: scene.journal, handlers: handlers, time: scene.time, plans: plans)
    }

    /// Serves until so many dates were looked at, the clock going on to a moment and no further, and then does `body`.
    private func serve(
        _ scene: Scene, dates: Int, until limit: Timestamp,
        _ body: @Sendable (TradingDayService, WorkflowService) async throws -> Void
    ) async throws -> [TradingDayService.Note] {
        let service = service(scene)
        let days = try TradingDayService(TradingDayPlan(), on: service, time: scene.time)
        let (notes, teller) = AsyncStream.makeStream(of: TradingDayService.Note.self)
        let serving = Task { try await service.run() }
        let looking = Task { try await days.run { teller.yield($0) } }
        let moving = Task { [time = scene.time] in
            while !Task.isCancelled {
                let next = await time.nextDeadline()
                guard next <= limit else { return }
                if next > time.now { time.advance(to: next) }
                await Task.yield()
            }
        }
        var found: [TradingDayService.Note] = []
        for await note in notes {
            found.append(note)
            if found.count == dates { break }
        }
        moving.cancel()
        try await body(days, service)
        looking.cancel()
        service.stop()
        try await serving.value
        _ = await looking.result
        return found
    }

    @Test func `sessions are started by name and closed days say why`() async throws {
        let scene = scene(at: wednesday)
        let notes = try await serve(scene, dates: 4, until: wednesday + .seconds(4 * 86_400)) { _, _ in }
        #expect(notes.map(\.date.description) == ["2024-11-27", "2024-11-28", "2024-11-29", "2024-11-30"])
        #expect(
            notes.map(\.outcome) == [
                .started(RunID("standard-trading-day/2024-11-27")), .closed(reason: "Thanksgiving Day"),
                .started(RunID("standard-trading-day/2024-11-29")), .closed(reason: "Weekend"),
            ])
    }

    @Test func `a day that a service left is taken up and not begun twice`() async throws {
        let scene = scene(at: wednesday)
        _ = try await serve(scene, dates: 1, until: wednesday + .seconds(3_600)) { _, _ in }
        let notes = try await serve(scene, dates: 1, until: wednesday + .seconds(3_600)) { _, _ in }
        #expect(notes.map(\.outcome) == [.takenUp(RunID("standard-trading-day/2024-11-27"))])
    }

    @Test func `a day that is over is not begun`() async throws {
        let scene = scene(at: NewYorkTime.moment(CivilDate(daysSinceEpoch: 20_054), hour: 22))
        let notes = try await serve(scene, dates: 1, until: wednesday + .seconds(3_600)) { _, _ in }
        #expect(notes.map(\.outcome) == [.over])
    }

    @Test func `a day is made more careful once, and only over the level`() async throws {
        let scene = scene(at: wednesday)
        _ = try await serve(scene, dates: 1, until: wednesday + .seconds(3_600)) { days, service in
            let calm = try await days.observe(VolatilityReading(.index, level: 29.9))
            let first = try await days.observe(VolatilityReading(.index, level: 31))
            let second = try await days.observe(VolatilityReading(.index, level: 35))
            #expect([calm, first, second] == [false, true, false])
            let run = RunID("standard-trading-day/2024-11-27")
            let tasks = await service.machine(of: run)?.plan.definition.tasks ?? []
            let checks = tasks.filter { $0.name.hasPrefix("volatility_check@") }
            #expect(checks.count >= 4)
            #expect(checks.allSatisfy { $0.priority == .critical })
        }
    }
}
