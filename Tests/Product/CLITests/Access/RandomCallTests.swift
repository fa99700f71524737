import Access
import DeskCommands
import Determinism
import Testing
import WorkflowModel

/// Laws that hold for any sequence of calls.
@Suite struct RandomCallTests {
    private static let callers: [Caller] = [
        .person, .trader, .viewer, .key, .model(.read, .admin), .model(.paper), .model(.live, .admin),
        Caller("looker", .admin, through: .rest, tier: .read), Caller("study", .researcher, through: .webSocket),
    ]
    private static let commands = ["look", "act", "research", "resume", "loosen", "keys.create", "keys.list"]

    /// What is known after some calls.
    private struct Known {
        /// Confirmations with the key of the call that waits.
        var waiting: [String: String?] = [:]
        var used: Set<String> = []
        /// The names under which something was done, by the key of the call.
        var names: [String: Set<String>] = [:]
    }

    @Test(arguments: 0..<20) func `calls in any order keep the laws`(seed: Int) async throws {
        let bench = try CallBench()
        var random = SeededRandom(seed: UInt64(seed))
        var known = Known()
        for _ in 0..<300 {
            let caller = pick(Self.callers, &random)
            if random.uniform() < 0.1 { bench.effects.fail(with: Crash()) }
            if !known.waiting.isEmpty, random.uniform() < 0.35 {
                try await confirm(bench, caller, &random, &known)
            } else {
                try await call(bench, caller, &random, &known)
            }
            if random.uniform() < 0.05 { bench.time.advance(by: .seconds(200)) }
        }
        #expect(known.names.values.allSatisfy { $0.count == 1 })
        #expect(!known.used.isEmpty && !known.names.isEmpty)
        #expect(try bench.store.ledger.verify().fault == nil)
    }

    /// A confirmation is used at most once, and only by a person.
    private func confirm(
        _ bench: CallBench, _ caller: Caller, _ random: inout SeededRandom, _ known: inout Known
    ) async throws {
        let id = pick(known.waiting.keys.sorted(), &random)
        let before = bench.effects.asked
        let problem = await bench.problem("confirmations.confirm", ["id": .text(id)], by: caller)
        let new = bench.effects.asked.dropFirst(before.count)
        #expect(new.count <= 1)
        if let name = new.first {
            #expect(caller.isPerson && caller.role.allows(.trade))
            #expect(known.used.insert(id).inserted, "\(id) was confirmed twice")
            if let key = known.waiting[id] ?? nil { known.names[key, default: []].insert(name) }
        } else {
            #expect(problem != nil)
        }
    }

    /// A key does one thing, and who only looks changes nothing.
    private func call(
        _ bench: CallBench, _ caller: Caller, _ random: inout SeededRandom, _ known: inout Known
    ) async throws {
        let command = pick(Self.commands, &random)
        let amount = Int64(random.next() % 120)
        let key = random.uniform() < 0.7 ? "key-0000\(random.next() % 12)" : nil
        let place = key.map { "\(caller.isPerson) \(caller.name) \($0)" }
        let (before, keysBefore) = (bench.effects.asked, try bench.store.keys().count)
        let answer = try? await bench.call(command, arguments(of: command, amount), by: caller, key: key)
        let new = Array(bench.effects.asked.dropFirst(before.count))
        if caller.tier == .read || caller.role == .viewer {
            #expect(new.isEmpty)
            #expect(try bench.store.keys().count == keysBefore)
        }
        if let place, let name = new.first { known.names[place, default: []].insert(name) }
        guard let answer else { return }
        if answer.isWaiting || answer.isRepeated { #expect(new.isEmpty) }
        if let id = answer.value["confirmation"]?["id"]?.text { known.waiting[id] = place }
    }

    private func arguments(of command: String, _ amount: Int64) -> [String: Value] {
        switch command {
        case "keys.list": [:]
        case "keys.create": ["name": .text("k\(amount)"), "role": "viewer"]
        default: ["amount": .integer(amount)]
        }
    }

    private func pick<Element>(_ elements: [Element], _ random: inout SeededRandom) -> Element {
        elements[Int(random.next() % UInt64(elements.count))]
    }
}
