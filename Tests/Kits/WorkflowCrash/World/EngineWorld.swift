public import Determinism
public import WorkflowEngine
public import WorkflowModel

/// An engine with its journal, its workers and those who ask it for things, on one thread and one made-up clock.
///
/// It is what `WorkflowService` is, without concurrency: the same calls in the same order give the same bytes. The
/// engine's process may die at any commit; journal, ledger and requests live on.
public struct EngineWorld: Sendable {
    /// What a world is made of.
    public struct Setup: Sendable {
        /// Every workflow.
        public var plans: [WorkflowPlan]
        /// How many tasks may be under way at once.
        public var capacity: Int
        /// What is asked for.
        public var requests: [ScriptedRequest]
        /// What a try of a task comes to.
        public var behaviour: @Sendable (TaskOrder) -> WorkBehaviour

        /// A world's parts.
        public init(
            plans: [WorkflowPlan], capacity: Int = 5, requests: [ScriptedRequest],
            behaviour: @escaping @Sendable (TaskOrder) -> WorkBehaviour = { _ in .done }
        ) {
            self.plans = plans
            self.capacity = capacity
            self.requests = requests
            self.behaviour = behaviour
        }
    }

    struct Work: Sendable {
        let order: TaskOrder
        let number: Int
        var due: Timestamp?
        var result: TaskResult
        let effect: String?
        let isCooperative: Bool
    }

    /// When every world begins.
    public static let beginning = Timestamp(nanoseconds: 1_000_000_000_000_000_000)

    let setup: Setup
    let journal: any Journal
    /// When the process dies.
    public internal(set) var fate: Fate
    /// What the engine takes for the present moment.
    public internal(set) var now = EngineWorld.beginning
    /// The engine; nil while its process is dead.
    public internal(set) var machine: WorkflowMachine?
    /// What was done outside.
    public internal(set) var ledger = EffectLedger()
    /// What was asked for and how it was answered.
    public internal(set) var requests: [ScriptedRequest]
    /// How many commits were made or lost.
    public internal(set) var commits = 0
    /// How often the process died.
    public internal(set) var deaths = 0
    /// What was found wrong on the way.
    public internal(set) var complaints: [String] = []
    /// What was known to be kept, to compare the journal with.
    public internal(set) var histories: [RunID: [RunEvent]] = [:]
    /// A queue whose messages become runs; nil where there is none.
    public internal(set) var mail: Mail?
    var work: [TaskKey: Work] = [:]
    var seen: Set<String> = []
    var watch = DispatchWatch()
    private var ends: [String: Timestamp] = [:]
    private var dispatches = 0

    /// A world in which nothing has happened yet.
    public init(_ setup: Setup, journal: any Journal, fate: Fate = .scripted([:])) {
        self.setup = setup
        self.journal = journal
        self.fate = fate
        requests = setup.requests
    }

    /// Lets time pass until nothing is left to happen, or until there were so many steps.
    public mutating func live(atMost steps: Int = 20_000) throws {
        for _ in 0..<steps where try liveOn() { continue }
        guard try liveOn() else { return }
        complaints.append("there was no end after \(steps) steps; open are \(machine?.openRuns ?? [])")
    }

    /// Does the next thing; false where nothing is left to do.
    public mutating func liveOn() throws -> Bool {
        guard machine != nil else {
            try boot()
            return true
        }
        if try handleMail() { return true }
        let inputs = try inputs()
        let isWoken = machine?.nextDeadline.map { $0 <= now } ?? false
        if !inputs.isEmpty || isWoken {
            try take(inputs)
            return true
        }
        guard let next = nextMoment else {
            if let open = machine?.openRuns, !open.isEmpty { complaints.append("nothing moves; open are \(open)") }
            return false
        }
        now = max(now, next)
        return true
    }

    /// The next moment at which something happens.
    var nextMoment: Timestamp? {
        var moments = work.values.compactMap(\.due)
        for request in requests where request.answer == .none && !request.isSent {
            if case .after(let delay) = request.moment { moments.append(EngineWorld.beginning + delay) }
        }
        if let deadline = machine?.nextDeadline { moments.append(deadline) }
        if let look = mail?.look { moments.append(look) }
        return moments.min()
    }

    /// Begins a process over the journal.
    mutating func boot() throws {
        var machine = WorkflowMachine(capacity: setup.capacity)
        for plan in setup.plans { machine.register(plan) }
        for (name, bytes) in try journal.values(of: "breaker").sorted(by: { $0.key < $1.key }) {
            if let breaker = CircuitBreaker(bytes) { machine.restore(breaker, named: name) }
        }
        for run in try journal.openRuns() { try machine.restore(run.run, journal.history(of: run.run)) }
        try compareJournal()
        let step = machine.recover(at: now)
        self.machine = machine
        try perform(step)
    }

    mutating func take(_ inputs: [EngineInput]) throws {
        for case .settled(let key, _) in inputs { finish(key) }
        guard let step = machine?.handle(inputs, at: now) else { return }
        try perform(step)
    }

    private mutating func finish(_ key: TaskKey) {
        guard let done = work.removeValue(forKey: key), let effect = done.effect else { return }
        if done.result != .cancelled { ledger.apply(effect, under: done.order.idempotencyKey) }
    }

    private mutating func perform(_ step: EngineStep) throws {
        if !step.batch.isEmpty {
            commits += 1
            let moment = fate.moment(ofCommit: commits)
            if moment != .before { try journal.commit(step.batch) }
            if moment != nil { return die() }
        }
        note(step.batch)
        for command in step.commands { try perform(command) }
        if let machine { complaints += watch.look(at: step, machine, capacity: setup.capacity) }
    }

    private mutating func perform(_ command: EngineCommand) throws {
        switch command {
        case .perform(let order): try begin(order)
        case .cancel(let key):
            guard work[key]?.isCooperative == true else { return }
            work[key]?.due = now
            work[key]?.result = .cancelled
        case .ended: break
        case .granted(let id, _): answer(id, .granted)
        case .refused(let id, let refusal): answer(id, .refused(refusal))
        }
    }

    private mutating func begin(_ order: TaskOrder) throws {
        dispatches += 1
        if let slot = order.cache, let bytes = try journal.value(of: slot.key), let result = CachedResult(bytes),
            now < result.until
        {
            let result = TaskResult.completed(result.output, cached: true)
            work[order.key] = Work(
                order: order, number: dispatches, due: now, result: result, effect: nil, isCooperative: true)
            return
        }
        try begin(order, setup.behaviour(order))
    }

    /// Work that a dead process had begun ends when it would have ended there.
    private mutating func begin(_ order: TaskOrder, _ behaviour: WorkBehaviour) throws {
        let name = "\(order.idempotencyKey) \(order.key.attempt)"
        let end = max(now, ends[name] ?? now + behaviour.delay)
        ends[name] = end
        var effect = behaviour.hasEffect ? order.content : nil
        var result = TaskResult.cancelled
        switch behaviour.ending {
        case .output(let value): result = .completed(try (value ?? order.echo).json())
        case .failure(let failure): result = .failed(failure)
        case .hang:
            if let content = effect { ledger.apply(content, under: order.idempotencyKey) }
            effect = nil
        }
        work[order.key] = Work(
            order: order, number: dispatches, due: behaviour.ending == .hang ? nil : end, result: result,
            effect: effect, isCooperative: behaviour.isCooperative)
    }

    mutating func die() {
        deaths += 1
        mail?.held = [:]
        mail?.look = now
        machine = nil
        work = [:]
        watch = DispatchWatch()
        for place in requests.indices { requests[place].isSent = false }
    }
}
