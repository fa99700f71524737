import Determinism
import Telemetry
import Testing

@Suite struct HealthOfComponents {
    let time = ManualTime()
    let board: HealthBoard

    init() {
        board = HealthBoard(time: time)
        board.add("storage")
        board.add("broker", isRequired: false)
        board.add("engine", dependsOn: ["storage", "broker"])
        board.add("console", dependsOn: ["engine"], isRequired: false)
    }

    func allUp() {
        for name in ["storage", "broker", "engine", "console"] { board.report(name, .up) }
    }

    @Test func `is ready once every required part is up`() {
        #expect(board.live)
        #expect(!board.ready)
        #expect(board.components.map(\.state) == [.down, .down, .down, .down])
        #expect(board.component("storage")?.reason == "It has not reported yet.")
        for name in ["storage", "broker"] { board.report(name, .up) }
        #expect(!board.ready)
        board.report("engine", .up)
        #expect(board.ready)
        #expect(board.component("storage")?.reason == nil)
    }

    @Test func `shows trouble in everything that depends on it, and takes it back`() {
        allUp()
        time.advance(by: .seconds(5))
        let changes = board.report("storage", .down, reason: "disk full")
        #expect(
            changes == [
                HealthChange("storage", from: .up, to: .down), HealthChange("engine", from: .up, to: .degraded),
                HealthChange("console", from: .up, to: .degraded),
            ])
        #expect(board.component("storage")?.reason == "disk full")
        #expect(board.component("engine")?.reason == "storage is down")
        #expect(board.component("console")?.reason == "engine is degraded")
        #expect(board.component("engine")?.since == Timestamp(nanoseconds: 5_000_000_000))
        #expect(board.component("broker")?.since == Timestamp(nanoseconds: 0))
        #expect(!board.ready && board.live)
        time.advance(by: .seconds(5))
        #expect(board.report("storage", .up).count == 3)
        #expect(board.ready)
        #expect(board.component("engine")?.since == Timestamp(nanoseconds: 10_000_000_000))
    }

    @Test func `keeps the time of a state that is only repeated`() {
        allUp()
        time.advance(by: .seconds(5))
        #expect(board.report("broker", .up).isEmpty)
        #expect(board.component("broker")?.since == Timestamp(nanoseconds: 0))
    }

    @Test func `stays ready without a part that nothing required needs`() {
        allUp()
        board.report("console", .down, reason: "closed")
        #expect(board.ready)
        #expect(board.component("engine")?.state == .up)
        board.report("broker", .degraded, reason: "slow")
        #expect(!board.ready)
        #expect(board.component("engine")?.reason == "broker is degraded")
    }

    @Test func `does not hang on parts that depend on each other or on nothing known`() {
        board.add("a", dependsOn: ["b"])
        board.add("b", dependsOn: ["a"])
        board.add("c", dependsOn: ["c", "nobody"])
        for name in ["a", "b", "c"] { board.report(name, .up) }
        #expect(board.component("a")?.state == .up)
        #expect(board.component("c")?.state == .degraded)
        #expect(board.component("c")?.reason == "c is degraded, nobody is not known")
        board.report("a", .degraded)
        #expect(board.component("b")?.state == .degraded)
    }

    @Test func `is not live once only a new start can help`() {
        allUp()
        board.fail(reason: "the engine stopped for good")
        board.fail(reason: "another")
        #expect(!board.live && !board.ready)
        #expect(board.fault == "the engine stopped for good")
    }

    @Test func `takes reports of parts that nobody made known as optional ones`() {
        allUp()
        board.report("news", .down, reason: "no key")
        #expect(board.ready)
        #expect(board.component("news")?.isRequired == false)
    }
}
