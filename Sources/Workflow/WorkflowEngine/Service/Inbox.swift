import Synchronization

/// Inputs on their way to the engine: anybody puts them in, and whoever takes gets all that have come.
final class Inbox: Sendable {
    private struct State {
        var inputs: [EngineInput] = []
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Puts an input in; nobody is woken.
    func add(_ input: EngineInput) {
        state.withLock { $0.inputs.append(input) }
    }

    /// Wakes whoever waits in `next`.
    func wake() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    func close() {
        state.withLock { $0.isClosed = true }
        wake()
    }

    /// Takes everything out.
    func take() -> [EngineInput] {
        state.withLock { state in
            defer { state.inputs = [] }
            return state.inputs
        }
    }

    /// Waits until something has come and takes it all; nil once closed.
    func next() async -> [EngineInput]? {
        while true {
            let (inputs, isClosed) = state.withLock { state in
                defer { state.inputs = [] }
                return (state.inputs, state.isClosed)
            }
            if isClosed { return nil }
            if !inputs.isEmpty { return inputs }
            await wait()
        }
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.isClosed || !state.inputs.isEmpty { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }
}
