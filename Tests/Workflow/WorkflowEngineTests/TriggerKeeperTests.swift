import Determinism
import Testing
import Triggers
import WorkflowModel

@testable import WorkflowEngine

@Suite("Trigger keeper") struct TriggerKeeperTests {
    private let time = ManualTime(at: Timestamp(nanoseconds: 1_700_000_000_000_000_000))
    private let journal = InMemoryJournal()

    @Test func `a price that moved far enough starts a run, also when it moved across a restart`() async throws {
        try await serve { _, keeper in
            _ = try await keeper.observe(.price(symbol: "AAPL", price: 100))
            time.advance(by: .seconds(2))
            _ = try await keeper.observe(.price(symbol: "AAPL", price: 101))
        }
        try await serve { service, keeper in
            time.advance(by: .seconds(2))
            let outcomes = try await keeper.observe(.price(symbol: "AAPL", price: 103))
            let run = try #require(outcomes.first?.run)
            let found1 = try await service.outcome(of: run)
            #expect(found1 == .completed)
            let found2 = try await service.summary(of: run)?.header.cause?.hasPrefix("price_change: ")
            #expect(found2 == true)
            #expect(await keeper.status["w"]?.first?.firings == 1)
        }
    }

    @Test func `a firing that is not admitted starts nothing and says why`() async throws {
        try await serve(admit: { _, _ in .skip(reason: "closed: Thanksgiving Day") }) { _, keeper in
            _ = try await keeper.observe(.price(symbol: "AAPL", price: 100))
            let outcomes = try await keeper.observe(.price(symbol: "AAPL", price: 110))
            #expect(outcomes.map(\.reason) == ["closed: Thanksgiving Day"])
        }
        #expect(try journal.finishedRuns(limit: 9).isEmpty)
    }

    private func serve(
        admit: @escaping @Sendable (WorkflowDefinition, Firing) -> TriggerKeeper.Admission = { _, _ in .run() },
        _ body: (WorkflowService, TriggerKeeper) async throws -> Void
    ) async throws {
        let trigger = TriggerDefinition(.priceChange(symbol: "AAPL", threshold: 0.02, direction: .any))
        let definition = WorkflowDefinition("w", tasks: [TaskDefinition("a", .join)], triggers: [trigger])
        let service = WorkflowService(
            journal: journal, handlers: TaskHandlers(), time: time, plans: [try WorkflowPlan(definition)])
        let keeper = TriggerKeeper(service: service, journal: journal, time: time, admit: admit)
        try await keeper.add(definition)
        async let running: Void = service.run()
        do {
            try await body(service, keeper)
            // What was kept earlier is durable before what is asked for later.
            try await service.keepDurably([:])
        } catch {
            service.stop()
            throw error
        }
        service.stop()
        try await running
    }
}
