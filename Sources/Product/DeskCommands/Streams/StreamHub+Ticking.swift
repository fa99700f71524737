import Determinism
import Synchronization

extension StreamHub {
    /// Wakes watchers after something happened, at most once per tick, until the task is cancelled.
    public func run() async throws {
        while true {
            await nextEvent()
            try Task.checkCancellation()
            tick()
            try await time.sleep(for: limits.tick)
        }
    }

    /// Lets watchers read what was published, and wakes those whom it concerns.
    func tick() {
        releaseAbandoned(at: time.now)
        let wakes = state.withLock { state -> [@Sendable () -> Void] in
            let fresh = state.fresh
            guard !fresh.isEmpty else { return [] }
            state.fresh = []
            state.released = state.ring.last
            state.frames = [:]
            return state.watchers.values.filter { !$0.topics.isDisjoint(with: fresh) }.map(\.wake)
        }
        for wake in wakes { wake() }
    }

    /// Returns once something was published, or the task was cancelled.
    private func nextEvent() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if !state.fresh.isEmpty || Task.isCancelled { return true }
                    state.ticker = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.takeTicker() }?.resume()
        }
    }
}

extension StreamHub.State {
    /// Whoever waits for an event, once.
    mutating func takeTicker() -> CheckedContinuation<Void, Never>? {
        defer { ticker = nil }
        return ticker
    }
}
