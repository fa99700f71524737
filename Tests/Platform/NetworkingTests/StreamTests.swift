import Networking
import SocketClients
import Synchronization
import Testing

/// A stream that gives parts when it is told to.
final class TestStream: HTTPBodyStream {
    private struct State {
        var parts: [HTTPChunk] = []
        var wake: (@Sendable () -> Void)?
        var given = 0
    }

    private let state = Mutex(State())
    let ended = Signal()
    let goOn = Signal()
    /// Without end, where set.
    let endless: [UInt8]?

    init(_ parts: [HTTPChunk] = [], endless: [UInt8]? = nil) {
        self.endless = endless
        state.withLock { $0.parts = parts }
    }

    var given: Int { state.withLock { $0.given } }
    func start(wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }
    func closed() { ended.raise() }

    func push(_ part: HTTPChunk) {
        let wake = state.withLock { state in
            state.parts.append(part)
            return state.wake
        }
        wake?()
    }

    func next() -> HTTPChunk {
        state.withLock { state in
            state.given += 1
            if let endless { return .bytes(endless) }
            return state.parts.isEmpty ? .wait : state.parts.removeFirst()
        }
    }
}

@Suite struct `Streamed answers` {
    private func handler(_ stream: TestStream) -> TestHandler {
        TestHandler(atOnce: { request in
            guard request.path == "/stream" else { return .text("other") }
            return HTTPResponse(
                status: 200, headers: ["Content-Type": "text/event-stream"], body: .stream(stream))
        })
    }

    @Test func `sends parts as they come, in chunks, and keeps the connection`() async throws {
        let stream = TestStream()
        try await withServer(handler(stream)) { server in
            let client = try TestClient(port: server.port)
            client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.readHead()["transfer-encoding"] == "chunked")
            for number in 0..<20 {
                stream.push(.bytes(Array("data: \(number % 10)\n\n".utf8)))
                #expect(try client.read(14) == Array("9\r\ndata: \(number % 10)\n\n\r\n".utf8))
            }
            stream.push(.bytes([]))
            stream.push(.end)
            #expect(try client.read(5) == Array("0\r\n\r\n".utf8))
            #expect(stream.ended.wait())
            #expect(try client.get("/").text == "other")
            #expect(stream.ended.times == 1)
        }
    }

    @Test func `ends the connection with the stream for HTTP 1.0`() async throws {
        let stream = TestStream([.bytes([65, 66]), .bytes([67]), .end])
        try await withServer(handler(stream)) { server in
            let client = try TestClient(port: server.port)
            let answer = try client.ask("GET /stream HTTP/1.0\r\n\r\n")
            #expect(answer["transfer-encoding"] == nil)
            #expect(answer.text == "ABC")
            #expect(stream.ended.wait())
        }
    }

    @Test func `sends no stream to HEAD and says so to the stream`() async throws {
        let stream = TestStream(endless: [1])
        try await withServer(handler(stream)) { server in
            let client = try TestClient(port: server.port)
            #expect(try client.ask("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
            #expect(stream.ended.wait())
            #expect(stream.given == 0)
            #expect(try client.get("/").text == "other")
        }
    }

    @Test func `tells the stream when the peer is gone`() async throws {
        let stream = TestStream()
        try await withServer(handler(stream)) { server in
            do {
                let client = try TestClient(port: server.port)
                client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try client.readHead()
            }
            #expect(stream.ended.wait())
            stream.push(.bytes([1]))
            #expect(try TestClient(port: server.port).get("/").status == 200)
            #expect(stream.ended.times == 1)
        }
    }

    @Test func `asks a stream for no more than the peer reads`() async throws {
        let stream = TestStream(endless: [UInt8](repeating: 1, count: 10_000))
        try await withServer(handler(stream), configure: { $0.stallTimeout = .milliseconds(300) }) { server in
            let client = try TestClient(port: server.port, receiveBuffer: 4096)
            client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(stream.ended.wait())
            // What the system's own socket buffers take, and not more.
            #expect(stream.given < 1000)
        }
    }
}
