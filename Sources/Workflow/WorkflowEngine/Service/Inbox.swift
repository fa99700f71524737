import Synchronization

/// Inputs on their way to the engine: anybody puts them in, one takes them out, all that have come at once.
final class Inbox: Sendable {
    private struct State {
        var inputs: [EngineInput] = []
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func send(_ input: EngineInput) {
        let waiter = state.withLock { state in
            state.inputs.append(input)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    func close() {
        let waiter = state.withLock { state in
            state.isClosed = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// What has come, waiting for something where nothing has; nil once closed.
    func next() async -> [EngineInput]? {
        while true {
            let (inputs, isClosed) = state.withLock { state in
                defer { state.inputs.removeAll(keepingCapacity: false) }
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
