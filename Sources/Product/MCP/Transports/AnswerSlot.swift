import Synchronization

/// A place for one answer that one request waits for.
final class AnswerSlot: Sendable {
    private struct State {
        var answer: [UInt8]?
        var isOver = false
        var waiter: CheckedContinuation<[UInt8]?, Never>?
    }

    private let state = Mutex(State())

    /// Puts the answer in; nil where there will be none.
    func fill(_ answer: [UInt8]?) {
        let waiter = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
            guard !state.isOver else { return nil }
            state.answer = answer
            state.isOver = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: answer)
    }

    /// The answer; nil where there is none, and where the task is cancelled first.
    func wait() async -> [UInt8]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known = state.withLock { state -> [UInt8]?? in
                    guard !state.isOver else { return .some(state.answer) }
                    state.waiter = continuation
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            fill(nil)
        }
    }
}
