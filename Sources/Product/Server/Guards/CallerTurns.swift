import Synchronization

/// Lets each caller have a few questions answered at once, so that none keeps all others waiting.
final class CallerTurns: Sendable {
    private struct Turns {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let most: Int
    private let turns = Mutex<[String: Turns]>([:])

    /// Turns for so many questions of each caller at once.
    init(most: Int = 2) {
        self.most = most
    }

    /// Returns when it is the caller's turn, in the order in which its questions came.
    func enter(_ caller: String) async {
        await withCheckedContinuation { continuation in
            let isFree = turns.withLock { turns in
                guard turns[caller, default: Turns()].running >= most else {
                    turns[caller, default: Turns()].running += 1
                    return true
                }
                turns[caller]?.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    /// Gives the turn to the caller's next question, where one waits.
    func leave(_ caller: String) {
        let next = turns.withLock { turns -> CheckedContinuation<Void, Never>? in
            guard var own = turns[caller] else { return nil }
            // Whoever leaves hands its turn over, so that the count stays.
            let next = own.waiting.isEmpty ? nil : own.waiting.removeFirst()
            if next == nil { own.running -= 1 }
            turns[caller] = own.running > 0 ? own : nil
            return next
        }
        next?.resume()
    }
}
