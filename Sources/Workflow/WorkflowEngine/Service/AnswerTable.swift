import Synchronization
import WorkflowModel

/// The answers to requests on their way to whoever asked.
final class AnswerTable: Sendable {
    private struct State {
        var answers: [RequestID: Result<RunID?, any Error>] = [:]
        var waiters: [RequestID: CheckedContinuation<RunID?, any Error>] = [:]
        var last: UInt64 = 0
        /// What everybody is told once nobody answers any more.
        var end: (any Error)?
    }

    private let state = Mutex(State())

    func newRequest() -> RequestID {
        state.withLock { state in
            state.last += 1
            return RequestID(state.last)
        }
    }

    func answer(_ request: RequestID, _ result: Result<RunID?, any Error>) {
        let waiter = state.withLock { state in
            guard let waiter = state.waiters.removeValue(forKey: request) else {
                state.answers[request] = result
                return nil as CheckedContinuation<RunID?, any Error>?
            }
            return waiter
        }
        waiter?.resume(with: result)
    }

    /// Waits for the answer to a request.
    func answer(to request: RequestID) async throws -> RunID? {
        try await withCheckedThrowingContinuation { continuation in
            let known = state.withLock { state -> Result<RunID?, any Error>? in
                if let answer = state.answers.removeValue(forKey: request) { return answer }
                if let end = state.end { return .failure(end) }
                state.waiters[request] = continuation
                return nil
            }
            if let known { continuation.resume(with: known) }
        }
    }

    /// Tells everybody who waits, and everybody who comes, that nobody answers any more.
    func close(_ error: any Error) {
        let waiters = state.withLock { state in
            state.end = error
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(throwing: error) }
    }
}
