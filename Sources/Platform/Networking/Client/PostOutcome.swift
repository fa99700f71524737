import Synchronization

/// What came of a sending, told once to who waits: what comes second is nobody's.
final class PostOutcome: Sendable {
    typealias Waiter = CheckedContinuation<Int, any Error>

    private struct State {
        var waiter: Waiter?
        var result: Result<Int, any Error>?
    }

    private let state = Mutex(State())

    /// Tells a waiter when something comes; false where it came already, and the waiter was told.
    func isAwaited(by waiter: Waiter) -> Bool {
        let known = state.withLock { state in
            if state.result == nil { state.waiter = waiter }
            return state.result
        }
        if let known { waiter.resume(with: known) }
        return known == nil
    }

    func settle(_ result: Result<Int, any Error>) {
        let waiter = state.withLock { state -> Waiter? in
            guard state.result == nil else { return nil }
            state.result = result
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(with: result)
    }
}
