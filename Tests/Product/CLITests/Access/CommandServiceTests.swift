import Access
import DeskCommands
import Determinism
import Storage
import Testing
import WorkflowModel

/// Every call of every face comes through the command service.
@Suite struct CommandServiceTests {
    private let bench: CallBench

    init() throws {
        bench = try CallBench()
    }

    // MARK: Who may

    @Test func `a role that may not is refused before its arguments are looked at, and it is on the record`()
        async throws
    {
        let problem = await bench.problem("act", ["nonsense": 1], by: .viewer)
        #expect(problem?.code == .forbidden)
        #expect(bench.effects.done.isEmpty)
        #expect(try bench.recorded() == ["act refused forbidden"])
    }

    @Test func `a model's tier binds it whatever its role`() async throws {
        #expect(await bench.problem("act", by: .model(.read, .admin))?.code == .forbidden)
        #expect(await bench.problem("act", by: .model(.paper, .viewer))?.code == .forbidden)
        #expect(await bench.problem("act", by: .model(.paper)) == nil)
        #expect(await bench.problem("look", by: .model(.read)) == nil)
    }

    @Test func `no model reaches what is no tool, even with the highest tier and role and through another face`()
        async throws
    {
        for caller in [Caller.model(.live, .admin), Caller("robot", .admin, through: .rest, tier: .live)] {
            #expect(await bench.problem("loosen", by: caller)?.code == .forbidden)
            #expect(await bench.problem("keys.create", ["name": "x", "role": "admin"], by: caller)?.code == .forbidden)
            #expect(await bench.problem("keys.list", [:], by: caller)?.code == .forbidden)
        }
        #expect(try bench.store.keys().isEmpty)
    }

    @Test func `on a live desk a paper model trades nothing, and a live one asks for each trade`() async throws {
        let live = try CallBench(isLive: true)
        #expect(await live.problem("act", by: .model(.paper))?.code == .forbidden)
        #expect(try await live.call("act", by: .model(.live)).isWaiting)
        #expect(live.effects.done.isEmpty)
        _ = try await live.call("act", by: .person)
        #expect(live.effects.done == ["act 1"])
    }

    @Test func `a caller who is refused over and over cannot fill the record`() async throws {
        for _ in 0..<200 { #expect(await bench.problem("act", by: .viewer)?.code == .forbidden) }
        #expect(try bench.store.ledger.head().sequence == 60)
        bench.time.advance(by: .seconds(60))
        _ = await bench.problem("act", by: .viewer)
        _ = await bench.problem("act", by: .model(.read))
        let entries = try bench.store.ledger.entries(AccessQuery()).prefix(3).map(\.entry)
        #expect(entries.map(\.command) == ["act", "act", "(refusals left out)"])
        #expect(entries.last?.arguments == #"{"count":140}"#)
    }

    // MARK: What

    @Test func `unknown commands, unknown fields and wrong values are told, field by field`() async throws {
        #expect(await bench.problem("fly", by: .person)?.code == .notFound)
        let problem = try #require(await bench.problem("act", ["amount": 101, "why": "x", "note": 3], by: .person))
        #expect(problem.code == .invalid)
        #expect(Set(problem.faults.map(\.field)) == ["amount", "why", "note"])
        #expect(await bench.problem("act", [:], by: .person)?.faults.map(\.field) == ["amount"])
        #expect(await bench.problem("act", ["amount": .null], by: .person)?.faults.map(\.field) == ["amount"])
        #expect(await bench.problem("act", ["amount": 1, "note": .null], by: .person) == nil)
        #expect(bench.effects.done == ["act 1"])
    }

    @Test func `queries are answered without a trace in the record`() async throws {
        #expect(try await bench.call("look", by: .viewer).value["amount"] == 1)
        #expect(await bench.problem("look", ["amount": 0], by: .viewer)?.code == .invalid)
        #expect(try bench.recorded().isEmpty)
    }

    @Test func `writes are on the record with who, what and the outcome`() async throws {
        _ = try await bench.call("act", ["amount": 7], by: .key, key: "12345678")
        let entry = try #require(try bench.store.ledger.entries(AccessQuery()).first?.entry)
        #expect(entry.caller == "robot" && entry.face == .rest && entry.outcome == .done)
        #expect(entry.arguments == #"{"amount":7}"#)
        #expect(entry.trace.count == 32)
        #expect(try bench.store.ledger.verify().fault == nil)
    }

    // MARK: Once

    @Test func `the same call with the same key is done once and answered alike`() async throws {
        let first = try await bench.call("act", by: .key, key: "12345678")
        let second = try await bench.call("act", by: .key, key: "12345678")
        #expect(!first.isRepeated && second.isRepeated)
        #expect(first.value == second.value)
        #expect(bench.effects.asked.count == 1)
        #expect(try bench.recorded() == ["act done"])
    }

    @Test func `without a key a repetition is another call`() async throws {
        _ = try await bench.call("act", by: .key)
        _ = try await bench.call("act", by: .key)
        #expect(bench.effects.done.count == 2)
    }

    @Test func `a key that was used for something else is a conflict`() async throws {
        _ = try await bench.call("act", by: .key, key: "12345678")
        #expect(await bench.problem("act", ["amount": 2], by: .key, key: "12345678")?.code == .conflict)
        #expect(await bench.problem("research", by: .key, key: "12345678")?.code == .conflict)
        #expect(bench.effects.done == ["act 1"])
        #expect(try bench.recorded().filter { $0.hasSuffix("refused conflict") }.count == 2)
    }

    @Test func `two callers may use the same key, and neither sees the other's answer`() async throws {
        let first = try await bench.call("act", by: .key, key: "12345678")
        let second = try await bench.call("act", by: .trader, key: "12345678")
        #expect(!second.isRepeated && first.value != second.value)
        #expect(bench.effects.done.count == 2)
    }

    @Test(arguments: ["1234567", String(repeating: "a", count: 129), "1234 678", "1234567\n", "1234567é"])
    func `a key of another form is refused`(key: String) async throws {
        #expect(await bench.problem("act", by: .key, key: key)?.code == .invalid)
        #expect(bench.effects.done.isEmpty)
    }

    @Test func `a repetition while the first is under way waits and gets its answer`() async throws {
        bench.effects.hold()
        async let first = bench.call("act", by: .key, key: "12345678")
        await bench.effects.untilHeld()
        async let second = bench.call("act", by: .key, key: "12345678")
        async let third = bench.call("act", by: .key, key: "12345678")
        bench.effects.release()
        let answers = [try await first, try await second, try await third]
        #expect(answers.filter { !$0.isRepeated }.count == 1)
        #expect(Set(answers.map(\.value)).count == 1)
        #expect(bench.effects.asked.count == 1)
    }

    @Test func `a call that was cut off after its effect is done again under its name: the effect happens once`()
        async throws
    {
        bench.effects.fail(with: Crash())
        #expect(await bench.problem("act", by: .key, key: "12345678")?.code == .failed)
        let again = CommandCall("act", ["amount": 1], by: .key, idempotencyKey: "12345678")
        let answer = try await bench.other().perform(again)
        #expect(!answer.isRepeated)
        #expect(bench.effects.asked.count == 2)
        #expect(Set(bench.effects.asked).count == 1)
        #expect(bench.effects.done == ["act 1"])
        #expect(try await bench.other().perform(again).isRepeated)
    }

    @Test func `a key's answer is forgotten after a day`() async throws {
        _ = try await bench.call("act", by: .key, key: "12345678")
        bench.time.advance(by: .seconds(24 * 3600))
        #expect(try await !bench.call("act", by: .key, key: "12345678").isRepeated)
    }

    // MARK: Keys

    @Test func `a key's secret is answered once and stored nowhere`() async throws {
        let arguments: [String: Value] = ["name": "robot", "role": "trader", "tier": "paper"]
        let first = try await bench.call("keys.create", arguments, by: .person, key: "12345678")
        let secret = try #require(first.value["secret"]?.text)
        #expect(try bench.store.keyBook.caller(of: secret, through: .rest)?.name == "robot")
        let second = try await bench.call("keys.create", arguments, by: .person, key: "12345678")
        #expect(second.isRepeated && second.value["secret"] == "(shown once)")
        let listed = try await bench.call("keys.list", [:], by: .person).value
        #expect(listed["items"]?[0]?["name"] == "robot" && listed["items"]?[0]?["secret"] == nil)
        let id = try #require(first.value["key"]?["id"])
        _ = try await bench.call("keys.revoke", ["id": id], by: .person)
        #expect(try bench.store.keyBook.caller(of: secret, through: .rest) == nil)
        #expect(await bench.problem("keys.revoke", ["id": id], by: .person)?.code == .notFound)
    }

    @Test func `a key's end must be a time to come`() async throws {
        for text in ["soon", "2001-01-01T00:00:00Z", ""] {
            let arguments: [String: Value] = ["name": "robot", "role": "trader", "expires_at": .text(text)]
            #expect(await bench.problem("keys.create", arguments, by: .person)?.faults.first?.field == "expires_at")
        }
    }

    @Test func `the record is read page by page through its command`() async throws {
        for amount in 1...5 { _ = try await bench.call("act", ["amount": .integer(Int64(amount))], by: .key) }
        let first = try await bench.call("access.log", ["limit": 3], by: .person).value
        #expect(first["items"]?.list?.count == 3)
        let next = try #require(first["next"])
        let second = try await bench.call("access.log", ["limit": 3, "cursor": next], by: .person).value
        #expect(second["items"]?.list?.count == 2 && second["next"] == .null)
        #expect(await bench.problem("access.log", [:], by: .trader)?.code == .forbidden)
    }

    @Test func `the commands of access answer in the shape they declare`() async throws {
        _ = try await bench.waiting()
        _ = try await bench.call("keys.create", ["name": "robot", "role": "trader"], by: .person)
        _ = try bench.store.sessionBook.redeem(bench.store.sessionBook.createLink(for: Person("ada", .admin)))
        for command in AccessCommands.all where command.isQuery {
            let answer = try await bench.call(command.name, [:], by: .person).value
            #expect(answer["items"]?.list?.isEmpty == false, "\(command.name)")
            #expect(command.answer.faults(in: answer) == [], "\(command.name)")
        }
    }
}
