import Networking
import SocketClients
import Testing

@Suite struct `Stopping a server` {
    private func started(
        _ handler: TestHandler, _ configure: (inout HTTPServerConfiguration) -> Void = { _ in }
    ) throws -> (HTTPServer, Task<Void, any Error>) {
        var configuration = HTTPServerConfiguration()
        configuration.sweepInterval = .milliseconds(10)
        configure(&configuration)
        let server = try HTTPServer(configuration, handler: handler)
        return (server, Task.detached { try await server.run() })
    }

    @Test func `finishes the request in flight and takes no more connections`() async throws {
        let (begun, goOn) = (Signal(), Signal())
        let handler = TestHandler(later: { _ in
            begun.raise()
            return await onThread { goOn.wait() ? .text("done") : .text("never") }
        })
        let (server, running) = try started(handler)
        let port = server.port
        try await onThread {
            Result {
                let client = try TestClient(port: port)
                let idle = try TestClient(port: port)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(begun.wait())
                running.cancel()
                #expect(try idle.isClosedByServer())
                #expect(throws: ClientTrouble.self) { try TestClient(port: port) }
                goOn.raise()
                let answer = try client.readAnswer()
                #expect(answer.text == "done")
                #expect(answer["connection"] == "close")
                #expect(try client.isClosedByServer())
            }
        }.get()
        try await running.value
    }

    @Test func `says goodbye to WebSockets and ends streams`() async throws {
        let (session, stream) = (EchoSession(), TestStream())
        let handler = TestHandler(
            atOnce: { _ in HTTPResponse(status: 200, body: .stream(stream)) }, webSocket: { _ in .accept(session) })
        let (server, running) = try started(handler)
        let port = server.port
        try await onThread {
            Result {
                let webSocket = try WebSocketClient(port: port)
                let client = try TestClient(port: port)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try client.readHead()
                running.cancel()
                #expect(try webSocket.read().closeCode == 1001)
                webSocket.send(8, [0x03, 0xE9])
                #expect(try webSocket.socket.isClosedByServer())
                #expect(try client.readToEnd() == Array("0\r\n\r\n".utf8))
                #expect(session.ended.wait())
                #expect(stream.ended.wait())
            }
        }.get()
        try await running.value
        #expect(session.closedCount == 1)
        #expect(stream.ended.times == 1)
    }

    @Test func `waits no longer than it may for what does not end`() async throws {
        let (begun, cancelled, session) = (Signal(), Signal(), EchoSession())
        let handler = TestHandler(
            later: { _ in
                begun.raise()
                await withTaskCancellationHandler {
                    try? await Task.sleep(for: .seconds(60))
                } onCancel: {
                    cancelled.raise()
                }
                return .text("late")
            }, webSocket: { _ in .accept(session) })
        let (server, running) = try started(handler) { $0.stopTimeout = .milliseconds(200) }
        let port = server.port
        try await onThread {
            Result {
                let deaf = try WebSocketClient(port: port)
                let client = try TestClient(port: port)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(begun.wait())
                running.cancel()
                #expect(try client.isClosedByServer())
                #expect(cancelled.wait())
                #expect(session.ended.wait())
                #expect(try deaf.read().closeCode == 1001)
            }
        }.get()
        try await running.value
    }

    @Test func `lets a body that is coming in come in`() async throws {
        let (server, running) = try started(TestHandler())
        let port = server.port
        try await onThread {
            Result {
                let idle = try TestClient(port: port)
                let client = try TestClient(port: port)
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
                #expect(comesTrue { server.statistics.bytesReceived > 40 })
                running.cancel()
                #expect(try idle.isClosedByServer())
                client.send("cd")
                let answer = try client.readAnswer()
                #expect(answer.text == "POST / 4")
                #expect(answer["connection"] == "close")
            }
        }.get()
        try await running.value
    }

    @Test func `ends a stream whose answer comes too late`() async throws {
        let (begun, stream) = (Signal(), TestStream())
        let handler = TestHandler(later: { _ in
            begun.raise()
            return await onThread {
                _ = stream.goOn.wait()
                return HTTPResponse(status: 200, body: .stream(stream))
            }
        })
        let (server, running) = try started(handler) { $0.stopTimeout = .milliseconds(50) }
        let port = server.port
        let client = try TestClient(port: port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await onThread { begun.wait() })
        running.cancel()
        try await running.value
        stream.goOn.raise()
        #expect(await onThread { stream.ended.wait() })
        #expect(stream.given == 0)
    }

    @Test func `stops at once where it was cancelled before it ran, and gives the port back`() async throws {
        for _ in 0..<20 {
            let (server, running) = try started(TestHandler())
            running.cancel()
            try await running.value
            var again = HTTPServerConfiguration()
            again.port = server.port
            _ = try HTTPServer(again, handler: TestHandler())
        }
    }
}
