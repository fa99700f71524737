import Determinism
import Synchronization
import Telemetry
import Testing
import WorkflowModel

@testable import CLI

@Suite struct HealthWatchTests {
    private struct Broken: Error, CustomStringConvertible {
        let description = "the file is gone"
    }

    private let time = ManualTime(at: Timestamp(nanoseconds: 1_000_000_000))

    @Test func `nothing counts as well before it was looked at`() {
        let board = HealthBoard(time: time)
        let watch = HealthWatch([.init(name: "store") { .up(nil) }], board, .silent, time: time)
        #expect(watch.value[0]?["status"] == "failed")
        #expect(watch.value[0]?["checked_at"] == .null)
        #expect(!board.ready)
        watch.look()
        #expect(watch.value[0]?["status"] == "ok")
        #expect(watch.value[0]?["checked_at"] == .text("\(time.now)"))
        #expect(board.ready)
    }

    @Test func `a part that fails is told with its reason, takes its dependants along, and comes back`() {
        let isBroken = Mutex(false)
        let parts: [HealthWatch.Part] = [
            .init(name: "record") {
                if isBroken.withLock({ $0 }) { throw Broken() }
                return .up(nil)
            },
            .init(name: "desk", dependsOn: ["record"]) { .up(nil) },
        ]
        let board = HealthBoard(time: time)
        let watch = HealthWatch(parts, board, .silent, time: time)
        watch.look()
        #expect(watch.value.list?.map { $0["status"]?.text } == ["ok", "ok"])
        isBroken.withLock { $0 = true }
        watch.look()
        #expect(watch.value.list?.map { $0["status"]?.text } == ["failed", "degraded"])
        #expect(watch.value[0]?["detail"] == "the file is gone")
        #expect(!board.ready)
        isBroken.withLock { $0 = false }
        watch.look()
        #expect(watch.value.list?.map { $0["status"]?.text } == ["ok", "ok"])
        #expect(board.ready)
    }

    @Test func `it looks again every ten seconds`() async throws {
        let looks = Mutex(0)
        let watch = HealthWatch(
            [
                .init(name: "store") {
                    looks.withLock { $0 += 1 }; return .up(nil)
                }
            ], HealthBoard(time: time), .silent,
            time: time)
        let running = Task { try await watch.run() }
        for expected in 1...3 {
            let next = await time.nextDeadline()
            #expect(looks.withLock { $0 } == expected)
            #expect(next == time.now + .seconds(10))
            time.advance(by: .seconds(10))
        }
        running.cancel()
    }
}
