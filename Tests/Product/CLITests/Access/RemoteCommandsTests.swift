import Access
import DeskCommands
import Foundation
import Networking
import ScratchFolders
import Testing
import WorkflowModel

@testable import CLI

/// A terminal that asks a running desk.
@Suite struct RemoteCommandsTests {
    private static let place = DeskCommand(
        "orders.place", "Places", .trade, at: .post("/api/orders/{symbol}"),
        takes: [
            Field<String>.text("symbol", "What").description, Field<Int>.integer("n", 1...9, "How many").description,
        ],
        answers: .any
    ) { _, _ in .null }
    private static let list = DeskCommand(
        "orders.list", "Lists", .read, at: .get("/api/orders"),
        takes: [
            Field<[String]>.texts("states", "Which").description,
            Field<Int>.integer("limit", 1...9, "Most").description,
        ],
        answers: .any
    ) { _, _ in .null }

    private func answer(_ status: String, _ body: String, _ headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
    }

    /// What a command comes to at a desk that gives one answer, and what the desk was asked.
    private func ask(
        _ command: DeskCommand, _ arguments: [String: Value], _ answer: String
    ) async throws -> (Result<CommandAnswer, CommandProblem>, request: String) {
        let home = try ScratchFolder()
        let server = try OneAnswerServer([answer])
        let token = try LocalToken.publish(url: "http://127.0.0.1:\(server.port)", home: home.path)
        let remote = try #require(RemoteCommands(token) { _ in command })
        let call = CommandCall(
            command.name, arguments, by: Caller("ada", .admin, through: .terminal), idempotencyKey: "12345678")
        do throws(CommandProblem) {
            let result = try await remote.perform(call)
            return (.success(result), server.requests.first ?? "")
        } catch {
            return (.failure(error), server.requests.first ?? "")
        }
    }

    @Test func `a query is asked with its fields in the path and the query`() async throws {
        let arguments: [String: Value] = ["states": ["open", "a b&c"], "limit": 5]
        let (result, request) = try await ask(Self.list, arguments, answer("200 OK", #"{"items":[]}"#))
        #expect(request.hasPrefix("GET /api/orders?limit=5&states=open%2Ca%20b%26c HTTP/1.1\r\n"))
        #expect(request.contains("Authorization: Bearer local_"))
        #expect(!request.contains("Idempotency-Key"))
        #expect(try result.get().value == ["items": []])
    }

    @Test func `a write is asked with its key and its fields as JSON`() async throws {
        let (result, request) = try await ask(
            Self.place, ["symbol": "A/B?", "n": 3],
            answer("202 Accepted", #"{"confirmation":{}}"#, "Idempotency-Replayed: true\r\n"))
        #expect(request.hasPrefix("POST /api/orders/A%2FB%3F HTTP/1.1\r\n"))
        #expect(request.contains("Idempotency-Key: 12345678\r\n") && request.hasSuffix(#"{"n":3}"#))
        let answer = try result.get()
        #expect(answer.isWaiting && answer.isRepeated)
    }

    @Test func `a program that a model steers says so of itself, and a person does not`() async throws {
        let home = try ScratchFolder()
        let server = try OneAnswerServer([answer("200 OK", "{}"), answer("200 OK", "{}")])
        let token = try LocalToken.publish(url: "http://127.0.0.1:\(server.port)", home: home.path)
        let remote = try #require(RemoteCommands(token) { _ in Self.list })
        for caller in [
            Caller("ada", .admin, through: .mcp, tier: .paper), Caller("ada", .admin, through: .terminal),
        ] {
            _ = try await remote.perform(CommandCall("orders.list", by: caller))
        }
        #expect(server.requests.map { $0.contains("Bellwether-Tier: paper\r\n") } == [true, false])
        #expect(server.requests.allSatisfy { $0.contains("Bellwether-Person: ada\r\n") })
    }

    @Test func `an answer in chunks is put together`() async throws {
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3;x=y\r\n:1}\r\n0\r\n\r\n"
        #expect(try await ask(Self.list, [:], chunked).0.get().value == ["a": 1])
    }

    @Test func `a refusal is told as the desk told it, field by field`() async throws {
        let body = #"{"code":"invalid","detail":"no","errors":[{"field":"n","message":"is too small"}],"status":422}"#
        let (result, _) = try await ask(Self.place, ["symbol": "A"], answer("422 Unprocessable", body))
        #expect(result == .failure(CommandProblem(.invalid, "no", [FieldFault("n", "is too small")])))
        let plain = try await ask(Self.place, ["symbol": "A"], answer("403 Forbidden", "{}")).0
        #expect(throws: CommandProblem.self) { try plain.get() }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}", "SSH-2.0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{}", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{",
    ]) func `an answer that is cut short or none is told of`(text: String) async throws {
        guard case .failure(let problem) = try await ask(Self.list, [:], text).0 else {
            Issue.record("'\(text)' was taken for an answer")
            return
        }
        #expect(problem.code == .unavailable)
    }

    @Test func `a desk that does not listen is told of`() async throws {
        let home = try ScratchFolder()
        let port = try OneAnswerServer([]).port
        let token = try LocalToken.publish(url: "http://127.0.0.1:\(port)", home: home.path)
        let remote = try #require(RemoteCommands(token) { _ in Self.list })
        let call = CommandCall("orders.list", by: Caller("ada", .admin, through: .terminal))
        await #expect(throws: CommandProblem.self) { try await remote.perform(call) }
    }

    @Test(arguments: [
        "https://127.0.0.1:1", "http://10.0.0.1:1", "http://example.com:80", "http://127.0.0.1.example.com:1", "x",
    ])
    func `the token is never sent to another machine`(url: String) {
        #expect(WebClient(local: url) == nil)
    }

    @Test func `words become what the fields want`() throws {
        let words = ["symbol=a=b", "n=7"]
        #expect(try CallWords.arguments(words, for: Self.place) == ["symbol": "a=b", "n": 7])
        #expect(
            try CallWords.arguments(["states=x,y", "limit=z"], for: Self.list) == ["states": ["x", "y"], "limit": "z"])
        #expect(try CallWords.arguments([#"states=["x,y"]"#], for: Self.list) == ["states": ["x,y"]])
    }
}
