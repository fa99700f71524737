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
        let running = Mutex((now: 0, most: 0))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await turns.enter("ada")
                    running.withLock { running in
                        running.now += 1
                        running.most = max(running.most, running.now)
                    }
                    await Task.yield()
                    running.withLock { $0.now -= 1 }
                    turns.leave("ada")
                }
            }
        }
        #expect(running.withLock { $0.now } == 0)
        #expect((1...2).contains(running.withLock { $0.most }))
    }
}
