import Synchronization

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
