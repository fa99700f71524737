import Synchronization

/// Time that moves only when told to: the clock of backtests, replays and tests.
///
/// Time moves forward only; setting it back is a programming error.
public final class ManualTime: TimeSource {
    private struct Sleeper {
        let id: UInt64
        let deadline: Timestamp
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Timestamp
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<UInt64> = []
        var watchers: [CheckedContinuation<Timestamp, Never>] = []
    }

    private let state: Mutex<State>

    /// A clock that stands at `start`.
    public init(at start: Timestamp = Timestamp(nanoseconds: 0)) {
        state = Mutex(State(now: start))
    }

    public var now: Timestamp {
        state.withLock { $0.now }
    }

    /// Moves time to `moment` and wakes, in order of deadline, everyone whose deadline has come.
    public func advance(to moment: Timestamp) {
        let due = state.withLock { state -> [Sleeper] in
            precondition(moment >= state.now, "time can only move forward")
            state.now = moment
            let due = state.sleepers.filter { $0.deadline <= moment }
            state.sleepers.removeAll { $0.deadline <= moment }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Moves time on by `duration`.
    public func advance(by duration: Duration) {
        advance(to: now + duration)
    }

    /// Waits until somebody sleeps and returns the earliest deadline; at once where somebody does already.
    public func nextDeadline() async -> Timestamp {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state -> Timestamp? in
                if let earliest = state.sleepers.map(\.deadline).min() { return earliest }
                state.watchers.append(continuation)
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    public func sleep(until deadline: Timestamp) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enqueue(id: id, deadline: deadline, continuation: $0) }
        } onCancel: {
            cancel(id: id)
        }
    }

    private func enqueue(id: UInt64, deadline: Timestamp, continuation: CheckedContinuation<Void, any Error>) {
        enum Outcome {
            case due
            case cancelled
            case waiting([CheckedContinuation<Timestamp, Never>])
        }
        let outcome = state.withLock { state -> Outcome in
            if state.cancelled.remove(id) != nil { return .cancelled }
            if deadline <= state.now { return .due }
            state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
            defer { state.watchers = [] }
            return .waiting(state.watchers)
        }
        switch outcome {
        case .due: continuation.resume()
        case .cancelled: continuation.resume(throwing: CancellationError())
        case .waiting(let watchers): for watcher in watchers { watcher.resume(returning: deadline) }
        }
    }

    private func cancel(id: UInt64) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
