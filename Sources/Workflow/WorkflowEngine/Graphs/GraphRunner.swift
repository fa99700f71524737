public import Determinism
public import WorkflowModel

/// Executes runs: every output is in the journal before the next node starts.
///
/// Running a run whose journal has events takes it up where it ends: recorded outputs are applied to the given state
/// in their order and their work is not done again. Running a finished run gives its result.
public struct GraphRunner: Sendable {
    private let journal: any Journal
    private let time: any TimeSource

    /// A runner that records in a journal and takes the time of events from a clock.
    public init(journal: any Journal, time: any TimeSource) {
        self.journal = journal
        self.time = time
    }

    /// Executes a run of nodes that may wait, one node after the other.
    ///
    /// Throws when the journal fails, the run follows another definition, or the task is cancelled; the run then stays
    /// open. A node that fails does not throw: the result tells it.
    public func run<State>(
        _ graph: StateGraph<State>, as run: RunID, from state: consuming State
    ) async throws -> GraphResult<State> {
        var session = try GraphSession(graph, as: run, from: state, journal: journal, time: time)
        while let next = session.next() {
            switch next {
            case .later(let moment):
                try await time.sleep(until: moment)
                try session.wake(at: moment)
            case .now(let task):
                try session.begin(task)
                let outcome = await graph.nodes[task.place].work.outcome(session.state, task.context)
                try session.settle(task, outcome)
            }
        }
        return try session.finished(run)
    }

    /// Executes a run of nodes that do not wait, on this thread.
    ///
    /// `pause` is called before a node is tried again, with the moment it is due; by default it returns at once. Throws
    /// as `run` does, and for a node that waits.
    public func runSynchronously<State>(
        _ graph: StateGraph<State>, as run: RunID, from state: consuming State,
        pause: (Timestamp) throws -> Void = { _ in }
    ) throws -> GraphResult<State> {
        var session = try GraphSession(graph, as: run, from: state, journal: journal, time: time)
        while let next = session.next() {
            switch next {
            case .later(let moment):
                try pause(moment)
                try session.wake(at: moment)
            case .now(let task): try perform(task, of: graph, in: &session)
            }
        }
        return try session.finished(run)
    }

    private func perform<State>(
        _ task: GraphSession<State>.Task, of graph: StateGraph<State>, in session: inout GraphSession<State>
    ) throws {
        guard case .synchronous(let work) = graph.nodes[task.place].work else {
            throw WorkflowError(
                .nodeWaits, task.context.run, "the node '\(task.context.node)' waits: use the runner that can")
        }
        try session.begin(task)
        try session.settle(task, Result { try work(session.state, task.context) })
    }
}

extension GraphNode.Work {
    fileprivate func outcome(_ state: State, _ context: NodeContext) async -> Result<GraphNode.Output, any Error> {
        do {
            return switch self {
            case .synchronous(let work): .success(try work(state, context))
            case .asynchronous(let work): .success(try await work(state, context))
            }
        } catch {
            return .failure(error)
        }
    }
}

extension GraphSession {
    fileprivate func finished(_ run: RunID) throws -> GraphResult<State> {
        guard let result else {
            throw WorkflowError(.corruptHistory, run, "nothing is left to do, yet it has not ended")
        }
        return result
    }
}
