public import Determinism
public import WorkflowModel

/// Runs workflows on the caller's thread and the caller's time: the same calls give the same events, byte for byte.
///
/// A task is done before the next one is handed out, in the order of urgency. It is a value over the same machine that
/// `WorkflowService` drives, for replays and simulations. Declared caches are not looked into: work is always done.
public struct SynchronousWorkflowDriver: Sendable {
    /// Does the work of a task at a moment.
    ///
    /// A `TaskFailure` that is thrown fails the task; any other error ends the call that led to it.
    public typealias Work = (TaskOrder, Timestamp) throws -> Value

    private var machine: WorkflowMachine
    private var now: Timestamp?

    /// A driver without runs over these workflows.
    public init(plans: [WorkflowPlan]) {
        machine = WorkflowMachine(capacity: 1)
        for plan in plans { machine.register(plan) }
    }

    /// The next moment at which something happens by itself; nil where nothing does. It may be earlier than needed.
    public var nextDeadline: Timestamp? { machine.openRuns.isEmpty ? nil : machine.nextDeadline }

    /// The open runs in the order of their names.
    public var openRuns: [RunID] { machine.openRuns }

    /// An open run's machine; nil where there is no such open run.
    public func machine(of run: RunID) -> RunMachine? { machine.machine(of: run) }

    /// Takes up an open run where its history ends.
    public mutating func restore(
        _ run: RunID, _ history: [RunEvent], at time: Timestamp, _ work: Work
    ) throws -> JournalBatch {
        try machine.restore(run, history)
        return try settle(machine.recover(at: time), at: time, work)
    }

    /// Starts a run and does what can be done at once; throws an `EngineRefusal` where it cannot be started.
    public mutating func start(_ request: RunRequest, at time: Timestamp, _ work: Work) throws -> JournalBatch {
        try take(.start(request, RequestID(0)), at: time, work)
    }

    /// Changes the rest of a run; throws an `EngineRefusal` where it cannot be changed.
    public mutating func adjust(
        _ run: RunID, _ adjustment: RunAdjustment, at time: Timestamp, _ work: Work
    ) throws -> JournalBatch {
        try take(.adjust(run, adjustment, RequestID(0)), at: time, work)
    }

    /// Lets time pass up to and including a moment: each deadline on the way is met at its own time.
    public mutating func advance(through time: Timestamp, _ work: Work) throws -> JournalBatch {
        var batch = JournalBatch()
        while let next = nextDeadline, next <= time {
            let moment = max(next, now ?? next)
            batch.join(try settle(machine.handle([.tick], at: moment), at: moment, work))
        }
        return batch
    }

    private mutating func take(_ input: EngineInput, at time: Timestamp, _ work: Work) throws -> JournalBatch {
        try settle(machine.handle([input], at: time), at: time, work)
    }

    /// Does the work that a step asks for, and what follows from it, until nothing is left to do at this moment.
    private mutating func settle(_ first: EngineStep, at time: Timestamp, _ work: Work) throws -> JournalBatch {
        now = max(time, now ?? time)
        var batch = first.batch
        var commands = first.commands[...]
        while let command = commands.popFirst() {
            switch command {
            case .perform(let order):
                let result = try SynchronousWorkflowDriver.result(of: order, at: time, work)
                let step = machine.handle([.settled(order.key, result)], at: time)
                batch.join(step.batch)
                commands += step.commands
            case .refused(_, let refusal): throw refusal
            case .cancel, .ended, .granted: break
            }
        }
        return batch
    }

    private static func result(of order: TaskOrder, at time: Timestamp, _ work: Work) throws -> TaskResult {
        do {
            return .completed(try work(order, time).json())
        } catch let failure as TaskFailure {
            return .failed(failure)
        }
    }
}

extension JournalBatch {
    /// Adds what follows this; events that continue a run's last ones are put behind them.
    public mutating func join(_ other: JournalBatch) {
        for append in other.appends {
            if let last = appends.indices.last, appends[last].run == append.run {
                appends[last].events += append.events
            } else {
                appends.append(append)
            }
        }
        states.merge(other.states) { _, newer in newer }
    }
}
