import Foundation
import Networking
import ScratchFolders
import Synchronization
import Testing
import WorkflowModel

@testable import CLI

/// A desk that tells an address outside what a person should hear of.
@Suite(.serialized) struct AlertDeliveryTests {
    /// Keeps what is sent to it.
    private final class Outside: HTTPHandler {
        let bodies = Mutex<[Value]>([])

        func answerAtOnce(_ request: HTTPRequest) -> HTTPResponse? { nil }

        func answer(_ request: HTTPRequest) async -> HTTPResponse {
            guard let value = try? Value(json: request.body) else { return HTTPResponse(status: 400) }
            bodies.withLock { $0.append(value) }
            return HTTPResponse(status: 204)
        }

        func openWebSocket(_ request: HTTPRequest) -> WebSocketAnswer { .refuse(HTTPResponse(status: 404)) }
    }

    /// Starts a desk, halts and stops it.
    private static func haltedDesk(_ home: String, _ environment: [String: String]) throws -> Binary.Outcome {
        let desk = try Binary(
            ["run", "--speed", "1", "--json", "--no-server"], home: home, environment: environment)
        while let line = try desk.line(), !line.contains("day_started") {}
        #expect(try Binary.run(["halt", "--reason", "noon"], home: home).code == 0)
        while let line = try desk.line(), !line.contains("noon") {}
        desk.signal(SIGINT)
        return try desk.outcome()
    }

    /// Does something that blocks where nobody else waits for the thread.
    private func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { done in
            Thread { done.resume(with: Result { try body() }) }.start()
        }
    }

    @Test func `a halt arrives at the address that is set, whose key stands in no log`() async throws {
        let outside = Outside()
        let server = try HTTPServer(HTTPServerConfiguration(), handler: outside)
        let running = Task.detached { try await server.run() }
        let home = try ScratchFolder()
        let key = "SECRETKEY0123456789"
        let environment = ["ALERT_WEBHOOK_URL": "http://127.0.0.1:\(server.port)/\(key)"]
        let outcome = try await onThread { try AlertDeliveryTests.haltedDesk(home.path, environment) }
        #expect(outcome.code == 0)
        running.cancel()
        try await running.value
        let found = try #require(outside.bodies.withLock { $0.first })
        #expect(found["kind"] == "halt" && found["text"]?.text?.contains("noon") == true)
        #expect(found["simulated"] == true && found["market_time"] != .null)
        let log = try String(contentsOfFile: home.path + "/logs/bellwether.log", encoding: .utf8)
        #expect(log.contains("noon") && !log.contains(key) && !outcome.errors.contains(key))
    }
}
