import Synchronization

/// Lets one call of a key pass at a time; others of the same key wait their turn.
final class KeyedGate: Sendable {
    private let waiting = Mutex<[CallKey: [CheckedContinuation<Void, Never>]]>([:])

    /// Returns once this call's turn has come; `leave` must follow.
    func enter(_ key: CallKey) async {
        await withCheckedContinuation { continuation in
            let isFree = waiting.withLock { waiting in
                guard waiting[key] != nil else {
                    waiting[key] = []
                    return true
                }
                waiting[key]?.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    /// Lets the next one pass.
    func leave(_ key: CallKey) {
        let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
            guard let first = waiting[key]?.first else {
                waiting[key] = nil
                return nil
            }
            waiting[key]?.removeFirst()
            return first
        }
        next?.resume()
    }
}
