public import Determinism
import MarketData
public import Triggers
public import WorkflowEngine
public import WorkflowModel

/// Which workflows' triggers a service takes care of, and who pauses them.
public actor TriggerRoster {
    /// Looks at the triggers and starts what they fire.
    public nonisolated let keeper: TriggerKeeper
    private var known: [String: WorkflowDefinition] = [:]

    /// A roster of nobody. With `isTest` the runs that triggers start must have no effect on a real venue; without it a
    /// workflow that asks for work which nobody does is not started.
    public init(
        _ service: WorkflowService, _ journal: any Journal, steps: WorkflowSteps, time: any TimeSource, isTest: Bool
    ) {
        keeper = TriggerKeeper(service: service, journal: journal, time: time) { definition, firing in
            let unknown = isTest ? [] : steps.unknownTypes(of: definition)
            guard unknown.isEmpty else {
                return .skip(reason: "nobody does work of the types \(unknown.joined(separator: ", "))")
            }
            return TriggerRoster.admission(definition, at: firing.scheduled ?? firing.time, isTest: isTest)
        }
    }

    /// Whether the day lets a workflow run: closed days are skipped with the reason, others give its stages windows.
    private static func admission(
        _ definition: WorkflowDefinition, at time: Timestamp, isTest: Bool
    ) -> TriggerKeeper.Admission {
        guard let calendar = definition.calendar.flatMap(ExchangeCalendar.named) else { return .run(isTest: isTest) }
        let date = StageClock.date(at: time, calendar: calendar)
        switch StageClock.windows(of: definition, on: date, calendar: calendar) {
        case .closed(let reason): return .skip(reason: "\(calendar.name) is closed on \(date): \(reason)")
        case .windows(let windows): return .run(windows: windows, isTest: isTest)
        }
    }

    /// Takes care of the newest version of each workflow; those that did not change stay as they are.
    public func load(_ plans: [WorkflowPlan]) async throws {
        var newest: [String: WorkflowPlan] = [:]
        for plan in plans where plan.version >= newest[plan.name]?.version ?? 0 { newest[plan.name] = plan }
        for (name, plan) in newest where known[name] != plan.definition {
            try await keeper.add(plan.definition)
            known[name] = plan.definition
        }
    }

    func pause(_ request: WorkflowRequest.Pausing) async throws {
        guard await keeper.status[request.workflow]?.isEmpty == false else {
            throw TriggerRoster.none(request.workflow)
        }
        if request.isPaused {
            try await keeper.pause(request.workflow, request.trigger, by: request.by)
        } else {
            try await keeper.resume(request.workflow, request.trigger)
        }
    }

    fileprivate static func none(_ workflow: String) -> TriggerError {
        TriggerError(.unknown, "'\(workflow)' has no triggers: only a person starts it")
    }
}

extension TriggerRoster {
    /// The triggers of a workflow as they were kept; those that never were begin at `time`.
    public static func stored(
        _ plan: WorkflowPlan, _ journal: any Journal, at time: Timestamp
    ) throws -> TriggerSet {
        var set = try TriggerSet(of: plan.name, plan.definition.triggers, startingAt: time)
        if let bytes = try journal.value(of: key(plan)) { try set.restore(bytes) }
        return set
    }

    /// Pauses or resumes triggers of a workflow that no process serves, and keeps that.
    public static func pause(
        _ plan: WorkflowPlan, _ request: WorkflowRequest.Pausing, in journal: any Journal, at time: Timestamp
    ) throws {
        guard !plan.definition.triggers.isEmpty else { throw none(plan.name) }
        var set = try stored(plan, journal, at: time)
        if request.isPaused {
            try set.pause(request.trigger, by: request.by, at: time)
        } else {
            try set.resume(request.trigger, at: time)
        }
        try journal.commit(JournalBatch(states: [key(plan): try set.snapshot()]))
    }

    /// Where the engine's keeper keeps what triggers remember.
    private static func key(_ plan: WorkflowPlan) -> StateKey { StateKey("trigger", plan.name) }
}
