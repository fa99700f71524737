import Synchronization
import Testing

@testable import Server

@Suite struct `Turns of callers` {
    @Test func `a caller has two turns at once, and others theirs meanwhile`() async {
        let turns = CallerTurns(most: 2)
        await turns.enter("ada")
        await turns.enter("ada")
        await turns.enter("ben")
        let third = Task { await turns.enter("ada") }
        turns.leave("ada")
        await third.value
        turns.leave("ada")
        turns.leave("ada")
        turns.leave("ben")
        // All are given back: the same can be had again.
        await turns.enter("ada")
        await turns.enter("ada")
    }

    @Test func `never more than two run, and all come to an end`() async {
        let turns = CallerTurns(most: 2)
        let count = Count()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await turns.enter("ada")
                    count.begin()
                    await Task.yield()
                    count.end()
                    turns.leave("ada")
                }
            }
        }
        #expect(count.now == 0)
        #expect((1...2).contains(count.most))
    }

    /// How many run now, and did at most.
    private final class Count: Sendable {
        private let state = Mutex((now: 0, most: 0))

        var now: Int { state.withLock { $0.now } }
        var most: Int { state.withLock { $0.most } }

        func begin() {
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
        }

        func end() { state.withLock { $0.now -= 1 } }
    }
}
