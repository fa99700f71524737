import DeskCommands
import Determinism
import Synchronization
import Testing
import WorkflowModel

@testable import MCP

struct OperationTests {
    private func advance(_ scene: SessionScene, times: Int) async {
        for _ in 0..<times { scene.time.advance(to: await scene.time.nextDeadline()) }
    }

    @Test func `tells progress that only grows until the work is done`() async {
        let scene = await SessionScene(.paper)
        await scene.connection.receive(
            SessionScene.request(1, "tools/call", ["name": "backtest", "_meta": ["progressToken": "p"]]))
        await advance(scene, times: 4)
        let answer = await scene.outlet.answer(to: .number(1))
        #expect(
            answer?["result"]?["structuredContent"] == ["id": "backtest-1", "state": "done", "progress": .number(1)])
        let told = scene.outlet.sent.filter { $0["method"] == "notifications/progress" }
        #expect(told.map { $0["params"]?["progress"]?.number } == [0, 0.25, 0.5, 0.75, 1])
        #expect(told.allSatisfy { $0["params"]?["progressToken"] == "p" && $0["params"]?["total"] == 1 })
    }

    @Test func `answers at once where nobody follows`() async {
        let scene = await SessionScene(.paper)
        let result = await scene.call(1, "backtest")
        #expect(result["structuredContent"]?["state"] == "running")
    }

    @Test func `ends the work where the client takes its request back, and answers nothing`() async {
        let scene = await SessionScene(.paper)
        await scene.connection.receive(
            SessionScene.request(1, "tools/call", ["name": "backtest", "_meta": ["progressToken": 1]]))
        await advance(scene, times: 1)
        _ = await scene.time.nextDeadline()
        await scene.connection.receive(
            SessionScene.bytes([
                "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 1],
            ]))
        await scene.connection.drain(within: .seconds(5))
        #expect(scene.desk.calls.last?.command == "backtests.cancel")
        #expect(scene.desk.state.withLock { $0.backtests["backtest-1"]?.state } == "cancelled")
        #expect(!scene.outlet.sent.contains { $0["id"] == 1 })
    }

    @Test func `waits no longer than it may`() async {
        let scene = await SessionScene(.paper, desk: SampleDesk(stride: 0))
        await scene.connection.receive(
            SessionScene.request(1, "tools/call", ["name": "backtest", "_meta": ["progressToken": 1]]))
        _ = await scene.time.nextDeadline()
        scene.time.advance(by: OperationFollower.longest)
        let answer = await scene.outlet.answer(to: .number(1))
        #expect(answer?["result"]?["structuredContent"]?["state"] == "running")
    }

    @Test func `drains what is under way and gives up after the bound`() async {
        let scene = await SessionScene(.paper, desk: SampleDesk(stride: 0))
        await scene.connection.receive(
            SessionScene.request(1, "tools/call", ["name": "backtest", "_meta": ["progressToken": 1]]))
        let start = await scene.time.nextDeadline()
        async let drained: Void = scene.connection.drain(within: .zero)
        await drained
        #expect(scene.time.now <= start)
    }
}
