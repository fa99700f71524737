import Determinism
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Names of runs in a service") struct WorkflowServiceNameTests {
    @Test func `a name that is taken is refused, and the service goes on`() async throws {
        let journal = InMemoryJournal()
        let plan = try WorkflowPlan(WorkflowDefinition("w", tasks: [TaskDefinition("j", .join)]))
        let service = WorkflowService(journal: journal, handlers: TaskHandlers(), time: ManualTime(), plans: [plan])
        async let running: Void = service.run()
        let (r, s) = (RunID("r"), RunID("s"))
        try await service.start(RunRequest("w", as: r))
        try await service.start(RunRequest("w", as: s))
        await #expect(throws: EngineRefusal.self) { try await service.start(RunRequest("w", as: r)) }
        await #expect(throws: EngineRefusal.self) { try await service.fork(r, as: s, from: ["j"]) }
        await #expect(throws: EngineRefusal.self) { try await service.start(RunRequest("w", as: RunID("r::j"))) }
        let granted = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { (try? await service.start(RunRequest("w", as: RunID("t")))) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(granted == 1)
        #expect(try await service.outcome(of: RunID("t")) == .completed)
        service.stop()
        try await running
        #expect(try journal.finishedRuns(limit: 10).count == 3)
    }
}
