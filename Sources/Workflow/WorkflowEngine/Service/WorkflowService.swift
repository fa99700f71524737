public import Determinism
import TaskQueues
public import WorkflowModel

/// Runs workflows: keeps what the machine decides and then does it.
///
/// Everything that has come in while the last changes were being written is decided and written together, so that many
/// runs share one write. A request is answered once what it changes is durable.
public actor WorkflowService {
    /// What happens, for displays and handlers.
    public nonisolated let events = EventStreams()
    private let journal: any Journal
    private let handlers: TaskHandlers
    private let time: any TimeSource
    private let inbox = Inbox()
    private var machine: WorkflowMachine
    private var work: [TaskKey: Task<Void, Never>] = [:]
    private var requests: [RequestID: CheckedContinuation<RunID, any Error>] = [:]
    private var waiters: [RunID: [CheckedContinuation<RunOutcome, any Error>]] = [:]
    private var lastRequest: UInt64 = 0
    /// The names of the runs that are being asked for.
    private var names: Set<RunID> = []
    private var alarm: (moment: Timestamp, task: Task<Void, Never>)?
    private var failure: (any Error)?

    /// A service over a journal that does at most so many tasks at once; `run` then takes up what is open.
    public init(
        journal: any Journal, handlers: TaskHandlers, time: any TimeSource, capacity: Int = 5, plans: [WorkflowPlan]
    ) {
        self.journal = journal
        self.handlers = handlers
        self.time = time
        machine = WorkflowMachine(capacity: capacity)
        for plan in plans { machine.register(plan) }
    }

    /// Takes up every open run and serves until `stop`; throws where the journal fails or an open run cannot be read.
    public func run() async throws {
        defer { end() }
        do {
            try recover()
            while let inputs = await inbox.next() {
                for case .settled(let key, _) in inputs { work[key] = nil }
                try perform(machine.handle(inputs, at: time.now))
            }
        } catch {
            failure = error
            throw error
        }
    }

    /// Ends `run`: work under way is cancelled and begun again by the next service over the same journal.
    public nonisolated func stop() {
        inbox.close()
    }

    /// Makes a new version of a workflow known; runs that have begun keep theirs.
    public func register(_ plan: WorkflowPlan) {
        machine.register(plan)
    }

    /// Starts a run; it will be done to its end once this returns. Throws an `EngineRefusal` where it cannot be.
    @discardableResult
    public func start(_ request: RunRequest) async throws -> RunID {
        try await begin(request.run) { .start(request, $0) }
    }

    /// Asks for a run to end early; it has not ended when this returns.
    public func cancel(_ run: RunID, reason: String) async throws {
        _ = try await ask { .cancel(run, reason: reason, $0) }
    }

    /// Hands in a person's answer to a task that asks.
    public func answer(_ approval: Approval) async throws {
        _ = try await ask { .answer(approval, $0) }
    }

    /// Changes the rest of a run.
    public func adjust(_ run: RunID, _ adjustment: RunAdjustment) async throws {
        _ = try await ask { .adjust(run, adjustment, $0) }
    }

    /// Starts a copy of a run that does some tasks again, with everything that depends on them.
    @discardableResult
    public func fork(
        _ original: RunID, as run: RunID, from tasks: [String], version: Int? = nil
    ) async throws -> RunID {
        let history = try journal.history(of: original)
        let request = ForkRequest(run, of: original, history, from: tasks, version: version)
        return try await begin(run) { .fork(request, $0) }
    }

    /// Asks for a new run; refused where one of its name exists, has ended or is just being asked for.
    private func begin(_ run: RunID, _ input: (RequestID) -> EngineInput) async throws -> RunID {
        guard try journal.summary(of: run) == nil, names.insert(run).inserted else {
            throw EngineRefusal(.runExists, "a run '\(run)' exists already")
        }
        defer { names.remove(run) }
        return try await ask(input)
    }

    /// Keeps something beside the runs; durable soon after this returns, and before anything that is asked for later.
    public nonisolated func keep(_ states: [StateKey: [UInt8]?]) {
        guard !states.isEmpty else { return }
        inbox.send(.keep(states, []))
    }

    /// A run in a few words, also one that has ended; nil where there is no such run.
    public func summary(of run: RunID) throws -> RunSummary? {
        try journal.summary(of: run)
    }

    /// Says that the message which an open run is about was handed out anew.
    func adopt(_ message: LeaseReceipt, for run: RunID) {
        inbox.send(.adopt(run, message))
    }

    /// Puts events on a queue in the same write as what they tell of, from now on.
    public func subscribe(_ subscription: DurableSubscription) {
        machine.subscribe(subscription)
    }

    /// Waits for a run's end; throws where there is no such run or the service ends first.
    public func outcome(of run: RunID) async throws -> RunOutcome {
        if machine.machine(of: run) == nil {
            guard let summary = try journal.summary(of: run) else {
                throw EngineRefusal(.unknownRun, "there is no run '\(run)'")
            }
            if let outcome = summary.outcome { return outcome }
        }
        if let failure { throw failure }
        return try await withCheckedThrowingContinuation { waiters[run, default: []].append($0) }
    }

    /// An open run's machine; nil where there is no such open run.
    public func machine(of run: RunID) -> RunMachine? { machine.machine(of: run) }

    /// How many runs are open, how many tasks are under way and how many wait for a place.
    public var load: (runs: Int, underWay: Int, waiting: Int) {
        (machine.openRuns.count, machine.load.underWay, machine.load.waiting)
    }

    /// Where the circuit breakers stand, by name.
    public var breakers: [String: CircuitBreaker.Status] { machine.breakerStatus(at: time.now) }

    private func ask(_ input: (RequestID) -> EngineInput) async throws -> RunID {
        if let failure { throw failure }
        lastRequest += 1
        let id = RequestID(lastRequest)
        let input = input(id)
        return try await withCheckedThrowingContinuation { continuation in
            requests[id] = continuation
            inbox.send(input)
        }
    }

    private func recover() throws {
        for (name, bytes) in try journal.values(of: "breaker") {
            if let breaker = CircuitBreaker(bytes) { machine.restore(breaker, named: name) }
        }
        for run in try journal.openRuns() { try machine.restore(run.run, journal.history(of: run.run)) }
        try perform(machine.recover(at: time.now))
    }

    private func perform(_ step: EngineStep) throws {
        if !step.batch.isEmpty { try journal.commit(step.batch) }
        events.publish(step.batch)
        for command in step.commands { perform(command) }
        setAlarm()
    }

    private func perform(_ command: EngineCommand) {
        switch command {
        case .perform(let order): begin(order)
        case .cancel(let key): work[key]?.cancel()
        case .ended(let run, let outcome):
            for waiter in waiters.removeValue(forKey: run) ?? [] { waiter.resume(returning: outcome) }
        case .granted(let id, let run): requests.removeValue(forKey: id)?.resume(returning: run)
        case .refused(let id, let refusal): requests.removeValue(forKey: id)?.resume(throwing: refusal)
        }
    }

    /// Work is not awaited: it tells the inbox what it has come to, and `end` cancels what is left of it.
    private func begin(_ order: TaskOrder) {
        let cached = order.cache.flatMap { cachedOutput($0) }
        work[order.key] = Task { [handlers, inbox] in
            if let cached {
                inbox.send(.settled(order.key, .completed(cached, cached: true)))
            } else {
                inbox.send(.settled(order.key, await handlers.perform(order)))
            }
        }
    }

    private func cachedOutput(_ slot: CacheSlot) -> [UInt8]? {
        guard let bytes = try? journal.value(of: slot.key), let result = CachedResult(bytes), time.now < result.until
        else { return nil }
        return result.output
    }

    private func setAlarm() {
        guard let next = machine.nextDeadline else { return }
        if let alarm, alarm.moment <= next { return }
        alarm?.task.cancel()
        alarm = (
            next,
            Task { [weak self, time] in
                guard (try? await time.sleep(until: next)) != nil else { return }
                await self?.ring(next)
            }
        )
    }

    private func ring(_ moment: Timestamp) {
        guard alarm?.moment == moment else { return }
        alarm = nil
        inbox.send(.tick)
    }

    private func end() {
        alarm?.task.cancel()
        alarm = nil
        for task in work.values { task.cancel() }
        work = [:]
        let error = failure ?? EngineRefusal(.notNow, "the service has ended")
        failure = error
        for request in requests.values { request.resume(throwing: error) }
        for waiter in waiters.values.joined() { waiter.resume(throwing: error) }
        requests = [:]
        waiters = [:]
    }
}
