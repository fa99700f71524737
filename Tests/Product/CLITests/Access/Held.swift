import Access
import Synchronization

/// A token that is known later.
final class Held: Sendable {
    private let box = Mutex<LocalToken?>(nil)

    var value: LocalToken? {
        get { box.withLock { $0 } }
        set { box.withLock { $0 = newValue } }
    }
}
