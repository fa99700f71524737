import Networking
import SocketClients
import Synchronization
import Testing

@Suite struct `Server guards` {
    static let malformed: [(String, Int)] = [
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /\r\n\r\n", 400),
        ("GET\r\n\r\n", 400),
        ("GET  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: a\n\n", 400),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{1}b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
        ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /#f HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("get / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        ("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        ("GET / http/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("GET / HTTX/1.1\r\nHost: a\r\n\r\n", 400),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        ("\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nab", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: cake\r\n\r\n", 417),
        ("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", 426),
    ]

    @Test func `refuses what is malformed, closes, and goes on serving others`() async throws {
        try await withServer { server in
            let other = try TestClient(port: server.port)
            for (request, status) in `Server guards`.malformed {
                let client = try TestClient(port: server.port)
                client.send(request)
                let answer = try? client.readAnswer()
                #expect(answer?.status == status, "\(request.debugDescription)")
                #expect(answer?["connection"] == "close")
                #expect(try client.isClosedByServer())
                #expect(try other.get("/").status == 200)
            }
        }
    }

    @Test func `refuses a large body before it is sent, also in chunks`() async throws {
        try await withServer(configure: { $0.maxBodyBytes = 100_000 }) { server in
            let whole = try TestClient(port: server.port)
            whole.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 100001\r\n\r\n")
            #expect(try whole.readAnswer().status == 413)
            let exact = try TestClient(port: server.port)
            exact.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
            exact.send([UInt8](repeating: 1, count: 100_000))
            #expect(try exact.readAnswer().text == "POST / 100000")
            let chunked = try TestClient(port: server.port)
            chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<200 { chunked.send("400\r\n" + String(repeating: "x", count: 1024) + "\r\n") }
            #expect(try chunked.readAnswer().status == 413)
            #expect(comesTrue { server.statistics.refused[.bodyTooLarge] == 2 })
        }
    }

    @Test func `limits the bodies of all connections together`() async throws {
        try await withServer(configure: { $0.maxTotalBodyBytes = 300_000 }) { server in
            let clients = try (0..<4).map { _ in try TestClient(port: server.port) }
            for client in clients.prefix(3) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n")
                client.send([UInt8](repeating: 1, count: 99_000))
            }
            #expect(comesTrue { server.statistics.bytesReceived > 297_000 })
            clients[3].send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
            clients[3].send([UInt8](repeating: 1, count: 50_000))
            #expect(try clients[3].readAnswer().status == 503)
            for client in clients.prefix(2) {
                client.send([UInt8](repeating: 1, count: 1001))
                #expect(try client.readAnswer().status == 200)
            }
        }
    }

    @Test func `refuses large headers, many headers and long targets`() async throws {
        try await withServer { server in
            let cases: [(String, Int)] = [
                ("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 100_000), 431),
                ("GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: 1\r\n", count: 101), 431),
                ("GET /" + String(repeating: "x", count: 9000), 414),
                ("GET /" + String(repeating: "x", count: 9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414),
            ]
            for (request, status) in cases {
                let client = try TestClient(port: server.port)
                client.send(request)
                #expect(try client.readAnswer().status == status)
            }
            let fits = try TestClient(port: server.port)
            #expect(try fits.get("/", String(repeating: "X: 1\r\n", count: 99)).status == 200)
            #expect(comesTrue { server.statistics.refused[.headersTooLarge] == 4 })
        }
    }

    @Test func `ends heads and bodies that come too slowly, however busy they look`() async throws {
        let configure: @Sendable (inout HTTPServerConfiguration) -> Void = {
            $0.headerTimeout = .milliseconds(800)
            $0.bodyTimeout = .milliseconds(800)
        }
        try await withServer(configure: configure) { server in
            let silent = try TestClient(port: server.port)
            let head = try TestClient(port: server.port)
            let body = try TestClient(port: server.port)
            body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n")
            head.send("GET / HTTP/1.1\r\n")
            let ended = comesTrue {
                head.send("X")
                body.send("x")
                return server.statistics.refused[.tooSlow] == 3
            }
            #expect(ended)
            #expect(try head.readAnswer().status == 408)
            #expect(try body.readAnswer().status == 408)
            #expect(try silent.isClosedByServer())
        }
    }

    @Test func `closes a connection that is idle for long, after its answer`() async throws {
        try await withServer(configure: { $0.idleTimeout = .milliseconds(200) }) { server in
            let client = try TestClient(port: server.port)
            #expect(try client.get("/").status == 200)
            #expect(try client.isClosedByServer())
        }
    }

    @Test func `cancels the handler when the peer goes away`() async throws {
        let (started, cancelled) = (Signal(), Signal())
        let handler = TestHandler(later: { _ in
            await withTaskCancellationHandler {
                started.raise()
                try? await Task.sleep(for: .seconds(30))
            } onCancel: {
                cancelled.raise()
            }
            return .text("late")
        })
        try await withServer(handler) { server in
            do {
                let client = try TestClient(port: server.port)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(started.wait())
            }
            #expect(cancelled.wait())
            // Also where the peer sent so much ahead that it is not being read.
            do {
                let client = try TestClient(port: server.port)
                client.send(String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 3500))
                #expect(started.wait())
            }
            #expect(cancelled.wait())
            #expect(comesTrue { server.statistics.connectionsOpen == 0 })
        }
    }

    @Test func `gives way from the longest waiting connection when all are taken`() async throws {
        try await withServer(configure: { $0.maxConnections = 20 }) { server in
            let slow = try (0..<20).map { _ in try TestClient(port: server.port) }
            for client in slow { client.send("GET / HTTP/1.1\r\nX: ") }
            #expect(comesTrue { server.statistics.connectionsOpen == 20 })
            for _ in 0..<30 {
                // A moment must pass before a connection counts as waiting.
                #expect(comesTrue { (try? TestClient(port: server.port).get("/").status) == 200 })
            }
        }
    }

    @Test func `turns away connections past the limit where all are busy`() async throws {
        let handler = TestHandler(later: { _ in
            try? await Task.sleep(for: .seconds(30))
            return .text("late")
        })
        try await withServer(handler, configure: { $0.maxConnections = 5 }) { server in
            let busy = try (0..<5).map { _ in try TestClient(port: server.port) }
            for client in busy { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
            #expect(comesTrue { server.statistics.requests == 5 })
            #expect(try TestClient(port: server.port).readAnswer().status == 503)
            #expect(comesTrue { server.statistics.refused[.tooManyConnections] == 1 })
        }
    }

    @Test func `limits the connections of one peer`() async throws {
        try await withServer(configure: { $0.maxConnectionsPerPeer = 2 }) { server in
            let first = try TestClient(port: server.port)
            #expect(try first.get("/").status == 200)
            do {
                let second = try TestClient(port: server.port)
                #expect(try second.get("/").status == 200)
                #expect(try TestClient(port: server.port).readAnswer().status == 503)
            }
            #expect(comesTrue { server.statistics.connectionsOpen == 1 })
            #expect(try TestClient(port: server.port).get("/").status == 200)
        }
    }

    @Test func `serves others while many connections trickle their heads`() async throws {
        try await withServer { server in
            // Both ends are in this process, and Foundation's `Process`, which other tests use, reads past its buffer
            // where more than about 1,300 files are open.
            let slow = try (0..<250).map { _ in try TestClient(port: server.port) }
            for client in slow { client.send("GET / HTTP/1.1\r\nX: ") }
            for _ in 0..<20 {
                for client in slow { client.send("x") }
                let client = try TestClient(port: server.port)
                #expect(try client.get("/").status == 200)
            }
        }
    }

    @Test func `keeps little for a client that does not read, and ends it`() async throws {
        let handler = TestHandler(atOnce: { request in
            guard request.path == "/large" else { return .text("small") }
            return HTTPResponse(
                status: 200, headers: ["Content-Type": "application/octet-stream"],
                body: .bytes([UInt8](repeating: 1, count: 20_000_000)))
        })
        try await withServer(handler, configure: { $0.stallTimeout = .milliseconds(300) }) { server in
            let client = try TestClient(port: server.port, receiveBuffer: 4096)
            client.send(String(repeating: "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", count: 100))
            #expect(comesTrue { server.statistics.requests == 1 })
            #expect(comesTrue { server.statistics.connectionsOpen == 0 })
            #expect(server.statistics.requests == 1)
            let other = try TestClient(port: server.port)
            #expect(try other.get("/").text == "small")
        }
    }
}
