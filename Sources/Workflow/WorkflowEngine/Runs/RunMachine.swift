public import Determinism
public import WorkflowModel

/// Decides what happens in one run: a value that turns events into further events and commands and touches nothing else.
///
/// The same machine serves a living run and the reading of its journal, where the commands are dropped and `recover`
/// then says what is left to do. Any number of tasks may be under way at once.
public struct RunMachine: Sendable, Hashable {
    /// Where the run as a whole stands.
    public enum Phase: Sendable, Hashable {
        /// Nothing has happened; becomes `running`.
        case new
        /// Tasks are left; becomes `stopping` or `finished`.
        case running
        /// No task begins any more; what is under way ends, then what was done is undone; becomes `finished`.
        case stopping(Stop)
        /// Nothing is left; final.
        case finished(RunOutcome)
    }

    /// Why a run stops before its tasks are done.
    public enum Stop: Sendable, Hashable {
        /// A task failed in a workflow that undoes what was done.
        case failure
        /// Somebody ended it.
        case cancelled(reason: String)
        /// It took too long.
        case timedOut
    }

    /// Where the current stage stands.
    enum StagePhase: Sendable, Hashable {
        /// Its window opens at this moment.
        case waiting(until: Timestamp, round: Int)
        /// Its tasks are being done.
        case open(round: Int)
    }

    /// The run.
    public let run: RunID
    /// The graph, with what was put in while it ran.
    public internal(set) var plan: WorkflowPlan
    /// What the run was started with; nil while it is new.
    public internal(set) var header: RunHeader?
    /// Where the run stands.
    public internal(set) var phase = Phase.new
    /// What is known of each task, in the plan's order.
    public internal(set) var tasks: [TaskRecord]
    /// What is known of the work that undoes tasks, by the tasks' places.
    public internal(set) var undos: [Int: TaskRecord] = [:]
    /// The place of the current stage.
    public internal(set) var stage = 0
    /// When the run began; nil while it is new.
    public internal(set) var started: Timestamp?

    var stagePhase = StagePhase.open(round: 1)
    var stageStarted = Timestamp(nanoseconds: 0)
    /// The places of each stage's tasks.
    var members: [[Int]]
    /// How many dependencies of each task are not settled.
    var openDependencies: [Int]
    /// How many tasks of the current stage are not settled.
    var unsettled = 0
    /// Places to look at next, the next one last.
    var ready: [Int] = []
    /// What is queued, running or retrying.
    var active: Set<TaskAddress> = []
    /// The places of what would have to be undone, in the order in which it was done.
    var done: [Int] = []
    /// The places of what is or was being undone, in that order.
    var undone: [Int] = []
    var timeoutFactor = 1.0
    /// Failures of tasks in rounds of their stage that were followed by another round.
    var earlierFailures: [RunOutcome.Failure] = []

    /// A machine for a run that has not begun.
    public init(_ plan: WorkflowPlan, run: RunID) {
        self.plan = plan
        self.run = run
        tasks = Array(repeating: TaskRecord(), count: plan.tasks.count)
        openDependencies = plan.tasks.map(\.dependencies.count)
        members = Array(repeating: [], count: max(1, plan.definition.stages.count))
        for (place, task) in plan.tasks.enumerated() { members[task.definition.stage ?? 0].append(place) }
    }

    /// Takes an event in and says what follows from it; an illegal one changes nothing.
    ///
    /// The step's events begin with the one taken in.
    public mutating func handle(_ event: RunEvent) throws(RunMachineError) -> RunStep {
        var step = RunStep([event])
        try apply(event, &step)
        while progress(at: event.time, &step) {}
        return step
    }

    /// The name of a task, or of the work that undoes it, as events have it.
    public func name(of address: TaskAddress) -> String {
        address.isUndo ? "undo:\(plan.tasks[address.place].name)" : plan.tasks[address.place].name
    }

    /// What is known of a task, or of the work that undoes it.
    public func record(of address: TaskAddress) -> TaskRecord? {
        address.isUndo ? undos[address.place] : tasks[address.place]
    }

    /// Which task events mean by a name; nil for an unknown one.
    public func address(of name: String) -> TaskAddress? {
        if let place = plan.place(of: name) { return TaskAddress(place) }
        guard name.hasPrefix("undo:"), let place = plan.place(of: String(name.dropFirst(5))) else { return nil }
        return TaskAddress(place, undo: true)
    }

    /// The current stage's name and round; nil where the workflow has no stages or none is open.
    public var openStage: (name: String, round: Int)? {
        guard plan.definition.stages.indices.contains(stage), case .open(let round) = stagePhase else { return nil }
        return (plan.definition.stages[stage].name, round)
    }

    /// The round of the current stage; 1 while it waits for its window.
    var round: Int {
        if case .open(let round) = stagePhase { round } else { 1 }
    }

    private mutating func apply(_ event: RunEvent, _ step: inout RunStep) throws(RunMachineError) {
        switch event.fact {
        case .runStarted(let header): try start(header, event, &step)
        case .stageStarted(let name, let round): try resumeStage(name, round, event)
        case .stageTimedOut(let name, let round): try closeStage(name, round, event, &step)
        case .taskStarted(let name, let attempt): try begin(name, attempt, event)
        case .taskCompleted(let name, let attempt, let output, let cached):
            let address = try running(name, attempt, event)
            complete(address, output, cached: cached, at: event.time)
        case .taskFailed(let name, let attempt, let failure):
            fail(try running(name, attempt, event), attempt, failure, at: event.time, &step)
        case .taskTimedOut(let name, let attempt):
            try timeOut(name, attempt, event, &step)
        case .taskCancelled(let name): try giveUp(name, event)
        case .cancelRequested(let reason): try stop(.cancelled(reason: reason), event, &step)
        case .runTimedOut: try stop(.timedOut, event, &step)
        case .runAdjusted(let adjustment): try adjust(adjustment, event)
        case .stageCompleted, .taskRetrying, .taskSkipped, .runFinished: throw illegal(event)
        }
    }

    func illegal(_ event: RunEvent) -> RunMachineError {
        let states = active.sorted().map { "\(name(of: $0)) is \(record(of: $0)?.state.name ?? "unknown")" }
        let scene = states.isEmpty ? "no task is under way" : states.joined(separator: ", ")
        return RunMachineError(.illegalEvent, "\(event.fact) cannot happen while the run is \(phase) and \(scene)")
    }
}
