public import Determinism
public import WorkflowModel

/// Decides what happens in all runs at once: a value that turns inputs into changes to keep and commands to perform.
///
/// It holds the open runs, the tasks that wait for a place, the timers and the circuit breakers. Whoever drives it keeps
/// each step's batch durably before performing the step's commands.
public struct WorkflowMachine: Sendable {
    /// How deep runs may start runs.
    static let greatestDepth = 16

    /// The newest version of each workflow, and all versions that are known.
    public private(set) var catalog = PlanCatalog()
    var runs: [RunID: ActiveRun] = [:]
    var dispatcher: TaskDispatcher
    var breakers: [String: CircuitBreaker] = [:]
    private var subscriptions: [DurableSubscription] = []
    /// Open runs that cannot be taken up, and why.
    public private(set) var unreadable: [RunID: String] = [:]
    private var deadlines = DeadlineQueue()
    /// What follows within the step that is being made.
    private var followUps: [FollowUp] = []

    /// Something that one run's step means for another run, or for itself.
    enum FollowUp {
        case startChild(RunID, place: Int, workflow: String)
        case cancelChild(RunID, of: RunID)
        case countTimeOut(TaskKey)
        case giveUp(RunID, TaskAddress)
        case readBreaker(RunID, place: Int)
        case ended(RunID, RunOutcome)
    }

    /// An engine without runs that does at most so many tasks at once.
    public init(capacity: Int) {
        dispatcher = TaskDispatcher(capacity: capacity)
    }

    /// Makes a version of a workflow known.
    public mutating func register(_ plan: WorkflowPlan) {
        catalog.add(plan)
    }

    /// Makes a stored circuit breaker known.
    public mutating func restore(_ breaker: CircuitBreaker, named name: String) {
        breakers[name] = breaker
    }

    /// Puts events on a queue in the same batch as what they tell of.
    public mutating func subscribe(_ subscription: DurableSubscription) {
        subscriptions.append(subscription)
    }

    /// Takes up an open run where its history ends; `recover` then says what is left to do.
    public mutating func restore(_ run: RunID, _ history: [RunEvent]) throws {
        guard case .runStarted(let header)? = history.first?.fact else {
            throw JournalError(.corrupt, "the run '\(run)' does not begin with its start")
        }
        guard let plan = catalog.plan(header.workflow, version: header.version) else {
            throw EngineRefusal(
                .unknownWorkflow,
                "the run '\(run)' follows '\(header.workflow)' version \(header.version), which is not known")
        }
        var active = ActiveRun(try RunReplay.machine(plan, run: run, history))
        active.recorded = history.count
        active.message = header.message
        runs[run] = active
    }

    /// Leaves an open run alone that cannot be taken up, with the reason; nothing of its name is started.
    public mutating func setAside(_ run: RunID, because reason: String) {
        unreadable[run] = reason
    }

    /// What is left to do after all open runs were restored.
    public mutating func recover(at time: Timestamp) -> EngineStep {
        var step = EngineStep(at: time)
        for run in runs.keys.sorted() {
            advance(run, at: time, &step) { machine throws(RunMachineError) in try machine.recover(at: time) }
        }
        complete(at: time, &step)
        return step
    }

    /// Takes inputs in and says what follows from all of them.
    public mutating func handle(_ inputs: [EngineInput], at time: Timestamp) -> EngineStep {
        var step = EngineStep(at: time)
        for input in inputs {
            take(input, at: time, &step)
            followUp(at: time, &step)
        }
        wake(at: time, &step)
        complete(at: time, &step)
        return step
    }

    /// The next moment at which a run wants to be woken; nil where none does. It may be earlier than needed.
    public var nextDeadline: Timestamp? { deadlines.first }

    /// The open runs in the order of their names.
    public var openRuns: [RunID] { runs.keys.sorted() }

    /// How many tasks are under way and how many wait for a place.
    public var load: (underWay: Int, waiting: Int) { (dispatcher.load, dispatcher.waiting) }

    /// An open run's machine; nil where there is no such open run.
    public func machine(of run: RunID) -> RunMachine? { runs[run]?.machine }

    /// Where the circuit breakers stand, by name.
    public func breakerStatus(at time: Timestamp) -> [String: CircuitBreaker.Status] {
        breakers.mapValues { $0.status(at: time) }
    }

    private mutating func take(_ input: EngineInput, at time: Timestamp, _ step: inout EngineStep) {
        switch input {
        case .settled(let key, let result): return settle(key, result, at: time, &step)
        case .adopt(let run, let message): runs[run]?.message = message
        case .keep(let states, let changes, let id):
            step.batch.states.merge(states) { _, new in new }
            step.batch.queueChanges += changes
            if let id { step.commands.append(.granted(id, nil)) }
        case .tick: return
        case .start(_, let id), .cancel(_, _, let id), .answer(_, let id), .adjust(_, _, let id), .fork(_, let id):
            do {
                let run = try grant(input, at: time, &step)
                if let id { step.commands.append(.granted(id, run)) }
            } catch {
                if let id { step.commands.append(.refused(id, error)) }
            }
        }
    }

    /// Does what somebody asks for and gives the run that it is about.
    private mutating func grant(
        _ input: EngineInput, at time: Timestamp, _ step: inout EngineStep
    ) throws(EngineRefusal) -> RunID {
        switch input {
        case .start(let request, _): try start(request, at: time, &step)
        case .cancel(let run, let reason, _): try request(run, .cancelRequested(reason: reason), at: time, &step)
        case .answer(let approval, _): try answer(approval, at: time, &step)
        case .adjust(let run, let adjustment, _): try adjust(run, adjustment, at: time, &step)
        case .fork(let request, _): try fork(request, at: time, &step)
        case .settled, .tick, .adopt, .keep: throw EngineRefusal(.notNow, "nothing was asked for")
        }
    }

    /// Lets a run's machine do something and takes care of what follows; an error where the machine refuses.
    @discardableResult
    mutating func advance(
        _ run: RunID, at time: Timestamp, _ step: inout EngineStep,
        _ body: (inout RunMachine) throws(RunMachineError) -> RunStep
    ) -> RunMachineError? {
        guard let place = runs.index(forKey: run) else {
            return RunMachineError(.illegalEvent, "the run is not open")
        }
        do {
            absorb(try body(&runs.values[place].machine), of: run, &step)
            return nil
        } catch {
            return error
        }
    }

    private mutating func absorb(_ runStep: RunStep, of run: RunID, _ step: inout EngineStep) {
        if !subscriptions.isEmpty { tell(runStep.events, of: run, &step) }
        step.record(runStep.events, of: run, after: runs[run]?.recorded ?? 0)
        runs[run]?.recorded += runStep.events.count
        for event in runStep.events { release(event, of: run) }
        for command in runStep.commands { obey(command, of: run, &step) }
        schedule(run)
    }

    private func tell(_ events: [RunEvent], of run: RunID, _ step: inout EngineStep) {
        guard let active = runs[run] else { return }
        for (offset, event) in events.enumerated() {
            guard let told = OrchestrationEvent(event, of: run) else { continue }
            step.batch.queueChanges += subscriptions.compactMap {
                $0.change(told, number: active.recorded + offset + 1, workflow: active.machine.plan.name)
            }
        }
    }

    private mutating func release(_ event: RunEvent, of run: RunID) {
        switch event.fact {
        case .taskTimedOut(let task, let attempt):
            free(task, of: run)
            followUps.append(.countTimeOut(TaskKey(run: run, task: task, attempt: attempt)))
        case .taskCompleted(let task, _, _, _), .taskFailed(let task, _, _), .taskCancelled(let task):
            free(task, of: run)
        default: break
        }
    }

    private mutating func free(_ task: String, of run: RunID) {
        guard let address = runs[run]?.machine.address(of: task) else { return }
        dispatcher.release(run, address)
    }

    private mutating func obey(_ command: RunCommand, of run: RunID, _ step: inout EngineStep) {
        switch command {
        case .queue(let address, let attempt):
            if let ticket = ticket(run, address, attempt) { dispatcher.add(ticket) }
        case .withdraw: break  // What is not queued any more is passed over when its turn comes.
        case .cancel(let address):
            if let key = runs[run]?.machine.key(of: address) { step.commands.append(.cancel(key)) }
            if !dispatcher.isUnderWay(run, address) { followUps.append(.giveUp(run, address)) }
        case .startChild(let place, let workflow):
            followUps.append(.startChild(run, place: place, workflow: workflow))
        case .cancelChild(let place):
            if let child = runs[run]?.machine.child(place) { followUps.append(.cancelChild(child, of: run)) }
        case .readBreaker(let place): followUps.append(.readBreaker(run, place: place))
        case .finish(let outcome): followUps.append(.ended(run, outcome))
        }
    }

    private func ticket(_ run: RunID, _ address: TaskAddress, _ attempt: Int) -> TaskDispatcher.Ticket? {
        guard let definition = runs[run]?.machine.plan.definition else { return nil }
        return TaskDispatcher.Ticket(
            run: run, address: address, attempt: attempt,
            priority: address.isUndo ? .critical : definition.tasks[address.place].priority,
            runLimit: definition.concurrency.map { max(1, $0) })
    }

    /// Asks for a run to be woken in time; where it is woken earlier than it has to be, nothing happens.
    private mutating func schedule(_ run: RunID) {
        guard let next = runs[run]?.machine.nextDeadline else { return }
        if let wake = runs[run]?.wake, wake <= next { return }
        runs[run]?.wake = next
        if deadlines.count > 4 * runs.count + 1_024 { forgetEndedRuns() } else { deadlines.add(next, run) }
    }

    private mutating func forgetEndedRuns() {
        deadlines = DeadlineQueue()
        for (run, active) in runs {
            if let wake = active.wake { deadlines.add(wake, run) }
        }
    }

    private mutating func wake(at time: Timestamp, _ step: inout EngineStep) {
        while let (moment, run) = deadlines.next(at: time) {
            guard runs[run]?.wake == moment else { continue }
            runs[run]?.wake = nil
            advance(run, at: time, &step) { machine throws(RunMachineError) in try machine.tick(at: time) }
            schedule(run)
            followUp(at: time, &step)
        }
    }

    private mutating func followUp(at time: Timestamp, _ step: inout EngineStep) {
        while !followUps.isEmpty {
            switch followUps.removeFirst() {
            case .startChild(let run, let place, let workflow): startChild(run, place, workflow, at: time, &step)
            case .cancelChild(let child, let run): cancelChild(child, of: run, at: time, &step)
            case .countTimeOut(let key): countTimeOut(key, at: time, &step)
            case .giveUp(let run, let address): giveUp(run, address, at: time, &step)
            case .readBreaker(let run, let place): readBreaker(run, place, at: time, &step)
            case .ended(let run, let outcome): end(run, outcome, at: time, &step)
            }
        }
    }

    /// Hands out what there is room for.
    private mutating func complete(at time: Timestamp, _ step: inout EngineStep) {
        followUp(at: time, &step)
        while let ticket = nextTicket() {
            dispatch(ticket, at: time, &step)
            followUp(at: time, &step)
        }
    }

    private mutating func nextTicket() -> TaskDispatcher.Ticket? {
        dispatcher.next { [runs] ticket in
            switch runs[ticket.run]?.machine.record(of: ticket.address)?.state {
            case .queued(ticket.attempt), .retrying(ticket.attempt, _): true
            case .running(ticket.attempt, _): true
            default: false
            }
        }
    }
}
