public import Determinism

/// What a run machine wants done, in this order.
public enum RunCommand: Sendable, Hashable {
    /// Write the event down no later than the next `record`.
    case note(RunEvent)
    /// Write the event down durably before doing anything that comes after.
    case record(RunEvent)
    /// Do the work of the node at a place in the plan, not before a moment where one is given.
    case start(node: Int, attempt: Int, notBefore: Timestamp?)
    /// Nothing is left to do.
    case finish(RunOutcome)
}

/// Decides what happens in one run: a value that turns events into commands and touches nothing else.
///
/// The same machine serves a living run and the reading of its journal, where the commands are dropped and `recover`
/// then says what is left to do. Any number of nodes may be running at once.
public struct RunMachine: Sendable, Hashable {
    /// Where the run as a whole stands.
    public enum Phase: Sendable, Hashable {
        /// Nothing has happened; becomes `running`.
        case new
        /// Nodes are left; becomes `finishing`.
        case running
        /// No node is left, the end is not recorded; becomes `finished`.
        case finishing(RunOutcome)
        /// The end is recorded; final.
        case finished(RunOutcome)
    }

    /// The graph.
    public let plan: WorkflowPlan
    /// Where the run stands.
    public private(set) var phase = Phase.new
    /// Where each node stands, in the plan's order.
    public private(set) var nodes: [NodeState]
    private var openDependencies: [Int]
    private var unsettled: Int

    /// A machine for a run that has not begun.
    public init(_ plan: WorkflowPlan) {
        self.plan = plan
        nodes = Array(repeating: .pending, count: plan.nodes.count)
        openDependencies = plan.nodes.map(\.dependencies.count)
        unsettled = plan.nodes.count
    }

    /// Takes an event in and says what follows from it; an illegal one changes nothing.
    public mutating func handle(_ event: RunEvent) throws(RunMachineError) -> [RunCommand] {
        switch event.fact {
        case .runStarted(let header): try start(header, event)
        case .nodeStarted(let node, let attempt): try begin(node, attempt, event)
        case .nodeCompleted(let node, let attempt, _): try complete(node, attempt, event)
        case .nodeFailed(let node, let attempt, let error, let mayRetry):
            try fail(node, attempt, error, mayRetry, event)
        case .runFinished(let outcome): try finish(outcome, event)
        }
    }

    /// What is left to do after a journal was read: work that was under way when the process died starts again.
    public mutating func recover(at time: Timestamp) -> [RunCommand] {
        for (place, state) in nodes.enumerated() {
            if case .running(let attempt) = state { nodes[place] = .ready(attempt: attempt, notBefore: nil) }
        }
        switch phase {
        case .new: return []
        case .running: return nodes.indices.compactMap(startIfReady)
        case .finishing(let outcome): return [.record(RunEvent(.runFinished(outcome), at: time)), .finish(outcome)]
        case .finished(let outcome): return [.finish(outcome)]
        }
    }

    private mutating func start(_ header: RunHeader, _ event: RunEvent) throws(RunMachineError) -> [RunCommand] {
        guard phase == .new else { throw illegal(event) }
        guard header == RunHeader(plan) else {
            throw RunMachineError(.definitionChanged, RunMachineError.changed(from: header, to: RunHeader(plan)))
        }
        phase = .running
        for place in nodes.indices where openDependencies[place] == 0 {
            nodes[place] = .ready(attempt: 1, notBefore: nil)
        }
        return [.record(event)] + nodes.indices.compactMap(startIfReady)
    }

    private mutating func begin(
        _ node: String, _ attempt: Int, _ event: RunEvent
    ) throws(RunMachineError) -> [RunCommand] {
        let place = try place(of: node, event)
        switch nodes[place] {
        case .ready(attempt, _), .running(attempt): nodes[place] = .running(attempt: attempt)
        default: throw illegal(event)
        }
        return [.note(event)]
    }

    private mutating func complete(
        _ node: String, _ attempt: Int, _ event: RunEvent
    ) throws(RunMachineError) -> [RunCommand] {
        let place = try running(node, attempt, event)
        settle(place, as: .completed)
        var commands = [RunCommand.record(event)]
        for dependant in plan.nodes[place].dependants {
            openDependencies[dependant] -= 1
            guard openDependencies[dependant] == 0, nodes[dependant] == .pending else { continue }
            nodes[dependant] = .ready(attempt: 1, notBefore: nil)
            commands.append(.start(node: dependant, attempt: 1, notBefore: nil))
        }
        return commands + end(at: event.time)
    }

    private mutating func fail(
        _ node: String, _ attempt: Int, _ error: String, _ mayRetry: Bool, _ event: RunEvent
    ) throws(RunMachineError) -> [RunCommand] {
        let place = try running(node, attempt, event)
        let retry = plan.nodes[place].retry
        if mayRetry && attempt < retry.attempts {
            let moment = event.time + retry.delay(afterFailure: attempt)
            nodes[place] = .ready(attempt: attempt + 1, notBefore: moment)
            return [.record(event), .start(node: place, attempt: attempt + 1, notBefore: moment)]
        }
        settle(place, as: .failed(attempts: attempt, error: error))
        skipDependants(of: place, because: node)
        return [.record(event)] + end(at: event.time)
    }

    private mutating func finish(_ outcome: RunOutcome, _ event: RunEvent) throws(RunMachineError) -> [RunCommand] {
        guard phase == .finishing(outcome) else { throw illegal(event) }
        phase = .finished(outcome)
        return []
    }

    private mutating func settle(_ place: Int, as state: NodeState) {
        nodes[place] = state
        unsettled -= 1
    }

    private mutating func skipDependants(of place: Int, because node: String) {
        for dependant in plan.nodes[place].dependants where !nodes[dependant].isFinal {
            settle(dependant, as: .skipped(because: node))
            skipDependants(of: dependant, because: node)
        }
    }

    /// The commands that end the run where nothing is left.
    private mutating func end(at time: Timestamp) -> [RunCommand] {
        guard unsettled == 0 else { return [] }
        let outcome = RunOutcome(plan, nodes)
        phase = .finishing(outcome)
        return [.record(RunEvent(.runFinished(outcome), at: time)), .finish(outcome)]
    }

    private func startIfReady(_ place: Int) -> RunCommand? {
        guard case .ready(let attempt, let moment) = nodes[place] else { return nil }
        return .start(node: place, attempt: attempt, notBefore: moment)
    }

    private func running(_ node: String, _ attempt: Int, _ event: RunEvent) throws(RunMachineError) -> Int {
        let place = try place(of: node, event)
        guard nodes[place] == .running(attempt: attempt) else { throw illegal(event) }
        return place
    }

    private func place(of node: String, _ event: RunEvent) throws(RunMachineError) -> Int {
        guard phase == .running, let place = plan.place(of: node) else { throw illegal(event) }
        return place
    }

    private func illegal(_ event: RunEvent) -> RunMachineError {
        RunMachineError(.illegalEvent, "\(event.fact) cannot happen while the run is \(phase) and its nodes \(nodes)")
    }
}

extension RunOutcome {
    fileprivate init(_ plan: WorkflowPlan, _ nodes: [NodeState]) {
        var failures: [NodeFailure] = []
        var skipped: [SkippedNode] = []
        for (node, state) in zip(plan.nodes, nodes) {
            switch state {
            case .failed(let attempts, let error):
                failures.append(NodeFailure(node: node.name, attempts: attempts, error: error))
            case .skipped(let because): skipped.append(SkippedNode(node: node.name, because: because))
            default: break
            }
        }
        self = failures.isEmpty ? .completed : .failed(failures: failures, skipped: skipped)
    }
}

/// Why a run machine takes no notice of an event.
public struct RunMachineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: Sendable, Hashable {
        /// The event cannot happen in this state.
        case illegalEvent
        /// The run follows another definition.
        case definitionChanged
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func changed(from old: RunHeader, to new: RunHeader) -> String {
        """
        the run follows '\(old.workflow)' version \(old.version), this is '\(new.workflow)' version \(new.version)\
        \(old.version == new.version ? " with other nodes" : ""). Resume it with the definition it began with.
        """
    }

    public var description: String { message }
}
