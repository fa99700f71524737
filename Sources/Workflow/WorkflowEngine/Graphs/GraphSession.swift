import Determinism
import WorkflowModel

/// One run of a graph being executed: performs the machine's commands, one node at a time in the order of the graph.
///
/// It does everything but the work itself, so that a runner that waits and one that does not share all of it.
struct GraphSession<State> {
    /// Work that is due.
    struct Task {
        let place: Int
        let context: NodeContext
    }

    /// What comes next.
    enum Next {
        case now(Task)
        case later(Timestamp)
    }

    let graph: StateGraph<State>
    private(set) var state: State
    private let run: RunID
    private let journal: any Journal
    private let time: any TimeSource
    private var machine: RunMachine
    private var due: [(place: Int, attempt: Int)] = []
    /// Events that are written with the next ones that must be durable.
    private var notes: [RunEvent] = []
    private var recorded = 0

    /// Begins a run, or takes it up where its journal ends.
    init(
        _ graph: StateGraph<State>, as run: RunID, from state: consuming State, journal: any Journal,
        time: any TimeSource
    ) throws {
        self.graph = graph
        self.state = state
        self.run = run
        self.journal = journal
        self.time = time
        machine = RunMachine(graph.plan, run: run)
        let history = try journal.history(of: run)
        if history.isEmpty {
            try handle(.runStarted(RunHeader(graph.plan)))
        } else {
            try replay(history)
            try perform(machine.recover(at: time.now))
        }
    }

    /// The result, once nothing is left to do.
    var result: GraphResult<State>? {
        guard case .finished(let outcome) = machine.phase else { return nil }
        return GraphResult(run: run, outcome: outcome, state: state)
    }

    /// What comes next: what can start at once in the order of the graph, then what waits; nil at the end.
    mutating func next() -> Next? {
        if let index = due.indices.min(by: { due[$0].place < due[$1].place }) {
            let (place, attempt) = due.remove(at: index)
            let context = NodeContext(run: run, node: graph.plan.tasks[place].name, attempt: attempt)
            return .now(Task(place: place, context: context))
        }
        return machine.nextDeadline.map(Next.later)
    }

    /// Says that a moment which was waited for has come.
    mutating func wake(at moment: Timestamp) throws {
        try perform(translated { machine throws(RunMachineError) in try machine.tick(at: moment) })
    }

    mutating func begin(_ task: Task) throws {
        try handle(.taskStarted(task: task.context.node, attempt: task.context.attempt))
    }

    /// Records what the work has come to; an output is then applied. A cancellation is thrown, and the run stays open.
    mutating func settle(_ task: Task, _ outcome: Result<GraphNode<State>.Output, any Error>) throws {
        let (node, attempt) = (task.context.node, task.context.attempt)
        switch outcome {
        case .success(let output):
            try handle(.taskCompleted(task: node, attempt: attempt, output: output.bytes, cached: false))
            output.apply(&state)
        case .failure(let error as CancellationError): throw error
        case .failure(let error):
            let mayRetry = (error as? any RetryJudgingError)?.mayRetry ?? true
            try handle(
                .taskFailed(task: node, attempt: attempt, TaskFailure("\(error)", mayRetry: mayRetry)))
        }
    }

    private mutating func handle(_ fact: RunEvent.Fact) throws {
        let event = RunEvent(fact, at: time.now)
        try perform(translated { machine throws(RunMachineError) in try machine.handle(event) })
    }

    private mutating func translated(
        _ body: (inout RunMachine) throws(RunMachineError) -> RunStep
    ) throws(WorkflowError) -> RunStep {
        do {
            return try body(&machine)
        } catch {
            throw WorkflowError(error, run)
        }
    }

    private mutating func perform(_ step: RunStep) throws {
        for command in step.commands {
            guard case .queue(let address, let attempt) = command else { continue }
            due.append((address.place, attempt))
        }
        notes += step.events
        if step.events.contains(where: \.fact.mustLast) { try writeNotes() }
    }

    private mutating func writeNotes() throws {
        try journal.append(notes, to: run, after: recorded)
        recorded += notes.count
        notes.removeAll(keepingCapacity: true)
    }

    private mutating func replay(_ history: [RunEvent]) throws {
        do {
            machine = try RunReplay.machine(graph.plan, run: run, history)
        } catch {
            throw error.because.map { WorkflowError($0, run) } ?? WorkflowError(.corruptHistory, run, "\(error)")
        }
        recorded = history.count
        for event in history { try restore(event) }
    }

    private mutating func restore(_ event: RunEvent) throws {
        guard case .taskCompleted(let node, _, let output, _) = event.fact, let place = graph.plan.place(of: node)
        else { return }
        do {
            try graph.nodes[place].restore(output, &state)
        } catch {
            throw WorkflowError(
                .unreadableOutput, run,
                "the recorded output of '\(node)' cannot be read: \(error). Resume with the program that wrote it.")
        }
    }
}

extension RunEvent.Fact {
    /// Whether it must be on disk before anything else is done; the start of work need not be.
    fileprivate var mustLast: Bool {
        if case .taskStarted = self { false } else { true }
    }
}
