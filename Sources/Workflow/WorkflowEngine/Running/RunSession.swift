import Determinism

/// One run being executed: performs the machine's commands, one node at a time in the order of the definition.
///
/// It does everything but the work itself, so that a runner that waits and one that does not share all of it.
struct RunSession<State> {
    /// Work that is due.
    struct Task {
        let place: Int
        let context: NodeContext
        let notBefore: Timestamp?
    }

    let definition: WorkflowDefinition<State>
    private(set) var state: State
    private let run: RunID
    private let journal: any Journal
    private let time: any TimeSource
    private var machine: RunMachine
    private var due: [Task] = []
    private var notes: [RunEvent] = []
    private var recorded = 0
    private var outcome: RunOutcome?

    /// Begins a run, or takes it up where its journal ends.
    init(
        _ definition: WorkflowDefinition<State>, as run: RunID, from state: consuming State, journal: any Journal,
        time: any TimeSource
    ) throws {
        self.definition = definition
        self.state = state
        self.run = run
        self.journal = journal
        self.time = time
        machine = RunMachine(definition.plan)
        let history = try journal.history(of: run)
        if history.isEmpty {
            try handle(.runStarted(RunHeader(definition.plan)))
        } else {
            for event in history { try replay(event) }
            recorded = history.count
            try perform(machine.recover(at: time.now))
        }
    }

    /// The result, once nothing is left to do.
    var result: RunResult<State>? {
        outcome.map { RunResult(run: run, outcome: $0, state: state) }
    }

    /// The next work: what can start at once in the order of the definition, then what waits, the earliest first.
    mutating func next() -> Task? {
        guard var best = due.indices.first else { return nil }
        for index in due.indices.dropFirst() where due[index].isBefore(due[best]) { best = index }
        return due.remove(at: best)
    }

    mutating func begin(_ task: Task) throws {
        try handle(.nodeStarted(node: task.context.node, attempt: task.context.attempt))
    }

    /// Records what the work has come to; an output is then applied. A cancellation is thrown, and the run stays open.
    mutating func settle(_ task: Task, _ outcome: Result<WorkflowNode<State>.Output, any Error>) throws {
        let context = task.context
        switch outcome {
        case .success(let output):
            try handle(.nodeCompleted(node: context.node, attempt: context.attempt, output: output.bytes))
            output.apply(&state)
        case .failure(let error as CancellationError): throw error
        case .failure(let error):
            let mayRetry = (error as? any RetryJudgingError)?.mayRetry ?? true
            try handle(
                .nodeFailed(node: context.node, attempt: context.attempt, error: "\(error)", mayRetry: mayRetry))
        }
    }

    private mutating func handle(_ fact: RunEvent.Fact) throws {
        try perform(commands(after: RunEvent(fact, at: time.now)))
    }

    private mutating func commands(after event: RunEvent) throws(WorkflowError) -> [RunCommand] {
        do {
            return try machine.handle(event)
        } catch {
            throw WorkflowError(error, run)
        }
    }

    private mutating func perform(_ commands: [RunCommand]) throws {
        var isDurable = false
        for command in commands {
            switch command {
            case .note(let event): notes.append(event)
            case .record(let event):
                notes.append(event)
                isDurable = true
            case .start(let place, let attempt, let moment):
                let name = definition.plan.nodes[place].name
                let context = NodeContext(run: run, node: name, attempt: attempt)
                due.append(Task(place: place, context: context, notBefore: moment))
            case .finish(let outcome): self.outcome = outcome
            }
        }
        if isDurable { try writeNotes() }
    }

    private mutating func writeNotes() throws {
        try journal.append(notes, to: run, after: recorded)
        recorded += notes.count
        if let last = notes.last, case .runFinished = last.fact { _ = try commands(after: last) }
        notes.removeAll(keepingCapacity: true)
    }

    private mutating func replay(_ event: RunEvent) throws {
        _ = try commands(after: event)
        guard case .nodeCompleted(let node, _, let output) = event.fact, let place = definition.plan.place(of: node)
        else { return }
        do {
            try definition.nodes[place].restore(output, &state)
        } catch {
            throw WorkflowError(
                .unreadableOutput, run,
                "the recorded output of '\(node)' cannot be read: \(error). Resume with the program that wrote it.")
        }
    }
}

extension RunSession.Task {
    fileprivate func isBefore(_ other: Self) -> Bool {
        switch (notBefore, other.notBefore) {
        case (nil, nil): place < other.place
        case (nil, _?): true
        case (_?, nil): false
        case (let moment?, let otherMoment?): (moment, place) < (otherMoment, other.place)
        }
    }
}
