public import Determinism
import Synchronization
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
    private let answers = AnswerTable()
    /// The names of the runs that are being asked for.
    private let names = Mutex<Set<RunID>>([])
    /// How many workers are at work.
    private let busy = Atomic(0)
    private var machine: WorkflowMachine
    private var crew = WorkCrew()
    private var waiters: [RunID: [CheckedContinuation<RunOutcome, any Error>]] = [:]
    private var alarm: (moment: Timestamp, task: Task<Void, Never>)?
    private var isServing = false
    /// Why nothing is served any more; nil before that.
    private var end: (any Error)?

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

    /// Takes up every open run that can be read and serves until `stop`; throws where the journal fails.
    public func run() async throws {
        do {
            try recover()
            isServing = true
            while let inputs = await inbox.next() { try take(inputs, nil) }
            finish(EngineRefusal(.notNow, "the service has ended"))
            if let error = end, !(error is EngineRefusal) { throw error }
        } catch {
            finish(error)
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
    public nonisolated func start(_ request: RunRequest) async throws -> RunID {
        try await begin(request.run) { .start(request, $0) }
    }

    /// Asks for a run to end early; it has not ended when this returns.
    public nonisolated func cancel(_ run: RunID, reason: String) async throws {
        _ = try await ask { .cancel(run, reason: reason, $0) }
    }

    /// Hands in a person's answer to a task that asks.
    public nonisolated func answer(_ approval: Approval) async throws {
        _ = try await ask { .answer(approval, $0) }
    }

    /// Changes the rest of a run.
    public nonisolated func adjust(_ run: RunID, _ adjustment: RunAdjustment) async throws {
        _ = try await ask { .adjust(run, adjustment, $0) }
    }

    /// Starts a copy of a run that does some tasks again, with everything that depends on them.
    @discardableResult
    public nonisolated func fork(
        _ original: RunID, as run: RunID, from tasks: [String], version: Int? = nil
    ) async throws -> RunID {
        let history = try journal.history(of: original)
        let request = ForkRequest(run, of: original, history, from: tasks, version: version)
        return try await begin(run) { .fork(request, $0) }
    }

    /// Asks for a new run; refused where one of its name exists, has ended or is just being asked for.
    private nonisolated func begin(_ run: RunID, _ input: (RequestID) -> EngineInput) async throws -> RunID {
        let taken = EngineRefusal(.runExists, "a run '\(run)' exists already")
        // The name is taken before the journal is asked: a run of it that ends in between is then found there.
        guard names.withLock({ $0.insert(run).inserted }) else { throw taken }
        defer { names.withLock { _ = $0.remove(run) } }
        guard try journal.summary(of: run) == nil else { throw taken }
        try await ask(input)
        return run
    }

    /// Keeps something beside the runs; durable soon after this returns, and before anything that is asked for later.
    public nonisolated func keep(_ states: [StateKey: [UInt8]?]) {
        guard !states.isEmpty else { return }
        inbox.add(.keep(states, [], nil))
        inbox.wake()
    }

    /// Keeps something beside the runs; durable once this returns. Throws where the service has ended.
    public nonisolated func keepDurably(_ states: [StateKey: [UInt8]?]) async throws {
        try await ask { .keep(states, [], $0) }
    }

    /// A run in a few words, also one that has ended; nil where there is no such run.
    public func summary(of run: RunID) throws -> RunSummary? {
        try journal.summary(of: run)
    }

    /// Says that the message which an open run is about was handed out anew.
    func adopt(_ message: LeaseReceipt, for run: RunID) {
        inbox.add(.adopt(run, message))
        inbox.wake()
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
        if let end { throw end }
        return try await withCheckedThrowingContinuation { waiters[run, default: []].append($0) }
    }

    /// An open run's machine; nil where there is no such open run.
    public func machine(of run: RunID) -> RunMachine? { machine.machine(of: run) }

    /// Open runs that could not be taken up, and why: their definitions are gone or have changed.
    public var unreadable: [RunID: String] { machine.unreadable }

    /// How many runs are open, how many tasks are under way and how many wait for a place.
    public var load: (runs: Int, underWay: Int, waiting: Int) {
        (machine.openRuns.count, machine.load.underWay, machine.load.waiting)
    }

    /// Where the circuit breakers stand, by name.
    public var breakers: [String: CircuitBreaker.Status] { machine.breakerStatus(at: time.now) }

    @discardableResult
    private nonisolated func ask(_ input: (RequestID) -> EngineInput) async throws -> RunID? {
        let request = answers.newRequest()
        inbox.add(input(request))
        if busy.load(ordering: .relaxed) == 0 { await takeAll() } else { inbox.wake() }
        return try await answers.answer(to: request)
    }

    // MARK: - Deciding, keeping, doing
    //
    // While several workers are busy, the loop in `run` decides about everything that has come in during its last
    // write: one write serves many. A worker that is alone decides about its own result and goes on, without waiting
    // for another thread.

    private func recover() throws {
        for (name, bytes) in try journal.values(of: "breaker") {
            guard let breaker = CircuitBreaker(bytes) else {
                throw JournalError(.corrupt, "the stored circuit breaker '\(name)' cannot be read")
            }
            machine.restore(breaker, named: name)
        }
        for run in try journal.openRuns() { try restore(run.run) }
        try perform(machine.recover(at: time.now), nil)
    }

    /// Takes up an open run; one that cannot be read is left as it is, told of, and does not keep the others waiting.
    private func restore(_ run: RunID) throws {
        let history = try journal.history(of: run)
        do {
            try machine.restore(run, history)
        } catch {
            machine.setAside(run, because: "\(error)")
            events.publish(
                OrchestrationEvent(.systemAlert, at: time.now, run: run, detail: ["unreadable": .text("\(error)")]))
        }
    }

    private func takeAll() {
        guard isServing, end == nil else { return inbox.wake() }
        do { try take(inbox.take(), nil) } catch { finish(error) }
    }

    /// Decides about inputs, keeps what follows, and does it; `worker` is free for the first order, which is returned.
    @discardableResult
    private func take(_ inputs: [EngineInput], _ worker: WorkerID?) throws -> TaskOrder? {
        guard !inputs.isEmpty else { return nil }
        for case .settled(let key, _) in inputs { crew.settled(key) }
        return try perform(machine.handle(inputs, at: time.now), worker)
    }

    @discardableResult
    private func perform(_ step: EngineStep, _ worker: WorkerID?) throws -> TaskOrder? {
        if !step.batch.isEmpty { try journal.commit(step.batch) }
        events.publish(step.batch)
        var next: TaskOrder?
        for command in step.commands {
            switch command {
            case .perform(let order):
                busy.add(1, ordering: .relaxed)
                if next == nil, let worker, crew.give(order.key, to: worker) { next = order } else { begin(order) }
            case .cancel(let key): crew.cancel(key)
            case .ended(let run, let outcome):
                for waiter in waiters.removeValue(forKey: run) ?? [] { waiter.resume(returning: outcome) }
            case .granted(let request, let run): answers.answer(request, .success(run))
            case .refused(let request, let refusal): answers.answer(request, .failure(refusal))
            }
        }
        setAlarm()
        return next
    }

    private func begin(_ order: TaskOrder) {
        let worker = crew.newWorker()
        crew.hire(worker, order.key, Task { await work(order, as: worker) })
    }

    /// Does an order, and further ones as long as nobody else is at work.
    private nonisolated func work(_ first: TaskOrder, as worker: WorkerID) async {
        var next: TaskOrder? = first
        while let order = next {
            let result = await result(of: order)
            inbox.add(.settled(order.key, result))
            guard busy.subtract(1, ordering: .relaxed).newValue == 0 else { return inbox.wake() }
            next = await goOn(worker, after: order.key)
        }
    }

    /// Decides about what has come in; gives what the worker is to do next, nil where it is not needed any more.
    private func goOn(_ worker: WorkerID, after key: TaskKey) -> TaskOrder? {
        guard isServing, end == nil else {
            inbox.wake()
            return nil
        }
        crew.goesOn(after: key)
        do {
            let next = try take(inbox.take(), worker)
            if next == nil { crew.leave(worker) }
            return next
        } catch {
            finish(error)
            return nil
        }
    }

    private nonisolated func result(of order: TaskOrder) async -> TaskResult {
        // A cache that cannot be read costs the work, nothing else.
        if let slot = order.cache, let bytes = try? journal.value(of: slot.key), let result = CachedResult(bytes),
            time.now < result.until
        {
            return .completed(result.output, cached: true)
        }
        return await handlers.perform(order)
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
        inbox.add(.tick)
        inbox.wake()
    }

    /// Ends what is under way and tells everybody who waits.
    private func finish(_ error: any Error) {
        guard end == nil else { return }
        end = error
        inbox.close()
        alarm?.task.cancel()
        alarm = nil
        crew.dismiss()
        answers.close(error)
        for waiter in waiters.values.joined() { waiter.resume(throwing: error) }
        waiters = [:]
    }
}
