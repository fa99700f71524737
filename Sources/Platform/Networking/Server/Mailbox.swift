import Determinism
import Glibc
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
    }

    private let state = Mutex(State())

    /// Leaves a letter and wakes the loop where it sleeps.
    func post(_ letter: Letter) {
        state.withLock { state in
            state.letters.append(letter)
            guard state.isAsleep else { return }
            state.isAsleep = false
            // Rung under the lock, so that the bell is never rung after `close`.
            state.bell?()
        }
    }

    /// From now on the bell wakes the loop.
    func open(bell: @escaping @Sendable () -> Void) {
        state.withLock { $0.bell = bell }
    }

    /// The bell is never rung again.
    func close() {
        state.withLock { $0.bell = nil }
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

/// Lets many wakes of one connection make one letter.
final class WakeFlag: Sendable {
    private let isRaised = Atomic<Bool>(false)
    private let mailbox: Mailbox
    private let connection: UInt64

    init(_ mailbox: Mailbox, _ connection: UInt64) {
        self.mailbox = mailbox
        self.connection = connection
    }

    func raise() {
        guard !isRaised.exchange(true, ordering: .acquiringAndReleasing) else { return }
        mailbox.post(.wake(connection: connection))
    }

    func lower() {
        isRaised.store(false, ordering: .releasing)
    }
}
