import DeskCommands
import Determinism
import Networking
import Synchronization
import Testing
import WorkflowModel

@testable import Server

@Suite struct `The door` {
    private let order: Value = ["symbol": "AAPL", "side": "buy"]
    private let cookie = ("Cookie", "theme=dark; bellwether_session=cookie-1")

    @Test(arguments: ["evil.example", "evil.example:8000", "localhost.evil.example", "", "127.0.0.1.nip.io"])
    func `another name than ours is refused, also for what is open`(_ host: String) async throws {
        let desk = try FakeDesk()
        for target in ["/api/status", "/health/live", "/", "/nothing"] {
            #expect(try await desk.send("GET", target, headers: [("Host", host)]).status == 421)
        }
    }

    @Test(arguments: ["localhost", "LOCALHOST:8000", "127.0.0.1", "[::1]:8000", "desk.example", "desk.example:443"])
    func `our names are taken`(_ host: String) async throws {
        let desk = try FakeDesk(configure: { $0.allowedHosts = ["desk.example"] })
        #expect(try await desk.send("GET", "/api/status", headers: [("Host", host)]).status == 200)
    }

    @Test(arguments: [
        ("Origin", "http://evil.example"), ("Origin", "null"), ("Origin", "http://127.0.0.1:3000"), ("Origin", ""),
        ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
    ])
    func `a write from another page is refused`(_ name: String, _ value: String) async throws {
        let desk = try FakeDesk()
        let reply = try await desk.write(
            "/api/orders", order, headers: [(name, value), ("Idempotency-Key", "12345678")])
        #expect(reply.status == 403)
        #expect(desk.commands.count == 0)
    }

    @Test func `a write from our own page is taken`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.write(
            "/api/orders", order, key: nil,
            headers: [cookie, ("Origin", "http://127.0.0.1:8000"), ("X-CSRF-Token", "token-1")])
        #expect(reply.status == 200)
        #expect(desk.commands.last?.caller.isPerson == true)
    }

    @Test func `a session's write without its token is refused and put on record`() async throws {
        let desk = try FakeDesk()
        for token in [[], [("X-CSRF-Token", "token-2")]] as [[(String, String)]] {
            #expect(try await desk.write("/api/orders", order, key: nil, headers: [cookie] + token).status == 403)
        }
        #expect(desk.commands.count == 0)
    }

    @Test func `who says nothing, or something wrong, is not known`() async throws {
        let desk = try FakeDesk()
        let none = try await desk.send("GET", "/api/status", key: nil)
        #expect(none.status == 401)
        #expect(none.headers["WWW-Authenticate"] == #"Bearer realm="bellwether""#)
        #expect(try await desk.send("GET", "/api/status", key: "bw_unknown").status == 401)
        #expect(
            try await desk.send("GET", "/api/status", key: nil, headers: [("Authorization", "Basic YTpi")]).status
                == 401)
        #expect(
            try await desk.send("GET", "/api/status", key: nil, headers: [("Cookie", "bellwether_session=x")]).status
                == 401)
    }

    @Test func `key and session together are refused`() async throws {
        let desk = try FakeDesk()
        #expect(try await desk.send("GET", "/api/status", headers: [cookie]).status == 401)
        let twice = [("Authorization", "Bearer bw_viewer")]
        #expect(try await desk.send("GET", "/api/status", headers: twice).status == 401)
    }

    @Test func `who guesses has to wait, and those who belong here do not`() async throws {
        let desk = try FakeDesk()
        _ = try await desk.send("GET", "/api/status")
        for _ in 0..<3 { #expect(try await desk.send("GET", "/api/status", key: "bw_guess").status == 401) }
        let blocked = try await desk.send("GET", "/api/status", key: "bw_guess")
        #expect(blocked.status == 429)
        #expect(blocked.headers["Retry-After"] == "9")
        #expect(try await desk.send("GET", "/api/status").status == 200)
        #expect(try await desk.send("GET", "/login/link-1", key: nil).status == 429)
    }

    @Test(arguments: [
        ("bw_trader", "paper", Tier.paper), ("bw_trader", "live", .live), ("bw_model", "live", .read),
        ("bw_model", "read", .read),
    ])
    func `a request that says a model speaks lowers the caller and never raises it`(
        _ key: String, _ word: String, _ tier: Tier
    ) async throws {
        let desk = try FakeDesk()
        #expect(try await desk.send("GET", "/api/status", key: key, headers: [("Bellwether-Tier", word)]).status == 200)
        #expect(desk.commands.last?.caller.tier == tier)
        #expect(desk.commands.last?.caller.isPerson == false)
        #expect(
            try await desk.send("GET", "/api/status", key: key, headers: [("Bellwether-Tier", "all")]).status == 400)
    }

    @Test func `too many calls are refused with the time to wait`() async throws {
        let desk = try FakeDesk()
        desk.gate.state.withLock { $0.limit = 2 }
        for left in [1, 0] {
            let reply = try await desk.send("GET", "/api/status")
            #expect(reply.headers["RateLimit-Remaining"] == "\(left)")
            #expect(reply.headers["RateLimit-Limit"] == "2")
        }
        let reply = try await desk.send("GET", "/api/status")
        #expect(reply.status == 429)
        #expect(reply.headers["Retry-After"] == "3")
        #expect(reply.headers["RateLimit-Reset"] == "7")
        #expect(try await desk.send("GET", "/api/status", key: "bw_viewer").status == 200)
    }

    @Test func `a link opens one session and no other`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send("GET", "/login/link-1", key: nil)
        #expect(reply.status == 303)
        #expect(reply.headers["Location"] == "/")
        let set = try #require(reply.headers["Set-Cookie"])
        #expect(set.hasPrefix("bellwether_session=cookie-1; Path=/; Max-Age=3599; HttpOnly; SameSite=Strict"))
        #expect(!set.contains("Secure"))
        #expect(try await desk.send("GET", "/login/link-1", key: nil).status == 401)
    }

    @Test func `head does not use up a link`() async throws {
        let desk = try FakeDesk()
        #expect(try await desk.send("HEAD", "/login/link-1", key: nil).status == 405)
        #expect(try await desk.send("GET", "/login/link-1", key: nil).status == 303)
    }

    @Test func `a session is told who it is, and can end`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send("GET", "/api/session", key: nil, headers: [cookie])
        #expect(reply.json["csrf"] == "token-1")
        #expect(reply.json["name"] == "amy")
        #expect(reply.json["role"] == "admin")
        #expect(try await desk.send("GET", "/api/session").json["csrf"] == .null)
        let out = try await desk.send("POST", "/logout", key: nil, headers: [cookie, ("X-CSRF-Token", "token-1")])
        #expect(out.status == 204)
        #expect(out.headers["Set-Cookie"]?.contains("Max-Age=0") == true)
        #expect(try await desk.send("GET", "/api/session", key: nil, headers: [cookie]).status == 401)
    }

    @Test func `health needs no key and says one word`() async throws {
        let desk = try FakeDesk({ $0.readiness = { "starting" } })
        let live = try await desk.send("GET", "/health/live", key: nil)
        #expect(live.status == 200 && live.text == #"{"status":"ok"}"#)
        let ready = try await desk.send("GET", "/health/ready", key: nil)
        #expect(ready.status == 503 && ready.text == #"{"status":"starting"}"#)
    }

    @Test func `figures need a key and count what was done`() async throws {
        let desk = try FakeDesk()
        #expect(try await desk.send("GET", "/metrics", key: nil).status == 401)
        _ = try await desk.send("GET", "/api/bars/A")
        let text = try await desk.send("GET", "/metrics").text
        #expect(
            text.contains(#"bellwether_http_requests_total{method="GET",route="/api/bars/{symbol}",status="200"} 1"#))
        #expect(text.contains(#"bellwether_http_refusals_total{reason="unauthenticated"} 1"#))
    }

    @Test func `figures that are not wanted are not there, nor described`() async throws {
        let desk = try FakeDesk(configure: { $0.servesMetrics = false })
        #expect(try await desk.send("GET", "/metrics").status == 404)
        #expect(try await desk.send("GET", "/openapi.json").json["paths"]?["/metrics"] == nil)
        #expect(try await FakeDesk().send("GET", "/openapi.json").json["paths"]?["/metrics"] != nil)
    }

    @Test func `where nothing is known of the market, nobody is told that it is real`() async throws {
        let session = try await FakeDesk().send("GET", "/api/session").json
        #expect(session["simulated"] == .null)
    }

    @Test func `over TLS cookies and pages are bound to it`() async throws {
        let desk = try FakeDesk(configure: { $0.tls = .init(certificatePath: "c", keyPath: "k") })
        #expect(
            try await desk.send("GET", "/login/link-1", key: nil).headers["Set-Cookie"]?.hasSuffix("; Secure") == true)
        #expect(try await desk.send("GET", "/health/live").headers["Strict-Transport-Security"] != nil)
    }
}
