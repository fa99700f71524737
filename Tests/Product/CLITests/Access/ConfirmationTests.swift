import Access
import DeskCommands
import Determinism
import Testing
import WorkflowModel

/// What waits for a person.
@Suite struct ConfirmationTests {
    private let bench: CallBench

    init() throws {
        bench = try CallBench()
    }

    private func confirm(_ id: String, by caller: Caller = .person) async -> CommandProblem? {
        await bench.problem("confirmations.confirm", ["id": .text(id)], by: caller)
    }

    @Test func `a model's call waits, tells what for, and is done when a person confirms`() async throws {
        let answer = try await bench.call("resume", ["amount": 7], by: .model(.paper))
        #expect(answer.isWaiting)
        let told = try #require(answer.value["confirmation"])
        #expect(told["what"] == #"resume {"amount":7}"#)
        #expect(told["expires_at"] == .text("\(bench.time.now + .seconds(600))"))
        #expect(bench.effects.done.isEmpty)
        let id = try #require(told["id"]?.text)
        #expect(told["how"]?.text?.contains("bellwether confirm \(id)") == true)
        let done = try await bench.call("confirmations.confirm", ["id": .text(id)], by: .trader)
        #expect(done.value["result"]?["amount"] == 7)
        #expect(bench.effects.done == ["resume 7"])
        #expect(
            try bench.recorded() == ["resume waiting", "resume done", "confirmations.confirm done"])
    }

    @Test func `why a person said yes or no stands on the record of access`() async throws {
        for command in ["confirmations.confirm", "confirmations.dismiss"] {
            let id = try await bench.waiting()
            _ = try await bench.call(command, ["id": .text(id), "reason": "calm again"], by: .trader)
            let entry = try #require(try bench.store.ledger.entries(AccessQuery()).first?.entry)
            #expect(entry.command == command && entry.arguments?.contains(#""reason":"calm again""#) == true)
        }
        let id = try await bench.waiting()
        let long = Value.text(String(repeating: "x", count: 501))
        let problem = await bench.problem("confirmations.confirm", ["id": .text(id), "reason": long], by: .trader)
        #expect(problem?.faults.first?.field == "reason")
    }

    @Test func `people are not asked where only models are`() async throws {
        #expect(try await !bench.call("resume", by: .trader).isWaiting)
        #expect(try await !bench.call("resume", by: .key).isWaiting)
    }

    @Test func `where the reason lies in the arguments, only such a call waits, whoever asks`() async throws {
        #expect(try await !bench.call("loosen", ["amount": 50], by: .person).isWaiting)
        let answer = try await bench.call("loosen", ["amount": 51], by: .person)
        #expect(answer.isWaiting)
        #expect(answer.value["confirmation"]?["why"] == "it is more than 50")
        #expect(bench.effects.done == ["loosen 50"])
        let id = answer.value["confirmation"]?["id"]?.text ?? ""
        #expect(await confirm(id, by: .trader)?.code == .forbidden)
        #expect(await confirm(id) == nil)
    }

    @Test func `a confirmation is used once`() async throws {
        let id = try await bench.waiting()
        #expect(await confirm(id) == nil)
        #expect(await confirm(id)?.code == .conflict)
        #expect(await bench.problem("confirmations.dismiss", ["id": .text(id)], by: .person)?.code == .conflict)
        #expect(bench.effects.done.count == 1)
    }

    @Test func `of many who confirm at once one does it`() async throws {
        let id = try await bench.waiting()
        let other = try bench.other()
        let done = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                let service = number.isMultiple(of: 2) ? bench.service : other
                group.addTask {
                    let call = CommandCall("confirmations.confirm", ["id": .text(id)], by: .person)
                    return (try? await service.perform(call)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 1)
        #expect(bench.effects.asked.count == 1)
    }

    @Test func `no model and no program confirms, whatever role it has`() async throws {
        let id = try await bench.waiting()
        let callers = [
            Caller.model(.live, .admin), .model(.read, .admin), Caller("robot", .admin, through: .rest),
            Caller("robot", .admin, through: .webSocket), Caller("robot", .admin, through: .terminal, tier: .live),
            Caller("robot", .admin, through: .dashboard, tier: .paper), .viewer,
        ]
        for caller in callers {
            #expect(await confirm(id, by: caller)?.code == .forbidden, "\(caller)")
            let dismissed = await bench.problem("confirmations.dismiss", ["id": .text(id)], by: caller)
            #expect(dismissed?.code == .forbidden, "\(caller)")
        }
        #expect(bench.effects.done.isEmpty)
        #expect(try bench.store.confirmations().count == 1)
    }

    @Test func `a person says no, and nothing is done`() async throws {
        let id = try await bench.waiting()
        #expect(try await bench.call("confirmations.list", [:], by: .viewer).value["items"]?.list?.count == 1)
        _ = try await bench.call("confirmations.dismiss", ["id": .text(id)], by: .trader)
        #expect(await confirm(id)?.code == .conflict)
        #expect(bench.effects.done.isEmpty)
        #expect(try bench.store.confirmations().isEmpty)
    }

    @Test func `after ten minutes nobody can confirm`() async throws {
        let id = try await bench.waiting()
        bench.time.advance(by: .seconds(600))
        #expect(await confirm(id)?.code == .conflict)
        #expect(await confirm("none")?.code == .notFound)
        #expect(bench.effects.done.isEmpty)
    }

    @Test func `a repeated call that waits is the same confirmation, and afterwards has the final answer`() async throws
    {
        let id = try await bench.waiting(key: "12345678")
        #expect(try await bench.waiting(key: "12345678") == id)
        #expect(try bench.store.confirmations().count == 1)
        #expect(await confirm(id) == nil)
        let answer = try await bench.call("resume", by: .model(.paper), key: "12345678")
        #expect(answer.isRepeated && !answer.isWaiting)
        #expect(answer.value["amount"] == 1)
        #expect(bench.effects.done.count == 1)
    }

    @Test func `a model that asks too often is told to wait`() async throws {
        for _ in 0..<20 { _ = try await bench.waiting() }
        #expect(await bench.problem("resume", by: .model(.paper))?.code == .rateLimited)
        #expect(try bench.store.confirmations().count == 20)
    }

    @Test func `a confirmed call that breaks is on the record and is not done again`() async throws {
        let id = try await bench.waiting()
        bench.effects.fail(with: Crash())
        #expect(await confirm(id)?.code == .failed)
        #expect(await confirm(id)?.code == .conflict)
        #expect(bench.effects.asked.count == 1)
        #expect(try bench.recorded().contains("resume failed failed"))
    }
}
