import Determinism
import Synchronization
import TradingDesk
import TradingModel
import WorkflowEngine
import WorkflowModel

/// Work of workflows that waits for the running desk, which does it between two moments of the market.
final class DeskJobs: Sendable {
    /// One piece of work and whoever waits for it.
    struct Job {
        let id: UInt64
        let order: TaskOrder
        let answer: CheckedContinuation<Value, any Error>
    }

    private struct State {
        var waiting: [Job] = []
        var nextID: UInt64 = 0
        var isClosed = false
        var cancelled: Set<UInt64> = []
    }

    private let state = Mutex(State())
    private let simulated = SimulatedSteps()

    /// The steps of the running desk: test runs do theirs on a SIMULATED market as ever, others on the desk.
    var steps: WorkflowSteps {
        let handlers = StepLibrary.standard.handlers { [self] order in
            order.isTest ? try await simulated.perform(order) : try await perform(order)
        }
        return WorkflowSteps(StepLibrary.standard.catalog, handlers)
    }

    /// Waits until the desk has done the work.
    func perform(_ order: TaskOrder) async throws -> Value {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { answer in
                let refusal = state.withLock { state -> (any Error)? in
                    if state.isClosed { return DeskJobs.stopped }
                    if state.cancelled.remove(id) != nil { return CancellationError() }
                    state.waiting.append(Job(id: id, order: order, answer: answer))
                    return nil
                }
                if let refusal { answer.resume(throwing: refusal) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Whether something waits; cheap enough to be asked at every moment.
    var isWaiting: Bool { state.withLock { !$0.waiting.isEmpty } }

    /// The next piece of work, which the caller must answer; nil where nothing waits.
    func next() -> Job? {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    /// Nothing is done any more: whoever waits is told so.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for job in waiting { job.answer.resume(throwing: DeskJobs.stopped) }
    }

    private static let stopped = TaskFailure(
        code: "desk_stopped", "the desk does not run any more; start it again with 'bellwether run'", mayRetry: true)

    private func cancel(_ id: UInt64) {
        let job = state.withLock { state -> Job? in
            guard let place = state.waiting.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.waiting.remove(at: place)
        }
        job?.answer.resume(throwing: CancellationError())
    }
}
