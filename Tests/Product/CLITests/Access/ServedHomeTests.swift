import Access
import DeskCommands
import Foundation
import ScratchFolders
import Testing
import WorkflowModel

@testable import CLI

/// Terminal, program, model and browser at one served home, over real sockets.
@Suite struct ServedHomeTests {
    private func fields(_ text: String) throws -> Value { try Value(json: Array(text.utf8)) }

    @Test func `the terminal asks the running desk as the person who sits there`() async throws {
        try await ServedHome.serving { home in
            let made = try home.run("keys", "create", "reports", "--role", "viewer", "--json")
            #expect(made.code == 0, "\(made.errors)")
            let secret = try #require(try fields(made.last)["secret"]?.text)
            #expect(try home.store.keyBook.caller(of: secret, through: .rest)?.name == "reports")
            let entry = try #require(try home.store.ledger.entries(AccessQuery()).first?.entry)
            #expect(entry.caller == "tester" && entry.face == .terminal)
            // The server made the trace: the call came through it.
            #expect(entry.trace.count == 32)
            let twice = try home.run("keys", "create", "reports", "--role", "viewer")
            #expect(twice.code == 1 && twice.errors.contains("take another name"))
            #expect(try home.run("audit", "verify", "--access").code == 0)
        }
    }

    @Test func `a model asks, cannot confirm, and the person at the terminal does`() async throws {
        try await ServedHome.serving { home in
            let made = try home.run("keys", "create", "helper", "--role", "trader", "--tier", "paper", "--json")
            let key = ("Authorization", "Bearer \(try #require(try fields(made.last)["secret"]?.text))")
            let once = ("Idempotency-Key", "12345678")
            let asked = try home.ask("POST", "/api/desk/resume", [key, once], ["reason": "calm again"])
            #expect(asked.status == 202)
            let id = try #require(asked.value["confirmation"]?["id"]?.text)
            let confirm = "/api/confirmations/\(id)/confirm"
            #expect(try home.ask("POST", confirm, [key, ("Idempotency-Key", "abcdefgh")]).status == 403)
            let keys: Value = ["name": "mine", "role": "admin"]
            #expect(try home.ask("POST", "/api/keys", [key, ("Idempotency-Key", "bcdefghi")], keys).status == 403)
            let shown = try home.run("confirmations")
            #expect(shown.lines.contains { $0.contains(#"desk.resume {"reason":"calm again"}"#) })
            let done = try home.run("confirm", id, "--yes")
            #expect(done.code == 0, "\(done.errors)")
            let again = try home.ask("POST", "/api/desk/resume", [key, once], ["reason": "calm again"])
            #expect(again.status == 200 && again.headers["idempotency-replayed"] == "true")
            #expect(again.value["request"]?["id"] == 7)
            #expect(try home.run("confirm", id, "--yes").code == 1)
        }
    }

    @Test func `a program that lowers its own tier stays lowered, and cannot raise it`() async throws {
        try await ServedHome.serving { home in
            let local = try #require(try LocalToken.find(home: home.folder.path))
            let person = ("Authorization", "Bearer \(local.token)")
            let reader = [person, ("Bellwether-Tier", "read"), ("Idempotency-Key", "12345678")]
            #expect(try home.ask("POST", "/api/desk/halt", reader, ["reason": "x"]).status == 403)
            let made = try home.run("keys", "create", "looker", "--role", "admin", "--tier", "read", "--json")
            let key = ("Authorization", "Bearer \(try #require(try fields(made.last)["secret"]?.text))")
            let raised = [key, ("Bellwether-Tier", "live"), ("Idempotency-Key", "23456789")]
            #expect(try home.ask("POST", "/api/desk/halt", raised, ["reason": "x"]).status == 403)
            #expect(try home.ask("GET", "/api/keys", [person]).status == 200)
        }
    }

    @Test func `a link opens one session, whose writes need its token`() async throws {
        try await ServedHome.serving { home in
            let printed = try home.run("login", "--role", "trader", "--json")
            let url = try #require(try fields(printed.last)["url"]?.text)
            let path = String(url.dropFirst(home.url.count))
            let opened = try home.ask("GET", path)
            #expect(opened.status == 303)
            let cookie = try #require(opened.headers["set-cookie"])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            #expect(try home.ask("GET", path).status == 401)
            let session = [("Cookie", String(cookie.prefix { $0 != ";" }))]
            let token = try #require(try home.ask("GET", "/api/session", session).value["csrf"]?.text)
            let reason: Value = ["reason": "x"]
            #expect(try home.ask("POST", "/api/desk/halt", session, reason).status == 403)
            let whole = session + [("X-CSRF-Token", token)]
            #expect(try home.ask("POST", "/api/desk/halt", whole, reason).status == 200)
            let foreign = whole + [("Origin", "http://evil.example")]
            #expect(try home.ask("POST", "/api/desk/halt", foreign, reason).status == 403)
            #expect(try home.ask("POST", "/api/keys", whole, ["name": "a", "role": "admin"]).status == 403)
            let id = try #require(try home.store.sessions().first?.id)
            #expect(try home.run("call", "sessions.revoke", "id=\(id)").code == 0)
            #expect(try home.ask("GET", "/api/session", session).status == 401)
        }
    }

    @Test func `a revoked key is refused at the next request, and ten guesses make a peer wait`() async throws {
        try await ServedHome.serving { home in
            let made = try fields(try home.run("keys", "create", "reports", "--role", "viewer", "--json").last)
            let key = [("Authorization", "Bearer \(try #require(made["secret"]?.text))")]
            #expect(try home.ask("GET", "/api/confirmations", key).status == 200)
            #expect(try home.run("keys", "revoke", try #require(made["key"]?["id"]?.text)).code == 0)
            #expect(try home.ask("GET", "/api/confirmations", key).status == 401)
            let guesses = try (0..<12).map { _ in
                try home.ask("GET", "/api/status", [("Authorization", "Bearer bw_guess")]).status
            }
            #expect(guesses.first == 401 && guesses.last == 429)
        }
    }
}
