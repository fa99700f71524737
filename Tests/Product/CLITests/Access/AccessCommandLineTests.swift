import Access
import DeskCommands
import Determinism
import Foundation
import Storage
import Testing
import WorkflowModel

@testable import CLI

/// Keys, confirmations and calls from the command line, on a home that no desk serves.
@Suite struct AccessCommandLineTests {
    @Test func `a key is made, shown once, listed and revoked`() async throws {
        let run = try ProgramRun()
        let made = await run("keys", "create", "reports", "--role", "viewer", "--tier", "read", "--expires", "90d")
        #expect(made.code == 0)
        let text = made.output.trimmingCharacters(in: .newlines)
        #expect(text.hasPrefix("bw_") && made.errors.contains("not shown again"))
        let store = try AccessStore(home: run.home, time: SystemTime())
        let caller = try store.keyBook.caller(of: text, through: .rest)
        #expect(caller == Caller("reports", .viewer, through: .rest, tier: .read))
        let listed = try #require(try await run("keys", "list", "--json").objects.first)
        #expect(listed["name"] as? String == "reports" && listed["expires_at"] is String)
        let id = try #require(listed["id"] as? String)
        #expect(await !run("keys", "list").output.contains(text.suffix(43)))
        #expect(await run("keys", "revoke", id).code == 0)
        #expect(await run("keys", "revoke", id).errors.contains("there is no key"))
        let other = try AccessStore(home: run.home, time: SystemTime())
        #expect(try other.keyBook.caller(of: text, through: .rest) == nil)
    }

    @Test func `a key needs a role that there is, and a name of its own`() async throws {
        let run = try ProgramRun()
        #expect(await run("keys", "create", "reports").code == 2)
        #expect(await run("keys", "create", "reports", "--role", "king").code == 2)
        #expect(await run("keys", "create", "reports", "--role", "viewer", "--expires", "0s").code == 2)
        #expect(await run("keys", "create", "reports", "--role", "viewer").code == 0)
        let second = await run("keys", "create", "reports", "--role", "viewer")
        #expect(second.code == 1 && second.errors.contains("take another name"))
    }

    @Test func `the home of a new desk is closed to others`() async throws {
        let run = try ProgramRun()
        _ = await run("keys", "list")
        let attributes = try FileManager.default.attributesOfItem(atPath: run.home)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func `calls are answered as JSON, and wrong ones are told apart`() async throws {
        let run = try ProgramRun()
        _ = await run("keys", "create", "reports", "--role", "viewer")
        let log = try #require(try await run("call", "access.log", "limit=1", "--json").objects.first)
        let entry = try #require((log["items"] as? [[String: Any]])?.first)
        #expect(entry["command"] as? String == "keys.create" && entry["face"] as? String == "terminal")
        #expect(await run("call", "access.log", "limit=1").output.hasPrefix("{\n  \"items\": [\n    {\n"))
        #expect(await run("call", "access.lag").errors.contains("did you mean 'access.log'?"))
        #expect(await run("call", "access.log", "limit").code == 2)
        #expect(await run("call", "access.log", "limit=1", "limit=2").code == 2)
        let wrong = await run("call", "access.log", "limit=0", "fast=true", "--json")
        #expect(wrong.code == 1 && wrong.errors.contains(#""code":"invalid""#))
        #expect(wrong.errors.contains("'limit'") && wrong.errors.contains("'fast'"))
    }

    @Test func `the same key asks once`() async throws {
        let run = try ProgramRun()
        let words = ["call", "keys.create", "name=robot", "role=viewer", "--key", "12345678", "--json"]
        let first = try #require(try await run.all(words).objects.first)
        let second = try #require(try await run.all(words).objects.first)
        #expect(
            (first["key"] as? [String: Any])?["id"] as? String == (second["key"] as? [String: Any])?["id"] as? String)
        #expect(second["secret"] as? String == "(shown once)")
        #expect(try await run("keys", "list", "--json").objects.count == 1)
    }

    @Test func `the record of access is verified, and a change is found`() async throws {
        let run = try ProgramRun()
        #expect(await run("audit", "verify", "--access").code == 1)
        for name in ["a", "b", "c"] { _ = await run("keys", "create", name, "--role", "viewer") }
        let sound = try #require(try await run("audit", "verify", "--access", "--json").objects.first)
        #expect(sound["records"] as? Int == 3)
        let head = try #require(sound["head"] as? String)
        _ = await run("keys", "create", "d", "--role", "viewer")
        #expect(await run("audit", "verify", "--access", "--head", head).code == 0)
        #expect(await run("audit", "verify", "--access", "--head", "nonsense").code == 2)
        let database = try Database(at: AccessStore.path(inHome: run.home))
        try database.write { _ = try $0.run("UPDATE access_entry SET caller = 'nobody' WHERE sequence = 2") }
        let changed = await run("audit", "verify", "--access")
        #expect(changed.code == 1 && changed.errors.contains("entry 2 was changed"))
    }

    @Test func `a link is printed only where a desk serves, and opens one session`() async throws {
        let run = try ProgramRun()
        #expect(await run("login").code == 1)
        _ = await run("keys", "list")
        let desk = try LocalToken.publish(url: "http://127.0.0.1:1", home: run.home)
        let printed = try #require(try await run("login", "--role", "viewer", "--json").objects.first)
        let url = try #require(printed["url"] as? String)
        #expect(url.hasPrefix("http://127.0.0.1:1/login/"))
        let store = try AccessStore(home: run.home, time: SystemTime())
        let token = String(url.dropFirst("http://127.0.0.1:1/login/".count))
        #expect(try store.sessionBook.redeem(token)?.caller.role == .viewer)
        #expect(try store.sessionBook.redeem(token) == nil)
        try desk.withdraw(home: run.home)
    }

    // MARK: Confirmations

    private func waiting(_ run: ProgramRun) async throws -> AccessStore {
        _ = await run("keys", "create", "robot", "--role", "viewer")
        let store = try AccessStore(home: run.home, time: SystemTime())
        let id = try #require(try store.keys().first?.id)
        let now = SystemTime().now
        let kept = try store.ledger.keep(
            PendingConfirmation(
                id: "0123456789", command: "keys.revoke", arguments: ["id": .text(id)],
                caller: Caller("model\u{1b}[2J", .admin, through: .mcp, tier: .live), reason: "a model asks for it",
                created: now, expires: now + .seconds(600), callID: "call", key: nil))
        #expect(kept)
        return store
    }

    @Test func `what waits is shown exactly, without control characters`() async throws {
        let run = try ProgramRun()
        #expect(await run("confirmations").output == "nothing waits for a person\n")
        let store = try await waiting(run)
        let id = try #require(try store.keys().first?.id)
        let shown = await run("confirmations").output
        #expect(shown.contains(#"keys.revoke {"id":"\#(id)"}"#) && shown.contains("a model of tier live"))
        #expect(!shown.contains("\u{1b}"))
    }

    @Test func `without a terminal nothing is confirmed but with --yes, and then once`() async throws {
        let run = try ProgramRun()
        let store = try await waiting(run)
        let refused = await run("confirm", "0123456789")
        #expect(refused.code == 2 && refused.errors.contains("needs a terminal"))
        #expect(try store.keys().first?.revoked == nil)
        #expect(await run("confirm", "0123456789", "--yes").code == 0)
        #expect(try store.keys().first?.revoked != nil)
        #expect(await run("confirm", "0123456789", "--yes").code == 1)
    }

    @Test func `what is dismissed is not done`() async throws {
        let run = try ProgramRun()
        let store = try await waiting(run)
        #expect(await run("confirm", "0123456789", "--dismiss").code == 0)
        #expect(await run("confirm", "0123456789", "--yes").code == 1)
        #expect(try store.keys().first?.revoked == nil)
    }
}
