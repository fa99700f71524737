public import Determinism
public import Triggers
public import WorkflowModel

/// Shows what happens to the triggers of workflows and starts a run for each that fires.
///
/// What the triggers remember is kept in the same write as the start of the run, and otherwise every second, so that a
/// restart goes on where they stood.
public actor TriggerKeeper {
    /// What is to become of a firing.
    public enum Admission: Sendable, Hashable {
        /// A run starts, with these windows for its stages; a test has no effect on a real venue.
        case run(windows: [RunHeader.Window?]? = nil, isTest: Bool = false)
        /// No run starts, for a reason in words.
        case skip(reason: String)
    }

    /// A firing and what became of it.
    public struct Outcome: Sendable, Hashable {
        /// The firing.
        public let firing: Firing
        /// The run that it started; nil where none was.
        public let run: RunID?
        /// Why none was started; nil where one was.
        public let reason: String?
    }

    private let service: WorkflowService
    private let journal: any Journal
    private let time: any TimeSource
    private let admit: @Sendable (WorkflowDefinition, Firing) -> Admission
    private var sets: [String: (definition: WorkflowDefinition, triggers: TriggerSet)] = [:]
    private var unsaved: Set<String> = []
    private var saved = Timestamp(nanoseconds: 0)

    /// A keeper without workflows; `admit` says what is to become of a firing.
    public init(
        service: WorkflowService, journal: any Journal, time: any TimeSource,
        admit: @escaping @Sendable (WorkflowDefinition, Firing) -> Admission = { _, _ in .run() }
    ) {
        self.service = service
        self.journal = journal
        self.time = time
        self.admit = admit
    }

    /// Takes care of a workflow's triggers, which go on where they stood; one that changed begins anew.
    public func add(_ definition: WorkflowDefinition) throws {
        var triggers = try TriggerSet(of: definition.name, definition.triggers, startingAt: time.now)
        if let bytes = try journal.value(of: TriggerKeeper.key(definition.name)) { try triggers.restore(bytes) }
        sets[definition.name] = (definition, triggers)
    }

    /// How the triggers of each workflow stand.
    public var status: [String: [TriggerStatus]] { sets.mapValues(\.triggers.status) }

    /// Keeps a workflow's trigger, or all of them, from firing until resumed.
    public func pause(_ workflow: String, _ trigger: String? = nil, by person: String) async throws {
        try sets[workflow]?.triggers.pause(trigger, by: person, at: time.now)
        try await service.keepDurably(snapshots(of: [workflow]))
    }

    /// Lets a workflow's trigger, or all of them, fire again.
    public func resume(_ workflow: String, _ trigger: String? = nil) async throws {
        try sets[workflow]?.triggers.resume(trigger, at: time.now)
        try await service.keepDurably(snapshots(of: [workflow]))
    }

    /// Shows something that happened to all triggers and gives every firing with what became of it.
    @discardableResult
    public func observe(_ observation: Observation) async throws -> [Outcome] {
        let now = time.now
        var outcomes: [Outcome] = []
        for workflow in sets.keys.sorted() {
            guard let firings = sets[workflow]?.triggers.evaluate(observation, at: now) else { continue }
            unsaved.insert(workflow)
            // What the triggers remember goes with the last: after a crash before it, the others fire again under the
            // same ids and find their runs.
            for (place, firing) in firings.enumerated() {
                outcomes.append(try await start(workflow, firing, isLast: place == firings.count - 1))
                service.events.publish(
                    OrchestrationEvent(
                        .marketEvent, at: now, subject: "\(workflow)/\(firing.trigger)", detail: firing.input))
            }
        }
        if saved + .seconds(1) <= now { try save(unsaved) }
        return outcomes
    }

    /// Lets scheduled triggers fire when they are due until cancelled; `told` hears what became of each firing.
    public func run(told: @Sendable (Outcome) -> Void = { _ in }) async throws {
        while true {
            for outcome in try await observe(.tick) { told(outcome) }
            let next = sets.values.compactMap(\.triggers.nextScheduled).min()
            do {
                // Workflows may come in the meantime, so that the sleep is never long.
                let latest = time.now + .seconds(30)
                try await time.sleep(until: min(next ?? latest, latest))
            } catch {
                try save(unsaved)
                throw error
            }
        }
    }

    private func start(_ workflow: String, _ firing: Firing, isLast: Bool) async throws -> Outcome {
        guard let definition = sets[workflow]?.definition else {
            return Outcome(firing: firing, run: nil, reason: "the workflow is gone")
        }
        switch admit(definition, firing) {
        case .skip(let reason):
            if isLast { try save([workflow]) }
            return Outcome(firing: firing, run: nil, reason: reason)
        case .run(let windows, let isTest):
            var request = RunRequest(
                workflow, as: RunID(firing.id), input: firing.input, cause: "\(firing.trigger): \(firing.cause)",
                isTest: isTest)
            request.windows = windows
            if isLast { request.states = try snapshots(of: [workflow]) }
            do {
                return Outcome(firing: firing, run: try await service.start(request), reason: nil)
            } catch let refusal as EngineRefusal where refusal.code == .runExists {
                if isLast { try save([workflow]) }
                return Outcome(firing: firing, run: request.run, reason: nil)
            }
        }
    }

    private func save(_ workflows: Set<String>) throws {
        service.keep(try snapshots(of: workflows))
        unsaved.subtract(workflows)
        saved = time.now
    }

    private func snapshots(of workflows: Set<String>) throws -> [StateKey: [UInt8]?] {
        var states: [StateKey: [UInt8]?] = [:]
        for workflow in workflows {
            guard let set = sets[workflow] else { continue }
            states[TriggerKeeper.key(workflow)] = try set.triggers.snapshot()
        }
        return states
    }

    private static func key(_ workflow: String) -> StateKey { StateKey("trigger", workflow) }
}
