import Determinism
import Networking
import Synchronization
import Testing
import WorkflowModel

@testable import DeskCommands
@testable import Server

@Suite struct `Stream sessions` {
    private let host = ("Host", "127.0.0.1:8000")

    private func open(_ desk: FakeDesk, _ headers: [(String, String)] = []) throws -> StreamSession {
        let credentials = headers.isEmpty ? [("Authorization", "Bearer bw_trader")] : headers
        let request = try #require(HTTPRequest("GET", "/ws", headers: HTTPHeaders([host] + credentials)))
        guard case .accept(let session) = desk.face.openWebSocket(request) else { throw Refused() }
        session.opened {}
        return try #require(session as? StreamSession)
    }

    private struct Refused: Error {}

    private func next(_ session: StreamSession) -> Value? {
        session.nextFrame().flatMap { try? Value(json: $0) }
    }

    private func publish(_ desk: FakeDesk, _ topic: StreamTopic, key: String? = nil) {
        desk.hub.publish(topic, key: key, json: Array(#"{"a":1}"#.utf8), at: desk.time.now)
        desk.hub.tick()
    }

    @Test func `the greeting tells how the desk stands`() throws {
        let desk = try FakeDesk({ $0.facts = { DeskFacts(mode: "paper", isSimulated: true, run: "r1") } })
        let greeting = next(try open(desk))
        #expect(
            greeting == [
                "type": "status", "data": "connected", "sequence": 0, "epoch": "epoch-1", "mode": "paper",
                "simulated": true, "run": "r1",
            ])
    }

    @Test func `events of the topics that were asked for come, and no others`() throws {
        let desk = try FakeDesk()
        let session = try open(desk)
        _ = next(session)
        session.received(#"{"op":"subscribe","topics":["fills","orders"]}"#)
        #expect(next(session)?["topics"] == ["orders", "fills"])
        publish(desk, .fills)
        publish(desk, .quotes, key: "A")
        let frame = next(session)
        #expect(frame?["type"] == "events")
        #expect(frame?["events"]?.list?.count == 1)
        #expect(frame?["events"]?[0]?["data"] == ["a": 1])
        #expect(next(session) == nil)
        session.received(#"{"op":"unsubscribe","topics":["fills"]}"#)
        _ = next(session)
        publish(desk, .fills)
        #expect(next(session) == nil)
    }

    @Test func `coming back goes on where the client was`() throws {
        let desk = try FakeDesk()
        let first = try open(desk)
        _ = next(first)
        first.received(#"{"op":"subscribe","topics":["fills"]}"#)
        let start = try #require(next(first)?["sequence"]?.integer)
        publish(desk, .fills)
        publish(desk, .fills)
        first.closed()
        let second = try open(desk)
        _ = next(second)
        second.received(#"{"op":"subscribe","topics":["fills"],"after":\#(start + 1),"epoch":"epoch-1"}"#)
        _ = next(second)
        #expect(next(second)?["events"]?.list?.map { $0["sequence"]?.integer } == [start + 2])
    }

    @Test(arguments: [#""after":3,"epoch":"another""#, #""after":1000000"#])
    func `numbers of another start are told to be too old`(_ place: String) throws {
        let desk = try FakeDesk()
        let other = desk.hub.watch(.all) {}
        for _ in 0..<5 { publish(desk, .fills) }
        let session = try open(desk)
        _ = next(session)
        session.received(#"{"op":"subscribe","topics":["fills"],\#(place)}"#)
        let missed = next(session)
        #expect(missed?["type"] == "missed")
        #expect(missed?["reason"] == "too old")
        #expect(next(session)?["type"] == "subscribed")
        #expect(next(session) == nil)
        publish(desk, .fills)
        #expect(next(session)?["events"]?.list?.count == 1)
        desk.hub.leave(other)
    }

    @Test func `another topic does not cost those that were watched`() throws {
        let desk = try FakeDesk()
        let session = try open(desk)
        _ = next(session)
        session.received(#"{"op":"subscribe","topics":["fills"]}"#)
        _ = next(session)
        publish(desk, .fills)
        session.received(#"{"op":"subscribe","topics":["orders"]}"#)
        #expect(next(session)?["events"]?.list?.count == 1)
        #expect(next(session)?["topics"] == ["orders", "fills"])
        publish(desk, .orders)
        #expect(next(session)?["events"]?.list?.count == 1)
        #expect(next(session) == nil)
    }

    @Test func `a call is answered with its id`() async throws {
        let desk = try FakeDesk()
        let session = try open(desk)
        let running = Task { await desk.calls.run() }
        _ = next(session)
        session.received(#"{"op":"call","id":"7","command":"bars","arguments":{"symbol":"A"}}"#)
        let answer = await waited { next(session) }
        #expect(answer?["type"] == "answer")
        #expect(answer?["id"] == "7")
        #expect(answer?["result"]?["arguments"] == ["symbol": "A"])
        #expect(desk.commands.last?.caller.face == .webSocket)
        running.cancel()
    }

    @Test func `an update holds status, portfolio and signals`() async throws {
        let desk = try FakeDesk()
        let session = try open(desk)
        let running = Task { await desk.calls.run() }
        _ = next(session)
        session.received(#"{"op":"request_update"}"#)
        let update = await waited { next(session) }
        #expect(update?["type"] == "update")
        #expect(update?["status"]?["command"] == "status")
        #expect(update?["signals"]?["command"] == "signals")
        running.cancel()
    }

    @Test func `a write needs a key, and no more than eight calls are open`() throws {
        let desk = try FakeDesk()
        let session = try open(desk)
        _ = next(session)
        session.received(#"{"op":"call","id":1,"command":"orders.place","arguments":{}}"#)
        #expect(next(session)?["error"]?["status"] == 400)
        session.received(#"{"op":"call","id":2,"command":"nothing","arguments":{}}"#)
        #expect(next(session)?["error"]?["status"] == 404)
        for id in 0..<9 { session.received(#"{"op":"call","id":\#(id),"command":"status"}"#) }
        let refusal = next(session)
        #expect(refusal?["id"] == 8)
        #expect(refusal?["error"]?["status"] == 429)
    }

    @Test func `what cannot be read is answered, counted and in the end too much`() throws {
        let desk = try FakeDesk()
        let session = try open(desk)
        _ = next(session)
        for text in ["", "{", "[]", "null", #"{"op":"fly"}"#, #"{"op":"subscribe","topics":["moods"]}"#] {
            session.received(text)
            #expect(next(session)?["type"] == "error")
            #expect(session.closing == nil)
        }
        for _ in 0..<14 { session.received("x") }
        #expect(session.closing?.code == 1008)
    }

    @Test func `a client that reads nothing is sent away`() throws {
        let desk = try FakeDesk()
        let session = try open(desk)
        for _ in 0..<200 { session.received(#"{"op":"ping"}"#) }
        #expect(session.closing?.code == 1008)
    }

    @Test func `a key that is revoked ends the conversation`() throws {
        let desk = try FakeDesk()
        let session = try open(desk)
        _ = next(session)
        desk.gate.state.withLock { $0.keys["bw_trader"] = nil }
        desk.time.advance(by: .seconds(3))
        session.received(#"{"op":"call","id":1,"command":"status"}"#)
        #expect(session.closing?.code == 4401)
        #expect(desk.commands.count == 0)
    }

    @Test func `pages of other sites and strangers get no socket`() throws {
        let desk = try FakeDesk()
        let cookie = ("Cookie", "bellwether_session=cookie-1")
        for headers in [
            [cookie], [cookie, ("Origin", "http://evil.example")],
            [("Authorization", "Bearer bw_trader"), ("Origin", "http://evil.example")],
            [("Authorization", "Bearer no")],
            [("X", "y")],
        ] { #expect(throws: Refused.self) { try open(desk, headers) } }
        #expect(throws: Never.self) { try open(desk, [cookie, ("Origin", "http://127.0.0.1:8000")]) }
    }

    /// What a question gives in the end.
    private func waited(_ question: () -> Value?) async -> Value? {
        for _ in 0..<1_000_000 {
            if let answer = question() { return answer }
            await Task.yield()
        }
        return nil
    }
}
