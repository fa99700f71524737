import Foundation
import Networking
import SocketClients
import Synchronization

/// A handler made of closures.
struct TestHandler: HTTPHandler {
    var atOnce: @Sendable (HTTPRequest) -> HTTPResponse? = { _ in nil }
    var later: @Sendable (HTTPRequest) async -> HTTPResponse = { .text("\($0.method) \($0.path) \($0.body.count)") }
    var webSocket: @Sendable (HTTPRequest) -> WebSocketAnswer = { _ in .accept(EchoSession()) }

    func answerAtOnce(_ request: HTTPRequest) -> HTTPResponse? { atOnce(request) }
    func answer(_ request: HTTPRequest) async -> HTTPResponse { await later(request) }
    func openWebSocket(_ request: HTTPRequest) -> WebSocketAnswer { webSocket(request) }
}

/// A session that sends back what it gets and counts its ends.
final class EchoSession: WebSocketSession {
    private struct State {
        var frames: [[UInt8]] = []
        var closing: (code: UInt16, reason: String)?
        var wake: (@Sendable () -> Void)?
        var closedCount = 0
    }

    private let state = Mutex(State())
    let ended: Signal

    init(ended: Signal = Signal()) { self.ended = ended }

    func opened(wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }
    func nextFrame() -> [UInt8]? { state.withLock { $0.frames.isEmpty ? nil : $0.frames.removeFirst() } }
    var closing: (code: UInt16, reason: String)? { state.withLock { $0.closing } }
    var closedCount: Int { state.withLock { $0.closedCount } }

    func received(_ text: String) {
        guard text != "bye" else { return end(1000, "bye") }
        push(Array(text.utf8))
    }

    func push(_ frame: [UInt8]) {
        let wake = state.withLock { state in
            state.frames.append(frame)
            return state.wake
        }
        wake?()
    }

    func end(_ code: UInt16, _ reason: String) {
        let wake = state.withLock { state in
            state.closing = (code, reason)
            return state.wake
        }
        wake?()
    }

    func closed() {
        state.withLock { $0.closedCount += 1 }
        ended.raise()
    }
}

/// Something that happened, waited for by a thread.
final class Signal: Sendable {
    private let count = Mutex(0)
    private let semaphore = DispatchSemaphore(value: 0)

    func raise() {
        count.withLock { $0 += 1 }
        semaphore.signal()
    }

    /// Waits up to thirty seconds; whether it happened.
    func wait() -> Bool { semaphore.wait(timeout: .now() + 30) == .success }
    var times: Int { count.withLock { $0 } }
}

/// Runs a server around `body`, which has a thread of its own since its sockets block.
func withServer(
    _ handler: TestHandler = TestHandler(), configure: (inout HTTPServerConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (HTTPServer) throws -> Void
) async throws {
    var configuration = HTTPServerConfiguration()
    configuration.sweepInterval = .milliseconds(10)
    configure(&configuration)
    let server = try HTTPServer(configuration, handler: handler)
    let running = Task.detached { try await server.run() }
    let result = await onThread { Result { try body(server) } }
    running.cancel()
    try await running.value
    try result.get()
}

/// The result of something that blocks.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { done in
        Thread { done.resume(returning: body()) }.start()
    }
}

/// Looks every few milliseconds, thirty seconds long, whether something has come true.
func comesTrue(_ condition: () -> Bool) -> Bool {
    for _ in 0..<6000 {
        if condition() { return true }
        usleep(5000)
    }
    return false
}
