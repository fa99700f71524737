import DeskCommands
import Determinism
import Networking
import Testing
import WorkflowModel

@testable import Server

@Suite struct `Reading over REST` {
    @Test func `path and query become arguments of the kinds that the fields have`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send(
            "GET", "/api/bars/BRK%2FB?limit=20&indicators=sma:20,rsi:14&simulated=true&from=1.5")
        #expect(reply.status == 200)
        #expect(
            desk.commands.last?.arguments == [
                "symbol": "BRK/B", "limit": 20, "indicators": ["sma:20", "rsi:14"], "simulated": true, "from": 1.5,
            ])
        #expect(desk.commands.last?.caller.name == "ada")
        #expect(reply.headers["Content-Type"] == "application/json")
    }

    @Test(arguments: [
        ("/api/bars/A?limit=x", "limit"), ("/api/bars/A?limit=1.5", "limit"), ("/api/bars/A?limit=1&limit=2", "limit"),
        ("/api/bars/A?symbol=B", "symbol"), ("/api/bars/A?from=inf", "from"), ("/api/bars/A?from=nan", "from"),
        ("/api/bars/A?simulated=yes", "simulated"), ("/api/bars/A?simulated=", "simulated"),
        ("/api/bars/A?simulated=1", "simulated"), ("/api/bars/A?limit=%2B5", "limit"), ("/api/bars/A?from=0x1", "from"),
        ("/api/bars/A?colour=red", "colour"),
    ])
    func `an argument that cannot be is refused with its name`(_ target: String, _ field: String) async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send("GET", target)
        #expect(reply.status == 422)
        #expect(reply.json["errors"]?[0]?["field"]?.text == field)
        #expect(reply.json["code"] == "invalid")
        #expect(desk.commands.count == 0)
    }

    @Test func `a body where something is read is refused`() async throws {
        let desk = try FakeDesk()
        #expect(try await desk.send("GET", "/api/status", body: Array("{}".utf8)).status == 400)
    }

    @Test func `an answer carries its tag, and is not sent to who has it`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send("GET", "/api/status")
        let tag = try #require(reply.headers["ETag"])
        let again = try await desk.send("GET", "/api/status", headers: [("If-None-Match", tag)])
        #expect(again.status == 304)
        #expect(again.bytes.isEmpty)
        #expect(again.headers["ETag"] == tag)
        #expect(again.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test func `a second read within the moment is answered at once from the first`() async throws {
        let desk = try FakeDesk()
        let first = try await desk.send("GET", "/api/status")
        let second = try await desk.send("GET", "/api/status")
        #expect(!first.isAtOnce && second.isAtOnce)
        #expect(first.bytes == second.bytes)
        #expect(desk.commands.count == 1)
        #expect(second.headers["RateLimit-Remaining"] != nil)
        desk.time.advance(by: .milliseconds(11))
        _ = try await desk.send("GET", "/api/status")
        #expect(desk.commands.count == 2)
    }

    @Test func `answers are kept for each caller and each question`() async throws {
        let desk = try FakeDesk()
        _ = try await desk.send("GET", "/api/bars/A")
        _ = try await desk.send("GET", "/api/bars/B")
        _ = try await desk.send("GET", "/api/bars/A", key: "bw_viewer")
        #expect(desk.commands.count == 3)
    }

    @Test func `nothing is read again over a write or an event`() async throws {
        let desk = try FakeDesk()
        _ = try await desk.send("GET", "/api/status")
        _ = try await desk.write("/api/orders", ["symbol": "A", "side": "buy"])
        _ = try await desk.send("GET", "/api/status")
        #expect(desk.commands.count == 3)
        _ = desk.hub.watch(.all) {}
        _ = try await desk.send("GET", "/api/status")
        desk.hub.publish(.fills, key: nil, json: Array("{}".utf8), at: desk.time.now)
        _ = try await desk.send("GET", "/api/status")
        #expect(desk.commands.count == 5)
    }

    @Test func `refusals are not kept`() async throws {
        let desk = try FakeDesk()
        desk.commands.answer { _ throws(CommandProblem) in throw .notFound("nothing ran yet") }
        for _ in 0..<2 { #expect(try await desk.send("GET", "/api/status").status == 404) }
        #expect(desk.commands.count == 2)
    }

    @Test func `many who ask at once cost one answer`() async throws {
        let desk = try FakeDesk()
        let (opened, open) = AsyncStream.makeStream(of: Void.self)
        desk.commands.answer { _ throws(CommandProblem) in
            for await _ in opened { break }
            return CommandAnswer(["mode": "paper"])
        }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await desk.send("GET", "/api/status").status } }
            while desk.commands.count == 0 { await Task.yield() }
            open.yield()
            open.finish()
            for try await status in group { #expect(status == 200) }
        }
        #expect(desk.commands.count < 20)
    }

    @Test func `head is answered as get is`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send("HEAD", "/api/status")
        #expect(reply.status == 200)
        #expect(reply.headers["ETag"] != nil)
    }

    @Test func `what does not exist and what is done otherwise is told`() async throws {
        let desk = try FakeDesk()
        #expect(try await desk.send("GET", "/api/nothing").status == 404)
        let wrong = try await desk.send("PUT", "/api/orders")
        #expect(wrong.status == 405)
        #expect(wrong.headers["Allow"] == "OPTIONS, POST")
        let options = try await desk.send("OPTIONS", "/api/status", key: nil)
        #expect(options.status == 204)
        #expect(options.headers["Allow"] == "GET, HEAD, OPTIONS")
        #expect(options.headers["Access-Control-Allow-Origin"] == nil)
    }

    @Test func `the trace of the caller goes on, and is told`() async throws {
        let desk = try FakeDesk()
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let reply = try await desk.send(
            "GET", "/api/status", headers: [("traceparent", "00-\(trace)-00f067aa0ba902b7-01")])
        #expect(reply.headers["X-Trace-Id"] == trace)
        #expect(desk.commands.last?.trace == trace)
        let broken = try await desk.send("GET", "/api/nothing", headers: [("traceparent", "00-0-0-0")])
        #expect(broken.headers["X-Trace-Id"]?.count == 32)
        #expect(broken.json["trace"]?.text == broken.headers["X-Trace-Id"])
    }

    @Test func `what breaks inside is not told`() async throws {
        let desk = try FakeDesk()
        desk.commands.answer { _ throws(CommandProblem) in throw CommandProblem(.failed, "the secret is swordfish") }
        let reply = try await desk.send("GET", "/api/status")
        #expect(reply.status == 500)
        #expect(!reply.text.contains("swordfish"))
    }

    @Test func `every answer is closed to other sites`() async throws {
        let desk = try FakeDesk()
        for target in ["/api/status", "/api/nothing", "/health/live", "/", "/assets/robots.txt", "/openapi.json"] {
            let reply = try await desk.send("GET", target)
            for name in [
                "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
                "Cross-Origin-Resource-Policy", "Permissions-Policy", "Cache-Control",
            ] { #expect(reply.headers[name] != nil, "\(target) \(name)") }
            #expect(reply.headers["Strict-Transport-Security"] == nil)
            #expect(reply.headers["Access-Control-Allow-Origin"] == nil)
        }
        #expect(try await desk.send("GET", "/api/status").headers["Cache-Control"] == "no-store")
    }
}
