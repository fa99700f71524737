import Glibc
import Networking
import SocketClients
import Synchronization
import Testing

@Suite struct `WebSockets of the server` {
    @Test func `opens, echoes texts of every length, and closes`() async throws {
        let session = EchoSession()
        try await withServer(TestHandler(webSocket: { _ in .accept(session) })) { server in
            let client = try WebSocketClient(port: server.port)
            #expect(client.handshake.status == 101)
            #expect(client.handshake["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            for length in [0, 1, 125, 126, 127, 65535, 65536] {
                let text = String(repeating: "é", count: length / 2) + (length % 2 == 1 ? "x" : "")
                client.send(text)
                #expect(try client.read() == .init(opcode: 1, payload: Array(text.utf8)))
            }
            #expect(server.statistics.webSocketsOpen == 1)
            client.send(8, [0x03, 0xE8])
            #expect(try client.read().closeCode == 1000)
            #expect(try client.socket.isClosedByServer())
            #expect(session.ended.wait())
            #expect(comesTrue { server.statistics.webSocketsOpen == 0 })
            #expect(session.closedCount == 1)
        }
    }

    @Test func `reads frames that come with the handshake or byte by byte`() async throws {
        try await withServer { server in
            let socket = try TestClient(port: server.port)
            let handshake = Array(
                ("GET /socket HTTP/1.1\r\nHost: test\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").utf8)
            socket.send(handshake + WebSocketClient.frame(1, [65]) + WebSocketClient.frame(1, [66]))
            #expect(try socket.readHead().status == 101)
            #expect(try socket.read(6) == [0x81, 1, 65, 0x81, 1, 66])
            for byte in WebSocketClient.frame(1, [67, 68]) { socket.send([byte]) }
            #expect(try socket.read(4) == [0x81, 2, 67, 68])
        }
    }

    @Test func `puts messages in parts together, with pings between them`() async throws {
        try await withServer { server in
            let client = try WebSocketClient(port: server.port)
            client.send(1, Array("one ".utf8), isFinal: false)
            client.send(9, [1, 2, 3])
            client.send(0, [], isFinal: false)
            client.send(0, Array("two".utf8))
            #expect(try client.read() == .init(opcode: 10, payload: [1, 2, 3]))
            #expect(try client.read().text == "one two")
        }
    }

    static let broken: [(name: String, frames: [[UInt8]], code: Int)] = [
        ("binary", [WebSocketClient.frame(2, [1])], 1003),
        ("unmasked", [WebSocketClient.frame(1, [65], isMasked: false)], 1002),
        ("reserved bits", [[0xC1, 0x80, 0, 0, 0, 0]], 1002),
        ("unknown opcode", [WebSocketClient.frame(3, [])], 1002),
        ("unknown control opcode", [WebSocketClient.frame(11, [])], 1002),
        ("continuation of nothing", [WebSocketClient.frame(0, [65])], 1002),
        (
            "message in a message", [WebSocketClient.frame(1, [65], isFinal: false), WebSocketClient.frame(1, [65])],
            1002
        ),
        ("ping in parts", [WebSocketClient.frame(9, [], isFinal: false)], 1002),
        ("long ping", [WebSocketClient.frame(9, [UInt8](repeating: 0, count: 126))], 1002),
        ("length longer than needed", [[0x81, 0xFE, 0, 1, 0, 0, 0, 0, 65]], 1002),
        ("long length longer than needed", [[0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 65]], 1002),
        ("enormous length", [[0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]], 1009),
        ("large", [WebSocketClient.frame(1, [UInt8](repeating: 65, count: 100_001))], 1009),
        (
            "large in parts",
            [
                WebSocketClient.frame(1, [UInt8](repeating: 65, count: 60_000), isFinal: false),
                WebSocketClient.frame(0, [UInt8](repeating: 65, count: 60_000), isFinal: false),
            ], 1009
        ),
        ("not UTF-8", [WebSocketClient.frame(1, [0xC3])], 1007),
        ("surrogate", [WebSocketClient.frame(1, [0xED, 0xA0, 0x80])], 1007),
        (
            "not UTF-8 in parts",
            [WebSocketClient.frame(1, [0xC3], isFinal: false), WebSocketClient.frame(0, [0x28])], 1007
        ),
        ("close code of one byte", [WebSocketClient.frame(8, [3])], 1002),
        ("close code not allowed", [WebSocketClient.frame(8, [0x03, 0xED])], 1002),
        ("close reason not UTF-8", [WebSocketClient.frame(8, [0x03, 0xE8, 0xFF])], 1007),
    ]

    @Test func `closes with the right code what breaks the rules`() async throws {
        try await withServer(configure: { $0.maxWebSocketMessageBytes = 100_000 }) { server in
            for (name, frames, code) in `WebSockets of the server`.broken {
                let client = try WebSocketClient(port: server.port)
                for frame in frames { client.socket.send(frame) }
                #expect(try client.read().closeCode == code, "\(name)")
                #expect(try client.socket.isClosedByServer(), "\(name)")
            }
            #expect(comesTrue { server.statistics.webSocketsOpen == 0 })
            #expect(try TestClient(port: server.port).get("/").status == 200)
        }
    }

    @Test func `refuses openings that are wrong`() async throws {
        let good = [
            ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ]
        let cases: [(String, String, Int)] = [
            ("Sec-WebSocket-Version", "8", 426), ("Sec-WebSocket-Key", "short", 400),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j!Q==", 400), ("Content-Length", "3", 400),
        ]
        try await withServer { server in
            for (name, value, status) in cases {
                let headers = good.filter { $0.0 != name } + [(name, value)]
                let text = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
                let client = try TestClient(port: server.port)
                client.send("GET /socket HTTP/1.1\r\nHost: a\r\n\(text)\r\nabc")
                let answer = try client.readAnswer()
                #expect(answer.status == status)
                if status == 426 { #expect(answer["sec-websocket-version"] == "13") }
            }
        }
    }

    @Test func `lets the handler refuse with an answer of its own`() async throws {
        let handler = TestHandler(webSocket: { request in
            request.headers["Origin"] == "https://good" && request.headers["Cookie"] == "a=b"
                ? .accept(EchoSession()) : .refuse(.text("no", status: 403))
        })
        try await withServer(handler) { server in
            let client = try TestClient(port: server.port)
            let opening =
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            #expect(try client.get("/socket", opening + "Origin: https://bad\r\n").status == 403)
            #expect(try client.get("/").status == 200)
            let good = try WebSocketClient(port: server.port, headers: "Origin: https://good\r\nCookie: a=b\r\n")
            #expect(good.handshake.status == 101)
        }
    }

    @Test func `takes a subprotocol only where it was offered`() async throws {
        let handler = TestHandler(webSocket: { _ in .acceptAs(subprotocol: "two", EchoSession()) })
        try await withServer(handler) { server in
            let offered = try WebSocketClient(port: server.port, headers: "Sec-WebSocket-Protocol: one, two\r\n")
            #expect(offered.handshake["sec-websocket-protocol"] == "two")
            let other = try WebSocketClient(port: server.port, headers: "Sec-WebSocket-Protocol: one\r\n")
            #expect(other.handshake["sec-websocket-protocol"] == nil)
        }
    }

    @Test func `sends what the session has, then closes as it says`() async throws {
        let session = EchoSession()
        try await withServer(TestHandler(webSocket: { _ in .accept(session) })) { server in
            let client = try WebSocketClient(port: server.port)
            for number in 0..<500 { session.push(Array("\(number)".utf8)) }
            session.end(4001, "enough")
            for number in 0..<500 { #expect(try client.read().text == "\(number)") }
            let close = try client.read()
            #expect(close.closeCode == 4001)
            #expect(String(decoding: close.payload.dropFirst(2), as: UTF8.self) == "enough")
            #expect(session.closedCount == 0)
            client.send(8, [0x0F, 0xA1])
            #expect(try client.socket.isClosedByServer())
            #expect(session.ended.wait())
        }
    }

    @Test func `pings the silent and ends the dead`() async throws {
        let session = EchoSession()
        let handler = TestHandler(webSocket: { $0.path == "/dead" ? .accept(session) : .accept(EchoSession()) })
        try await withServer(handler, configure: { $0.webSocketPingInterval = .seconds(1) }) { server in
            let dead = try WebSocketClient(port: server.port, path: "/dead")
            let alive = try WebSocketClient(port: server.port)
            for _ in 0..<2 {
                #expect(try alive.read().opcode == 9)
                alive.send(10, [])
            }
            #expect(session.ended.wait())
            #expect(try dead.read().opcode == 9)
            #expect(try dead.socket.isClosedByServer())
            alive.send("still")
            while true {
                let frame = try alive.read()
                if frame.opcode == 9 { continue }
                #expect(frame.text == "still")
                break
            }
        }
    }

    @Test func `asks a session for no more than the peer reads, and ends it`() async throws {
        let session = EndlessSession()
        let configure: @Sendable (inout HTTPServerConfiguration) -> Void = { $0.stallTimeout = .milliseconds(300) }
        try await withServer(TestHandler(webSocket: { _ in .accept(session) }), configure: configure) { server in
            let client = try WebSocketClient(port: server.port, receiveBuffer: 4096)
            #expect(client.handshake.status == 101)
            #expect(session.ended.wait())
            // What the system's own socket buffers take, and not more.
            #expect(session.given < 3000)
        }
    }

    @Test func `keeps little for a client that pings and does not read`() async throws {
        try await withServer(configure: { $0.stallTimeout = .milliseconds(300) }) { server in
            let client = try WebSocketClient(port: server.port, receiveBuffer: 4096)
            let ping = WebSocketClient.frame(9, [UInt8](repeating: 1, count: 125))
            let many = Array(repeatElement(ping, count: 1000).joined())
            for _ in 0..<200 where !client.socket.send(many) { break }
            #expect(server.statistics.bytesSent < 20_000_000)
            #expect(try TestClient(port: server.port).get("/").status == 200)
        }
    }
}

/// A session that always has a frame.
final class EndlessSession: WebSocketSession {
    private let count = Atomic(0)
    let ended = Signal()
    var given: Int { count.load(ordering: .relaxed) }
    var closing: (code: UInt16, reason: String)? { nil }
    func opened(wake: @escaping @Sendable () -> Void) {}
    func received(_ text: String) {}
    func closed() { ended.raise() }

    func nextFrame() -> [UInt8]? {
        count.add(1, ordering: .relaxed)
        return [UInt8](repeating: 65, count: 3000)
    }
}
