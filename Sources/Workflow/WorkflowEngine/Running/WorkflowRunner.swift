public import Determinism

/// Executes runs: every output is in the journal before the next node starts.
///
/// Running a run whose journal has events takes it up where it ends: recorded outputs are applied to the given state
/// in their order and their work is not done again. Running a finished run gives its result.
public struct WorkflowRunner: Sendable {
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
        _ definition: WorkflowDefinition<State>, as run: RunID, from state: consuming State
    ) async throws -> RunResult<State> {
        var session = try RunSession(definition, as: run, from: state, journal: journal, time: time)
        while let task = session.next() {
            if let moment = task.notBefore { try await time.sleep(until: moment) }
            try session.begin(task)
            let outcome = await definition.nodes[task.place].work.outcome(session.state, task.context)
            try session.settle(task, outcome)
        }
        return try session.finished(run)
    }

    /// Executes a run of nodes that do not wait, on this thread.
    ///
    /// `pause` is called before a node is tried again, with the moment it is due; by default it returns at once. Throws
    /// as `run` does, and for a node that waits.
    public func runSynchronously<State>(
        _ definition: WorkflowDefinition<State>, as run: RunID, from state: consuming State,
        pause: (Timestamp) throws -> Void = { _ in }
    ) throws -> RunResult<State> {
        var session = try RunSession(definition, as: run, from: state, journal: journal, time: time)
        while let task = session.next() {
            guard case .synchronous(let work) = definition.nodes[task.place].work else {
                throw WorkflowError(.nodeWaits, run, "the node '\(task.context.node)' waits: use the runner that can")
            }
            if let moment = task.notBefore { try pause(moment) }
            try session.begin(task)
            try session.settle(task, Result { try work(session.state, task.context) })
        }
        return try session.finished(run)
    }
}

extension WorkflowNode.Work {
    fileprivate func outcome(_ state: State, _ context: NodeContext) async -> Result<WorkflowNode.Output, any Error> {
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

extension RunSession {
    fileprivate func finished(_ run: RunID) throws -> RunResult<State> {
        guard let result else {
            throw WorkflowError(.corruptHistory, run, "nothing is left to do, yet it has not ended")
        }
        return result
    }
}
