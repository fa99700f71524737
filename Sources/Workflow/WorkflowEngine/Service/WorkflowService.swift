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
    private let requestNumbers = Mutex<UInt64>(0)
    private var machine: WorkflowMachine
    private var crew = WorkCrew()
    private var answers: [RequestID: Result<RunID, any Error>] = [:]
    private var requests: [RequestID: CheckedContinuation<RunID, any Error>] = [:]
    private var waiters: [RunID: [CheckedContinuation<RunOutcome, any Error>]] = [:]
    /// The names of the runs that are being asked for.
    private let names = Mutex<Set<RunID>>([])
    private var alarm: (moment: Timestamp, task: Task<Void, Never>)?
    private var phase = Phase.new
    private var ending: CheckedContinuation<Void, any Error>?

    private enum Phase {
        case new
        case serving
        case ended(any Error)
    }

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
        do {
            if case .ended(let error) = phase { throw error }
            try recover()
            phase = .serving
            advance()
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if case .ended(let error) = phase { return continuation.resume(throwing: error) }
                ending = continuation
            }
        } catch is Stopped {
            return
        } catch {
            end(error)
            throw error
        }
    }

    private struct Stopped: Error {}

    /// Ends `run`: work under way is cancelled and begun again by the next service over the same journal.
    public nonisolated func stop() {
        Task { await end(Stopped()) }
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
        guard try journal.summary(of: run) == nil, names.withLock({ $0.insert(run).inserted }) else {
            throw EngineRefusal(.runExists, "a run '\(run)' exists already")
        }
        defer { names.withLock { _ = $0.remove(run) } }
        return try await ask(input)
    }

    /// Keeps something beside the runs; durable soon after this returns, and before anything that is asked for later.
    public nonisolated func keep(_ states: [StateKey: [UInt8]?]) {
        guard !states.isEmpty else { return }
        inbox.add(.keep(states, []))
        Task { await advance() }
    }

    /// A run in a few words, also one that has ended; nil where there is no such run.
    public func summary(of run: RunID) throws -> RunSummary? {
        try journal.summary(of: run)
    }

    /// Says that the message which an open run is about was handed out anew.
    func adopt(_ message: LeaseReceipt, for run: RunID) {
        inbox.add(.adopt(run, message))
        advance()
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
        if case .ended(let error) = phase { throw WorkflowService.told(error) }
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

    private nonisolated func ask(_ input: (RequestID) -> EngineInput) async throws -> RunID {
        let number = requestNumbers.withLock { number in
            number += 1
            return number
        }
        inbox.add(input(RequestID(number)))
        return try await answer(to: RequestID(number))
    }

    private func answer(to request: RequestID) async throws -> RunID {
        if answers[request] == nil { advance() }
        if let answer = answers.removeValue(forKey: request) { return try answer.get() }
        if case .ended(let error) = phase { throw WorkflowService.told(error) }
        return try await withCheckedThrowingContinuation { requests[request] = $0 }
    }

    private func recover() throws {
        for (name, bytes) in try journal.values(of: "breaker") {
            if let breaker = CircuitBreaker(bytes) { machine.restore(breaker, named: name) }
        }
        for run in try journal.openRuns() { try machine.restore(run.run, journal.history(of: run.run)) }
        try perform(machine.recover(at: time.now), [])
    }

    /// Decides about everything that has come in, keeps what follows, and does it.
    private func advance() {
        guard case .serving = phase else { return }
        let contents = inbox.take()
        guard !contents.inputs.isEmpty else { return }
        for case .settled(let key, _) in contents.inputs { crew.settled(key) }
        do {
            try perform(machine.handle(contents.inputs, at: time.now), contents.workers)
        } catch {
            end(error)
        }
    }

    private func perform(_ step: EngineStep, _ workers: [WorkerID]) throws {
        if !step.batch.isEmpty { try journal.commit(step.batch) }
        events.publish(step.batch)
        var free = workers[...]
        for command in step.commands {
            switch command {
            case .perform(let order): begin(order, &free)
            case .cancel(let key): crew.cancel(key)
            case .ended(let run, let outcome):
                for waiter in waiters.removeValue(forKey: run) ?? [] { waiter.resume(returning: outcome) }
            case .granted(let request, let run): answer(request, .success(run))
            case .refused(let request, let refusal): answer(request, .failure(refusal))
            }
        }
        setAlarm()
    }

    private func answer(_ request: RequestID, _ result: Result<RunID, any Error>) {
        guard let continuation = requests.removeValue(forKey: request) else {
            answers[request] = result
            return
        }
        continuation.resume(with: result)
    }

    /// Gives an order to a worker that has just become free, or to a new one.
    private func begin(_ order: TaskOrder, _ free: inout ArraySlice<WorkerID>) {
        while let worker = free.popFirst() {
            if crew.give(order, to: worker) { return }
        }
        let worker = crew.newWorker()
        crew.hire(worker, order.key, Task { await work(order, as: worker) })
    }

    /// Does one order after the other until there is none.
    private nonisolated func work(_ first: TaskOrder, as worker: WorkerID) async {
        var next: TaskOrder? = first
        while let order = next {
            inbox.add(.settled(order.key, await result(of: order)), from: worker)
            next = await nextOrder(for: worker)
        }
    }

    /// What a worker is to do next; nil where it is not needed any more.
    ///
    /// Whoever finds that its work is decided already leaves the deciding to the first who does not, so that what comes
    /// in while a write is under way shares the next one.
    private func nextOrder(for worker: WorkerID) -> TaskOrder? {
        if let order = crew.order(for: worker) { return order }
        advance()
        if let order = crew.order(for: worker) { return order }
        crew.leave(worker)
        return nil
    }

    private nonisolated func result(of order: TaskOrder) async -> TaskResult {
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
        advance()
    }

    private func end(_ error: any Error) {
        if case .ended = phase { return }
        phase = .ended(error)
        alarm?.task.cancel()
        alarm = nil
        crew.dismiss()
        let told = WorkflowService.told(error)
        for request in requests.values { request.resume(throwing: told) }
        for waiter in waiters.values.joined() { waiter.resume(throwing: told) }
        requests = [:]
        waiters = [:]
        ending?.resume(throwing: error)
        ending = nil
    }

    private static func told(_ error: any Error) -> any Error {
        error is Stopped ? EngineRefusal(.notNow, "the service has ended") : error
    }
}
