import Determinism
import Synchronization

/// What other threads have to say to the loop. Posting is cheap and may be done from any thread at any time.
final class Mailbox: Sendable {
    enum Letter: Sendable {
        case answer(connection: UInt64, exchange: UInt64, HTTPResponse)
        case wake(connection: UInt64)
        case tick(Timestamp)
        case stop
    }

    private struct State {
        var letters: [Letter] = []
        var bell: (@Sendable () -> Void)?
        var isAsleep = false
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Leaves a letter and wakes the loop where it sleeps. After `close` it is thrown away.
    func post(_ letter: Letter) {
        let isLate = state.withLock { state in
            guard !state.isClosed else { return true }
            state.letters.append(letter)
            guard state.isAsleep else { return false }
            state.isAsleep = false
            // Rung under the lock, so that the bell is never rung after `close`.
            state.bell?()
            return false
        }
        if isLate { discard(letter) }
    }

    private func discard(_ letter: Letter) {
        if case .answer(_, _, let response) = letter, case .stream(let stream) = response.body { stream.closed() }
    }

    /// From now on the bell wakes the loop.
    func open(bell: @escaping @Sendable () -> Void) {
        state.withLock { $0.bell = bell }
    }

    /// The bell is never rung again and what has come is thrown away.
    func close() {
        let letters = state.withLock { state in
            state.bell = nil
            state.isClosed = true
            defer { state.letters = [] }
            return state.letters
        }
        for letter in letters { discard(letter) }
    }

    /// What has come; where nothing has, the loop counts as asleep until it asks again.
    func take() -> [Letter] {
        state.withLock { state in
            state.isAsleep = state.letters.isEmpty
            defer { state.letters = [] }
            return state.letters
        }
    }

    /// The loop is to be woken although no letter has come.
    func ring() {
        state.withLock { $0.bell?() }
    }
}
