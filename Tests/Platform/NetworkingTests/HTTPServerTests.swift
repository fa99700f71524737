import Networking
import SocketClients
import Synchronization
import Testing

@Suite struct `HTTP server` {
    @Test func `answers one request after the other on one connection`() async throws {
        try await withServer { server in
            let client = try TestClient(port: server.port)
            for number in 1...50 {
                let answer = try client.get("/item/\(number)")
                #expect(answer.status == 200)
                #expect(answer.text == "GET /item/\(number) 0")
            }
            #expect(comesTrue { server.statistics.requests == 50 })
            #expect(server.statistics.connectionsAccepted == 1)
        }
    }

    @Test func `answers pipelined requests in order, whichever way they are answered`() async throws {
        let handler = TestHandler(atOnce: { $0.path.hasPrefix("/now") ? .text($0.path) : nil })
        try await withServer(handler) { server in
            let client = try TestClient(port: server.port)
            let paths = (0..<300).map { $0 % 3 == 0 ? "/now/\($0)" : "/later/\($0)" }
            client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for path in paths {
                #expect(try client.readAnswer().text == (path.hasPrefix("/now") ? path : "GET \(path) 0"))
            }
        }
    }

    @Test func `answers all that a client sends ahead of the first answer`() async throws {
        let sent = Signal()
        let handler = TestHandler(
            atOnce: { $0.path == "/first" ? nil : .text($0.path) },
            later: { _ in await onThread { sent.wait() ? .text("first") : .text("never") } })
        try await withServer(handler) { server in
            let client = try TestClient(port: server.port)
            client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
            let padding = String(repeating: "x", count: 200)
            let ahead = (0..<2000).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\nX: \(padding)\r\n\r\n" }
            // More than the server reads ahead, so that it stops reading until the first is answered.
            client.send(ahead.joined())
            #expect(comesTrue { server.statistics.bytesReceived > 64 * 1024 })
            sent.raise()
            #expect(try client.readAnswer().text == "first")
            for number in 0..<2000 { #expect(try client.readAnswer().text == "/\(number)") }
        }
    }

    @Test func `listens on IPv6 where the machine has it`() async throws {
        let handler = TestHandler(atOnce: { .text($0.peer) })
        do {
            try await withServer(handler, configure: { $0.address = "::1" }) { server in
                let answer = try `TLS of the server`.run("curl", "-sS", "-g", "http://[::1]:\(server.port)/")
                #expect(answer.output == "::1")
            }
        } catch let error as NetworkingError {
            #expect(error.code == .badAddress)
        }
    }

    @Test func `hands the handler what was asked`() async throws {
        let handler = TestHandler(atOnce: { request in
            .text(
                [
                    request.method, request.path, request.target, request.query("q") ?? "nil",
                    request.headers["x-own"] ?? "nil", request.headers.all("A").joined(separator: "|"), request.peer,
                    "\(request.isSecure)", request.segments.joined(separator: "|"),
                    String(decoding: request.body, as: UTF8.self),
                ].joined(separator: "\n"))
        })
        try await withServer(handler) { server in
            let client = try TestClient(port: server.port)
            let answer = try client.ask(
                "POST /a%2Fb/%C3%BC?q=1+2%26&z HTTP/1.1\r\nHost: a\r\nX-Own:  v \r\nA: 1\r\na: 2\r\nContent-Length: 3\r\n\r\nabc"
            )
            #expect(
                answer.text.split(separator: "\n", omittingEmptySubsequences: false) == [
                    "POST", "/a/b/ü", "/a%2Fb/%C3%BC?q=1+2%26&z", "1 2&", "v", "1|2", "127.0.0.1", "false", "a/b|ü",
                    "abc",
                ])
        }
    }

    @Test func `reads headers whose names begin known ones`() async throws {
        try await withServer { server in
            for name in ["If", "A", "X", "Content", "H", "Sec"] {
                let client = try TestClient(port: server.port)
                #expect(try client.get("/", "\(name): 1\r\n").status == 200)
            }
        }
    }

    @Test func `puts chunked bodies together`() async throws {
        let handler = TestHandler(later: { .text(String(decoding: $0.body, as: UTF8.self)) })
        try await withServer(handler) { server in
            let client = try TestClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
            client.send("A;x=1\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n")
            #expect(try client.readAnswer().text == "abc0123456789")
            #expect(try client.get("/").status == 200)
        }
    }

    @Test func `answers HEAD with the length and no body`() async throws {
        let handler = TestHandler(atOnce: { _ in .text("four") })
        try await withServer(handler) { server in
            let client = try TestClient(port: server.port)
            let answer = try client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer["content-length"] == "4")
            #expect(try client.get("/").text == "four")
        }
    }

    @Test func `says continue before the body is sent, and only then`() async throws {
        try await withServer { server in
            let client = try TestClient(port: server.port)
            let head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
            client.send(head)
            #expect(try client.readHead().status == 100)
            client.send("ab")
            #expect(try client.readAnswer().text == "POST / 2")
            client.send(head + "cd")
            #expect(try client.readAnswer().text == "POST / 2")
        }
    }

    @Test func `closes where HTTP 1.0 or the client asks for it`() async throws {
        try await withServer { server in
            let old = try TestClient(port: server.port)
            #expect(try old.ask("GET / HTTP/1.0\r\n\r\n")["connection"] == "close")
            #expect(try old.isClosedByServer())
            let kept = try TestClient(port: server.port)
            let keep = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
            #expect(try kept.ask(keep)["connection"] == "keep-alive")
            #expect(try kept.ask(keep).status == 200)
            let closing = try TestClient(port: server.port)
            #expect(try closing.get("/", "Connection: close\r\n")["connection"] == "close")
            #expect(try closing.isClosedByServer())
        }
    }

    @Test(arguments: [
        ("X", "a\r\nSet-Cookie: b"), ("X", "a\nb"), ("X", "a\u{0}b"), ("X Y", "a"), ("", "a"), ("X\r\nY", "a"),
    ])
    func `never sends a header that breaks the message`(name: String, value: String) async throws {
        let handler = TestHandler(atOnce: { _ in
            HTTPResponse(status: 200, headers: HTTPHeaders([(name, value)]), body: .bytes([65]))
        })
        try await withServer(handler) { server in
            let client = try TestClient(port: server.port)
            let answer = try client.get("/")
            #expect(answer.status == 500)
            #expect(answer["set-cookie"] == nil)
            #expect(comesTrue { server.statistics.refused[.invalidAnswer] == 1 })
        }
    }

    @Test func `packs answers for those who accept it`() async throws {
        let handler = TestHandler(atOnce: { request in
            let size = Int(request.query("size") ?? "") ?? 0
            return HTTPResponse(
                status: 200, headers: ["Content-Type": "text/css", "ETag": "\"1\""],
                body: .bytes([UInt8](repeating: 97, count: size)))
        })
        try await withServer(handler) { server in
            let client = try TestClient(port: server.port)
            for size in [2000, 200_000] {
                let packed = try client.get("/?size=\(size)", "Accept-Encoding: br, gzip;q=0.5\r\n")
                #expect(packed["content-encoding"] == "gzip")
                #expect(packed["vary"] == "Accept-Encoding")
                #expect(packed["etag"] == "W/\"1\"")
                #expect(try unpacked(packed.body) == [UInt8](repeating: 97, count: size))
            }
            let plain = try client.get("/?size=2000", "Accept-Encoding: gzip;q=0\r\n")
            #expect(plain["content-encoding"] == nil)
            #expect(plain["vary"] == "Accept-Encoding")
            #expect(plain.body.count == 2000)
            #expect(try client.get("/?size=200", "Accept-Encoding: gzip\r\n").body.count == 200)
        }
    }

    @Test func `says who to blame where the port is taken`() throws {
        let first = try HTTPServer(HTTPServerConfiguration(), handler: TestHandler())
        var second = HTTPServerConfiguration()
        second.port = first.port
        let error = #expect(throws: NetworkingError.self) { try HTTPServer(second, handler: TestHandler()) }
        #expect(error?.code == .addressInUse)
        #expect(error?.message == "127.0.0.1:\(first.port) is taken by another program; choose another port")
    }

    @Test(arguments: ["localhost", "300.1.1.1", "", "8.8.8.8"])
    func `refuses an address that is not one of this machine`(address: String) {
        var configuration = HTTPServerConfiguration()
        configuration.address = address
        let error = #expect(throws: NetworkingError.self) { try HTTPServer(configuration, handler: TestHandler()) }
        #expect(error?.code == .badAddress)
    }

    @Test func `runs once`() async throws {
        let server = try HTTPServer(HTTPServerConfiguration(), handler: TestHandler())
        let running = Task { try await server.run() }
        running.cancel()
        try await running.value
        await #expect(throws: NetworkingError.self) { try await server.run() }
    }
}
