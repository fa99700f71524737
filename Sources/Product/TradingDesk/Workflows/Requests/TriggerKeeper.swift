public import Determinism
public import Triggers
public import WorkflowEngine
public import WorkflowModel

/// Keeps the triggers of all workflows: looks at them when something happens or is due, and starts what they fire.
///
/// Runs are started first and what the triggers remember is kept then. A scheduled firing has the same name after a
/// crash in between, so that its run is not started twice.
public actor TriggerKeeper {
    /// The kind of state that triggers are kept as, by the names of their workflows.
    static let kind = "trigger"

    private let service: WorkflowService
    private let journal: any Journal
    private let time: any TimeSource
    private let isTest: Bool
    private var sets: [String: TriggerSet] = [:]
    private var definitions: [String: [TriggerDefinition]] = [:]

    /// The triggers of a service's workflows; nothing fires before `load`.
    ///
    /// With `isTest` the runs they start must have no effect on a real venue.
    public init(_ service: WorkflowService, _ journal: any Journal, time: any TimeSource, isTest: Bool) {
        self.service = service
        self.journal = journal
        self.time = time
        self.isTest = isTest
    }

    /// Takes up the triggers of plans, the newest version of each workflow, as they were kept.
    public func load(_ plans: [WorkflowPlan]) throws {
        var newest: [String: WorkflowPlan] = [:]
        for plan in plans where plan.version >= newest[plan.name]?.version ?? 0 { newest[plan.name] = plan }
        for (name, plan) in newest where definitions[name] != plan.definition.triggers {
            sets[name] = try TriggerKeeper.stored(plan, journal, at: time.now)
            definitions[name] = plan.definition.triggers
            try keep([name])
        }
    }

    /// Looks at schedules when they are due, until cancelled.
    public func run(every pause: Duration = .seconds(1)) async throws {
        while true {
            try await observe(.tick)
            let next = sets.values.compactMap(\.nextScheduled).min() ?? time.now + pause
            try await time.sleep(until: min(max(next, time.now), time.now + pause))
        }
    }

    /// Shows something to every trigger and starts a run for each firing.
    public func observe(_ observation: Observation) async throws {
        let now = time.now
        // A tick before anything is due changes nothing that is worth keeping.
        let concerned = sets.keys.filter { observation != .tick || sets[$0]?.nextScheduled.map { $0 <= now } == true }
        for name in concerned.sorted() {
            guard let firings = sets[name]?.evaluate(observation, at: now) else { continue }
            for firing in firings { try await start(firing, of: name) }
        }
        try keep(concerned)
    }

    /// Keeps triggers from firing, or lets them fire again.
    public func pause(_ request: WorkflowRequest.Pausing) throws {
        var set = try sets[request.workflow] ?? TriggerSet(of: request.workflow, [], startingAt: time.now)
        try set.apply(request, at: time.now)
        sets[request.workflow] = set
        try keep([request.workflow])
    }

    private func start(_ firing: Firing, of workflow: String) async throws {
        let request = RunRequest(
            workflow, as: RunID(firing.id), input: firing.input, cause: "\(firing.trigger): \(firing.cause)",
            isTest: isTest)
        do {
            try await service.start(request)
        } catch let refusal as EngineRefusal where refusal.code == .runExists {
            // It was started before a crash.
        }
    }

    private func keep(_ names: some Sequence<String>) throws {
        var batch = JournalBatch()
        for name in names {
            if let set = sets[name], !set.machines.isEmpty {
                batch.states[StateKey(TriggerKeeper.kind, name)] = try set.snapshot()
            }
        }
        if !batch.isEmpty { try journal.commit(batch) }
    }
}

extension TriggerKeeper {
    /// The triggers of a workflow as they were kept; those that never were begin at `time`.
    public static func stored(
        _ plan: WorkflowPlan, _ journal: any Journal, at time: Timestamp
    ) throws -> TriggerSet {
        var set = try TriggerSet(of: plan.name, plan.definition.triggers, startingAt: time)
        if let bytes = try journal.value(of: StateKey(kind, plan.name)) { try set.restore(bytes) }
        return set
    }

    /// Pauses or resumes triggers of a workflow that no process serves, and keeps that.
    public static func pause(
        _ plan: WorkflowPlan, _ request: WorkflowRequest.Pausing, in journal: any Journal, at time: Timestamp
    ) throws {
        var set = try stored(plan, journal, at: time)
        try set.apply(request, at: time)
        try journal.commit(JournalBatch(states: [StateKey(kind, plan.name): try set.snapshot()]))
    }
}

extension TriggerSet {
    mutating func apply(_ request: WorkflowRequest.Pausing, at time: Timestamp) throws {
        guard !machines.isEmpty else {
            throw TriggerError(.unknown, "'\(workflow)' has no triggers: only a person starts it")
        }
        if request.isPaused {
            try pause(request.trigger, by: request.by, at: time)
        } else {
            try resume(request.trigger, at: time)
        }
    }
}
