import DeskCommands
import Determinism
import Networking
import Synchronization
import Testing
import WorkflowModel

@testable import MCP

/// An endpoint with the sample desk, and what a client sends it.
private struct Scene {
    let desk = SampleDesk()
    let time = ManualTime(at: Timestamp(nanoseconds: 0))
    let endpoint: MCPEndpoint
    static let ann = Caller("ann", .admin, through: .mcp, tier: .paper)

    init() {
        let ids = Atomic(0)
        endpoint = MCPEndpoint(
            services: MCPServices(performer: desk, time: time, version: "1", commands: SampleDesk.commands),
            makeID: { "session-\(ids.add(1, ordering: .relaxed).newValue)" })
    }

    func send(
        _ method: String, _ body: [UInt8] = [], by caller: Caller = Scene.ann, session: String? = nil,
        _ more: [String: String] = [:]
    ) async throws -> HTTPResponse {
        var headers: HTTPHeaders = [
            "Accept": "application/json, text/event-stream", "Content-Type": "application/json",
        ]
        headers["Mcp-Session-Id"] = session
        for (name, value) in more { headers[name] = value.isEmpty ? nil : value }
        let request = try #require(HTTPRequest(method, "/mcp", headers: headers, body: body))
        return await endpoint.answer(request, by: caller)
    }

    func begin(by caller: Caller = Scene.ann) async throws -> String {
        let response = try await send("POST", SessionScene.greeting, by: caller)
        return try #require(response.headers["Mcp-Session-Id"])
    }

    static func json(_ response: HTTPResponse) throws -> Value {
        guard case .bytes(let bytes) = response.body else { return .null }
        return try Value(json: bytes)
    }

    static func stream(_ response: HTTPResponse) throws -> any HTTPBodyStream {
        guard case .stream(let stream) = response.body else { throw RPCError(.failed, "no stream") }
        return stream
    }

    /// Everything a stream has at the moment, and whether it ended.
    static func drain(_ stream: any HTTPBodyStream) -> (text: String, ended: Bool) {
        var bytes: [UInt8] = []
        while true {
            switch stream.next() {
            case .bytes(let more): bytes += more
            case .wait: return (String(decoding: bytes, as: UTF8.self), false)
            case .end: return (String(decoding: bytes, as: UTF8.self), true)
            }
        }
    }
}

struct MCPEndpointTests {
    @Test func `begins a session, answers in it and ends it`() async throws {
        let scene = Scene()
        let id = try await scene.begin()
        let note = Array(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#.utf8)
        #expect(try await scene.send("POST", note, session: id).status == 202)
        let answer = try await scene.send(
            "POST", SessionScene.request(1, "tools/call", ["name": "desk_status"]), session: id)
        #expect(try Scene.json(answer)["result"]?["structuredContent"]?["mode"] == "paper")
        #expect(try await scene.send("DELETE", session: id).status == 204)
        #expect(try await scene.send("POST", SessionScene.request(2, "ping"), session: id).status == 404)
    }

    @Test func `knows a session for the caller who began it alone`() async throws {
        let scene = Scene()
        let id = try await scene.begin()
        let ping = SessionScene.request(1, "ping")
        for other in [
            Caller("bob", .admin, through: .mcp, tier: .paper), Caller("ann", .viewer, through: .mcp, tier: .paper),
            Caller("ann", .admin, through: .mcp, tier: .live),
        ] {
            #expect(try await scene.send("POST", ping, by: other, session: id).status == 404)
            #expect(try await scene.send("DELETE", by: other, session: id).status == 404)
            #expect(try await scene.send("GET", by: other, session: id).status == 404)
        }
        #expect(try await scene.send("POST", ping, session: id).status == 200)
    }

    @Test func `refuses requests that are not of the protocol`() async throws {
        let scene = Scene()
        let id = try await scene.begin()
        let ping = SessionScene.request(1, "ping")
        #expect(try await scene.send("POST", ping).status == 400)
        #expect(try await scene.send("POST", ping, session: "made-up").status == 404)
        #expect(try await scene.send("POST", ping, session: id, ["Accept": "text/html"]).status == 406)
        #expect(try await scene.send("POST", ping, session: id, ["Content-Type": "text/plain"]).status == 415)
        #expect(try await scene.send("POST", ping, session: id, ["MCP-Protocol-Version": "1999-01-01"]).status == 400)
        #expect(try await scene.send("POST", Array("[1]".utf8), session: id).status == 400)
        #expect(try await scene.send("GET", session: id, ["Accept": "application/json"]).status == 406)
        #expect(try await scene.send("PUT", ping, session: id).status == 405)
    }

    @Test func `tells a client of a newer version which ones are spoken`() async throws {
        let scene = Scene()
        let answer = try await scene.send(
            "POST", SessionScene.request(1, "server/discover"), ["MCP-Protocol-Version": "2026-07-28"])
        #expect(answer.status == 400)
        #expect(try Scene.json(answer)["error"]?["code"] == -32022)
        #expect(try Scene.json(answer)["error"]?["data"]?["supported"]?[2] == "2025-06-18")
    }

    @Test func `streams progress and then the answer, and gives both again after an event`() async throws {
        let scene = Scene()
        let id = try await scene.begin()
        let call = SessionScene.request(
            1, "tools/call", ["name": "backtest", "_meta": ["progressToken": "p"]])
        let response = try await scene.send("POST", call, session: id)
        #expect(response.headers["Content-Type"] == "text/event-stream")
        let stream = try Scene.stream(response)
        let (woken, wake) = AsyncStream.makeStream(of: Void.self)
        stream.start { wake.yield() }
        for _ in 0..<4 { scene.time.advance(to: await scene.time.nextDeadline()) }
        var text = ""
        for await _ in woken {
            let (more, ended) = Scene.drain(stream)
            text += more
            if ended { break }
        }
        #expect(text.components("notifications/progress") == 5)
        #expect(text.contains(#""state":"done""#))
        #expect(text.contains("id: 1-1\n") && text.contains("id: 1-6\n"))
        let again = try await scene.send("GET", session: id, ["Last-Event-ID": "1-5"])
        let resumed = Scene.drain(try Scene.stream(again))
        #expect(resumed.ended && resumed.text.contains("id: 1-6\n") && !resumed.text.contains("id: 1-5\n"))
        #expect(try await scene.send("GET", session: id, ["Last-Event-ID": "9-1"]).status == 400)
        #expect(try await scene.send("GET", session: id, ["Last-Event-ID": "nonsense"]).status == 400)
    }

    @Test func `ends a stream whose request was taken back, and the work with it`() async throws {
        let scene = Scene()
        let id = try await scene.begin()
        let call = SessionScene.request(1, "tools/call", ["name": "backtest", "_meta": ["progressToken": 1]])
        let stream = try Scene.stream(try await scene.send("POST", call, session: id))
        _ = await scene.time.nextDeadline()
        let cancel: Value = ["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 1]]
        #expect(try await scene.send("POST", SessionScene.bytes(cancel), session: id).status == 202)
        #expect(Scene.drain(stream).ended)
    }

    @Test func `a new general stream takes the place of the old one`() async throws {
        let scene = Scene()
        let id = try await scene.begin()
        let first = try Scene.stream(try await scene.send("GET", session: id))
        let second = try Scene.stream(try await scene.send("GET", session: id))
        #expect(Scene.drain(first).ended)
        #expect(!Scene.drain(second).ended)
        await scene.endpoint.close()
        #expect(Scene.drain(second).ended)
    }

    @Test func `keeps a bounded number of sessions, and none that is unused for long`() async throws {
        let scene = Scene()
        var first = ""
        for number in 0..<(MCPEndpoint.mostSessionsOfOne + 5) {
            let id = try await scene.begin()
            if number == 0 { first = id }
            scene.time.advance(by: .seconds(1))
        }
        #expect(await scene.endpoint.countOfSessions == MCPEndpoint.mostSessionsOfOne)
        #expect(try await scene.send("POST", SessionScene.request(1, "ping"), session: first).status == 404)
        for number in 0..<120 { _ = try await scene.begin(by: Caller("c\(number)", .viewer, through: .mcp)) }
        #expect(await scene.endpoint.countOfSessions == MCPEndpoint.mostSessions)
        scene.time.advance(by: MCPEndpoint.patience + .seconds(1))
        _ = try await scene.send("POST", SessionScene.request(1, "ping"), session: "none")
        #expect(await scene.endpoint.countOfSessions == 0)
    }

    @Test func `a greeting that fails makes no session`() async throws {
        let scene = Scene()
        let response = try await scene.send("POST", SessionScene.request(1, "initialize"))
        #expect(response.status == 400 && response.headers["Mcp-Session-Id"] == nil)
        #expect(await scene.endpoint.countOfSessions == 0)
    }

    @Test func `keeps a bounded number of events`() {
        var store = EventStore()
        for number in 0..<(EventStore.mostEvents + 10) { _ = store.append(Array("\(number)".utf8), to: 1) }
        #expect(store.events(after: .init(stream: 1, place: 0))?.count == EventStore.mostEvents)
        #expect(store.events(after: .init(stream: 2, place: 0)) == nil)
        #expect(EventStore.Name("1-2-3") == nil && EventStore.Name("-1") == nil && EventStore.Name("1-2")?.place == 2)
    }
}

extension String {
    /// How often a text stands in this one.
    fileprivate func components(_ text: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: text) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
