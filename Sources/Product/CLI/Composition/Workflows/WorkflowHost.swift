import Determinism
import Storage
import TradingDesk
import WorkflowEngine
import WorkflowStore

/// Serves a home's workflows while something goes on: open runs, requests and schedules.
struct WorkflowHost: Sendable {
    let home: WorkflowHome
    /// How many tasks may be under way at once.
    var capacity = 5
    /// Whether runs that triggers start must have no effect on a real venue; nil where triggers start none.
    var triggersAreTests: Bool?

    /// Serves until `body` is done; throws where the service cannot go on.
    func serve<Result: Sendable>(
        _ body: @escaping @Sendable (WorkflowService) async throws -> Result
    ) async throws -> Result {
        let plans = try home.library.plans()
        let service = WorkflowService(
            journal: home.journal, handlers: WorkflowHome.steps.handlers, time: home.time, capacity: capacity,
            plans: plans)
        let triggers = TriggerRoster(
            service, home.journal, steps: WorkflowHome.steps, time: home.time, isTest: triggersAreTests ?? true)
        try await triggers.load(plans)
        let intake = RequestIntake(
            service, home.box, home.queues, library: home.library, steps: WorkflowHome.steps, triggers: triggers,
            time: home.time)
        try SystemReport.noteStart(in: home.journal, at: home.time.now)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            defer {
                service.stop()
                group.cancelAll()
            }
            group.addTask { try await nothing { try await service.run() } }
            group.addTask { try await nothing { try await intake.run() } }
            if triggersAreTests != nil { group.addTask { try await nothing { try await triggers.keeper.run() } } }
            group.addTask { try await body(service) }
            while let done = try await group.next() {
                if let done { return done }
            }
            throw CommandFailure("the workflow service ended before its time", code: "service")
        }
    }
}

/// Does something that has no result of its own.
private func nothing<Result>(_ body: () async throws -> Void) async throws -> Result? {
    try await body()
    return nil
}
