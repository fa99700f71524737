import DeskCommands
import Determinism
import Foundation
import Networking
import SocketClients
import Synchronization
import Telemetry
import Testing
import WorkflowModel

@testable import Server

@Suite struct `Desk server` {
    private let key = "Authorization: Bearer bw_trader"

    private func parts(_ commands: FakeCommands = FakeCommands(), gate: FakeGate = FakeGate()) -> ServerParts {
        let time = SystemTime()
        return ServerParts(
            commands: commands, catalog: FakeDesk.catalog, gate: gate, hub: StreamHub(epoch: "e", time: time),
            time: time, metrics: MetricRegistry(), log: .silent, seed: 7)
    }

    private func serving(
        _ parts: ServerParts, _ body: @escaping @Sendable (DeskServer) throws -> Void
    ) async throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        let server = try DeskServer(configuration, parts)
        let running = Task { try await server.run() }
        let result = await withCheckedContinuation { (done: CheckedContinuation<Result<Void, any Error>, Never>) in
            Thread { done.resume(returning: Result { try body(server) }) }.start()
        }
        running.cancel()
        _ = await running.result
        try result.get()
    }

    @Test func `requests are answered over a real socket`() async throws {
        try await serving(parts()) { [key] server in
            let client = try TestClient(port: server.port)
            #expect(server.url == "http://127.0.0.1:\(server.port)")
            let first = try client.ask("GET", "/api/bars/AAPL?limit=3", [key])
            #expect(first.status == 200)
            let value = try Value(json: first.body)
            #expect(value["arguments"] == ["symbol": "AAPL", "limit": 3])
            let tag = first["etag"] ?? ""
            #expect(try client.ask("GET", "/api/bars/AAPL?limit=3", [key, "If-None-Match: \(tag)"]).status == 304)
            #expect(try client.ask("HEAD", "/api/status", [key]).status == 200)
            #expect(try client.ask("GET", "/api/status").status == 401)
            let order = try client.ask(
                "POST", "/api/orders", [key, "Idempotency-Key: 12345678", "Content-Type: application/json"],
                body: #"{"symbol":"AAPL","side":"buy"}"#)
            #expect(order.status == 200)
            #expect(try client.ask("GET", "/assets/robots.txt").text.hasPrefix("User-agent"))
        }
    }

    @Test func `what the socket layer refuses is a problem as well`() async throws {
        try await serving(parts()) { server in
            let client = try TestClient(port: server.port)
            let answer = try client.ask("GET", "/api/status", ["Broken Header: x"])
            #expect(answer.status == 400)
            #expect(answer["content-type"] == "application/problem+json")
            #expect(answer["x-content-type-options"] == "nosniff")
        }
    }

    @Test func `events go from the hub to a socket, and calls are answered there`() async throws {
        let parts = parts()
        try await serving(parts) { [key, parts] server in
            let client = try WebSocketClient(
                port: server.port, path: "/ws", host: "localhost",
                headers: "\(key)\r\nSec-WebSocket-Protocol: bellwether.v1\r\n")
            #expect(client.handshake.status == 101)
            #expect(client.handshake["sec-websocket-protocol"] == "bellwether.v1")
            #expect(try client.read().text.contains("connected"))
            client.send(#"{"op":"subscribe","topics":["fills"]}"#)
            #expect(try client.read().text.contains("subscribed"))
            parts.hub.publish(.fills, key: nil, json: Array(#"{"id":"f-1"}"#.utf8), at: parts.time.now)
            #expect(try client.read().text.contains(#""data":{"id":"f-1"}"#))
            client.send(#"{"op":"call","id":1,"command":"status"}"#)
            #expect(try client.read().text.contains(#""type":"answer""#))
            for _ in 0..<20 { client.send("nonsense") }
            for _ in 0..<20 { #expect(try client.read().text.contains("error")) }
            #expect(try client.read().closeCode == 1008)
            #expect(parts.hub.watchers <= 1)
        }
    }

    @Test func `an address that others can reach needs a certificate and a key`() throws {
        var configuration = ServerConfiguration()
        configuration.address = "0.0.0.0"
        configuration.port = 0
        #expect(throws: ServerError.self) { try DeskServer(configuration, parts()) }
        configuration.tls = .init(certificatePath: "/nothing", keyPath: "/nothing")
        let empty = FakeGate()
        empty.state.withLock { $0.keys = [:] }
        let error = #expect(throws: ServerError.self) { try DeskServer(configuration, parts(gate: empty)) }
        #expect(error?.message.contains("keys create") == true)
    }

    @Test func `docs name exactly the metrics that there are`() async throws {
        let documented = Set(try documented())
        try await serving(parts()) { [key] server in
            let client = try TestClient(port: server.port)
            #expect(try client.ask("GET", "/api/status").status == 401)
            let names = try client.ask("GET", "/metrics", [key]).text.split(separator: "\n").filter {
                $0.hasPrefix("# TYPE ")
            }
            #expect(Set(names.map { $0.split(separator: " ")[2...3].joined(separator: " ") }) == documented)
        }
    }

    /// Names and types in the sections of the server and the metrics themselves.
    private func documented() throws -> [String] {
        var folder = URL(filePath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let page = try String(contentsOf: folder.appending(path: "docs/metrics.md"), encoding: .utf8)
        let part = page.split(separator: "## The desk")[0]
        return part.split(separator: "\n").filter { $0.hasPrefix("| `bellwether_") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return "\(cells[0].filter { $0 != "`" }) \(cells[1])"
        }
    }
}
