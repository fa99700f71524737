import Determinism
import Storage
import TaskQueues
import TradingDesk
import Triggers
import WorkflowEngine
import WorkflowStore

/// Serves a home's workflows while something goes on: open runs, requests and schedules.
struct WorkflowHost: Sendable {
    let home: WorkflowHome
    /// How many tasks may be under way at once.
    var capacity = 5
    /// What is done with the queues that ship with the program.
    var queues = Queues.left
    /// Whether the trading days are run by the clock.
    var runsDays = false
    /// Whether runs that triggers start must have no effect on a real venue; nil where triggers start none.
    var triggersAreTests: Bool?
    /// The types of work that are done here, and who does them.
    var steps = WorkflowHome.steps
    /// What becomes known on the market, for triggers to fire at; nil where no market runs here.
    var observations: AsyncStream<Observation>?

    /// What is done with the queues that ship with the program.
    enum Queues {
        /// Nothing.
        case left
        /// They are made where they are missing.
        case made
        /// They are made, their messages start workflows, and dead letters are dealt with.
        case served
    }

    /// Serves until `body` is done; throws where the service cannot go on.
    func serve<Result: Sendable>(
        _ body: @escaping @Sendable (WorkflowService) async throws -> Result
    ) async throws -> Result {
        let plans = try home.library.plans()
        let service = WorkflowService(
            journal: home.journal, handlers: steps.handlers, time: home.time, capacity: capacity,
            plans: plans)
        let triggers = TriggerRoster(
            service, home.journal, steps: steps, time: home.time, isTest: triggersAreTests ?? true)
        try await triggers.load(plans)
        let intake = RequestIntake(
            service, home.box, home.queues, library: home.library, steps: steps, triggers: triggers,
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
            if let observations {
                group.addTask {
                    try await nothing { for await seen in observations { try await triggers.keeper.observe(seen) } }
                }
            }
            if queues != .left { try QueuePresets.make(in: home.queues, at: home.time.now) }
            if queues == .served { addQueues(to: &group, service) }
            if runsDays { try addDays(to: &group, service) }
            group.addTask { try await body(service) }
            while let done = try await group.next() {
                if let done { return done }
            }
            throw CommandFailure("the workflow service ended before its time", code: "service")
        }
    }
}

extension WorkflowHost {
    /// The trading day of every session.
    private func addDays<Result: Sendable>(
        to group: inout ThrowingTaskGroup<Result?, any Error>, _ service: WorkflowService
    ) throws {
        let days = try TradingDayService(
            TradingDayPlan(), on: service, time: home.time, isTest: triggersAreTests ?? true)
        group.addTask { try await nothing { try await days.run() } }
    }

    /// What messages lead to, and what to do with dead letters.
    private func addQueues<Result: Sendable>(
        to group: inout ThrowingTaskGroup<Result?, any Error>, _ service: WorkflowService
    ) {
        let (isTest, time, queues) = (triggersAreTests ?? true, home.time, home.queues)
        for route in QueuePresets.routes {
            let intake = MessageIntake(
                from: route.queue, MessageIntake.Routes([route.kind: route.workflow]), queues: queues,
                service: service, time: time, isTest: isTest)
            group.addTask { try await nothing { try await intake.run() } }
        }
        let letters = DeadLetterKeeper(
            QueuePresets.deadLetters, queues: queues, events: service.events, time: time)
        group.addTask { try await nothing { try await letters.run() } }
    }
}

/// Does something that has no result of its own.
private func nothing<Result>(_ body: () async throws -> Void) async throws -> Result? {
    try await body()
    return nil
}
