import DeskCommands
import Determinism
import Networking
import Testing
import WorkflowModel

@testable import Server

@Suite struct `Writing over REST` {
    private let order: Value = ["symbol": "AAPL", "side": "buy"]

    @Test func `the body becomes the arguments, and the key goes with the call`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.write("/api/orders", order)
        #expect(reply.status == 200)
        #expect(desk.commands.last?.arguments == ["symbol": "AAPL", "side": "buy"])
        #expect(desk.commands.last?.idempotencyKey == "12345678")
    }

    @Test func `a write by key without an idempotency key is refused and says so`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.write("/api/orders", order, headers: [])
        #expect(reply.status == 400)
        #expect(reply.json["detail"]?.text?.contains("Idempotency-Key") == true)
        #expect(desk.commands.count == 0)
    }

    @Test(arguments: ["short", String(repeating: "a", count: 129), "has blanks in it", "umläute-ü"])
    func `an idempotency key that cannot be one is refused`(_ key: String) async throws {
        let desk = try FakeDesk()
        #expect(try await desk.write("/api/orders", order, headers: [("Idempotency-Key", key)]).status == 400)
    }

    @Test func `a repeated answer and a waiting one say that they are`() async throws {
        let desk = try FakeDesk()
        desk.commands.answer { _ throws(CommandProblem) in CommandAnswer(["id": "1"], isRepeated: true) }
        let repeated = try await desk.write("/api/orders", order)
        #expect(repeated.status == 200)
        #expect(repeated.headers["Idempotency-Replayed"] == "true")
        desk.commands.answer { _ throws(CommandProblem) in CommandAnswer(["confirmation": ["id": "c"]], isWaiting: true)
        }
        #expect(try await desk.write("/api/orders", order).status == 202)
    }

    @Test func `a field in body and path at once is refused`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.write("/api/keys/a", ["id": "b"], method: "DELETE")
        #expect(reply.status == 422)
        #expect(try await desk.send("DELETE", "/api/keys/a", headers: [("Idempotency-Key", "12345678")]).status == 200)
    }

    @Test(arguments: [
        ("text/plain", "{}", 415), ("application/json; charset=latin1", "{}", 415), ("application/json", "[]", 400),
        ("application/json", "{", 400), ("application/json", "{\"symbol\":1,\"symbol\":2}", 400),
        ("application/json", "{\"a\":NaN}", 400), ("application/json", "{} {}", 400),
        ("application/json", "\u{0}", 400),
        ("application/json", "null", 400), ("application/json", "{\"symbol\":\"\\ud800\"}", 400),
        ("application/json", String(repeating: "[", count: 100_000), 400),
        ("application/json", String(repeating: "{\"more\":", count: 40) + "1" + String(repeating: "}", count: 40), 400),
    ])
    func `a body that is no JSON object is refused`(_ type: String, _ body: String, _ status: Int) async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send(
            "POST", "/api/orders", headers: [("Content-Type", type), ("Idempotency-Key", "12345678")],
            body: Array(body.utf8))
        #expect(reply.status == status)
        #expect(reply.headers["Content-Type"] == "application/problem+json")
        #expect(desk.commands.count == 0)
    }

    @Test func `problems of commands have their statuses`() async throws {
        let desk = try FakeDesk()
        let expected: [(CommandProblem, Int)] = [
            (.invalid([FieldFault("side", "is missing")]), 422), (CommandProblem(.invalid, "no"), 400),
            (CommandProblem(.unauthenticated, "no"), 401), (CommandProblem(.forbidden, "no"), 403),
            (.notFound("no"), 404), (CommandProblem(.conflict, "no"), 409), (CommandProblem(.rateLimited, "no"), 429),
            (CommandProblem(.unavailable, "no"), 503), (CommandProblem(.failed, "no"), 500),
        ]
        for (problem, status) in expected {
            desk.commands.answer { _ throws(CommandProblem) in throw problem }
            let reply = try await desk.write("/api/orders", order)
            #expect(reply.status == status)
            #expect(reply.json["code"]?.text == problem.code.rawValue)
            #expect(reply.json["status"]?.integer == Int64(status))
            #expect(reply.json["title"]?.text?.isEmpty == false)
        }
        #expect(Set(expected.map(\.0.code)).count == CommandProblem.Code.allCases.count)
    }
}
