import Access
import DeskCommands
import Determinism
import RiskControl
import ScratchFolders
import Storage
import Synchronization
import TaskQueues
import TradingDesk
import TradingModel
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// A command service over a few commands whose effects are counted, with the ledger of a real home.
final class CallBench: Sendable {
    let time = ManualTime(at: Timestamp(nanoseconds: 1_800_000_000_000_000_000))
    let effects = Effects()
    let folder: ScratchFolder
    let store: AccessStore
    let service: CommandService

    init(isLive: Bool = false) throws {
        folder = try ScratchFolder()
        store = try AccessStore(home: folder.path, time: time)
        service = try CallBench.service(store, time, effects, isLive: isLive)
    }

    /// A second process on the same home.
    func other() throws -> CommandService {
        try CallBench.service(try AccessStore(home: folder.path, time: time), time, effects, isLive: false)
    }

    private static func service(
        _ store: AccessStore, _ time: ManualTime, _ effects: Effects, isLive: Bool
    ) throws -> CommandService {
        CommandService(
            try NoDesk.services(time, store), ledger: store.ledger,
            commands: commands(effects) + AccessCommands.all, isLive: isLive)
    }

    static let amount = Field<Int>.integer("amount", 1...100, "How much")
    static let note = Field<String>.text("note", "Why").optional

    static func commands(_ effects: Effects) -> [DeskCommand] {
        let takes = [amount.description, note.description]
        return [
            DeskCommand(
                "look", "Looks", .read, at: .get("/api/look"), tool: "look", takes: takes, answers: .any
            ) { arguments, context in
                ["amount": .integer(Int64(try arguments[amount])), "call": .text(context.callID)]
            },
            DeskCommand(
                "act", "Acts", .trade, at: .post("/api/act"), tool: "act", takes: takes, answers: .any
            ) { arguments, context in
                try await effects.act("act", context.callID, try arguments[amount])
            },
            DeskCommand(
                "research", "Tests", .research, at: .post("/api/research"), tool: "research", takes: takes,
                answers: .any
            ) { arguments, context in
                try await effects.act("research", context.callID, try arguments[amount])
            },
            DeskCommand(
                "resume", "Asks first where a model asks", .trade, at: .post("/api/resume"), tool: "resume",
                takes: takes, answers: .any, confirmation: .fromModels
            ) { arguments, context in
                try await effects.act("resume", context.callID, try arguments[amount])
            },
            DeskCommand(
                "loosen", "Asks first where it is much", .administer, at: .patch("/api/loosen"), takes: takes,
                answers: .any,
                confirmation: .when { arguments, _ in try arguments[amount] > 50 ? "it is more than 50" : nil }
            ) { arguments, context in
                try await effects.act("loosen", context.callID, try arguments[amount])
            },
        ]
    }

    func call(
        _ command: String, _ arguments: [String: Value] = ["amount": 1], by caller: Caller, key: String? = nil
    ) async throws(CommandProblem) -> CommandAnswer {
        try await service.perform(CommandCall(command, arguments, by: caller, idempotencyKey: key))
    }

    /// What a call fails with; nil where it does not.
    func problem(
        _ command: String, _ arguments: [String: Value] = ["amount": 1], by caller: Caller, key: String? = nil
    ) async -> CommandProblem? {
        do throws(CommandProblem) {
            _ = try await call(command, arguments, by: caller, key: key)
            return nil
        } catch { return error }
    }

    /// Asks by a model for something that waits, and gives the id.
    func waiting(_ command: String = "resume", _ arguments: [String: Value] = ["amount": 1], key: String? = nil)
        async throws -> String
    {
        let answer = try await call(command, arguments, by: .model(.paper), key: key)
        return answer.value["confirmation"]?["id"]?.text ?? ""
    }

    /// The record, oldest first, as `command outcome code`.
    func recorded() throws -> [String] {
        try store.ledger.entries(AccessQuery()).reversed().map {
            [$0.entry.command, $0.entry.outcome.rawValue, $0.entry.code].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }
}

extension Caller {
    static let person = Caller("ada", .admin, through: .terminal)
    static let trader = Caller("tom", .trader, through: .dashboard)
    static let viewer = Caller("vic", .viewer, through: .dashboard)
    static let key = Caller("robot", .trader, through: .rest)

    static func model(_ tier: Tier, _ role: Role = .trader) -> Caller {
        Caller("model", role, through: .mcp, tier: tier)
    }
}

/// What commands did, each effect once for a call's name, as a desk that remembers names would.
final class Effects: Sendable {
    private struct State {
        var done: [(command: String, callID: String, amount: Int)] = []
        var asked: [String] = []
        var failure: (any Error & Sendable)?
        var gate: CheckedContinuation<Void, Never>?
        var isHeld = false
        var entered: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Every effect in order.
    var done: [String] { state.withLock { $0.done.map { "\($0.command) \($0.amount)" } } }
    /// The names under which something was asked, repetitions included.
    var asked: [String] { state.withLock { $0.asked } }

    /// The next effect happens, and then this is thrown: a process that dies before it can say so.
    func fail(with error: any Error & Sendable) { state.withLock { $0.failure = error } }

    /// The next effect waits until it is released.
    func hold() { state.withLock { $0.isHeld = true } }

    /// Returns once an effect is held.
    func untilHeld() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.gate == nil else { return true }
                state.entered = continuation
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func release() {
        let gate = state.withLock { state in
            defer { state.gate = nil }
            return state.gate
        }
        gate?.resume()
    }

    func act(_ command: String, _ callID: String, _ amount: Int) async throws -> Value {
        if state.withLock({ state in
            defer { state.isHeld = false }
            return state.isHeld
        }) {
            await withCheckedContinuation { continuation in
                let entered = state.withLock { state in
                    state.gate = continuation
                    defer { state.entered = nil }
                    return state.entered
                }
                entered?.resume()
            }
        }
        let failure = state.withLock { state -> (any Error & Sendable)? in
            state.asked.append(callID)
            if !state.done.contains(where: { $0.callID == callID }) { state.done.append((command, callID, amount)) }
            defer { state.failure = nil }
            return state.failure
        }
        if let failure { throw failure }
        return ["amount": .integer(Int64(amount)), "call": .text(callID)]
    }
}

struct Crash: Error {}

/// A desk that nothing ever ran on, and that takes every request.
struct NoDesk: DeskSource, DecisionArchive, BacktestDesk, SystemSource {
    static func services(_ time: any TimeSource, _ access: any AccessDesk) throws -> DeskServices {
        let journal = InMemoryJournal()
        let workflows = WorkflowServices(
            journal: journal, queues: journal.queue,
            library: try DefinitionLibrary(journal, options: WorkflowOptions.reading()),
            box: RequestBox(journal.queue, journal), steps: .withoutDesk, holder: { nil })
        let desk = NoDesk()
        return DeskServices(
            time: time, desk: desk, archive: desk, workflows: workflows, backtests: desk, system: desk,
            access: access)
    }

    func picture() throws -> DeskPicture? { nil }
    func bars(of symbol: Symbol, limit: Int) throws -> [Bar]? { nil }
    func ask(_ request: DeskRequest, by person: String, key: String) throws -> DeskReceipt {
        DeskReceipt(
            id: 7, kind: request.kind, reason: "because", time: Timestamp(nanoseconds: 0), who: person, record: nil,
            isHeard: true)
    }
    func pending() throws -> [DeskReceipt] { [] }
    var process: Int32? { nil }
    var started: Timestamp? { nil }
    var speed: Double? { nil }
    func records(_ query: RecordQuery) throws -> [ArchivedRecord] { [] }
    func record(_ sequence: Int64) throws -> ArchivedRecord? { nil }
    func head() throws -> (sequence: Int64, hash: String)? { nil }
    func fault() throws -> String? { nil }
    func start(_ request: Value, named id: String, by person: String) async throws {}
    func list() async throws -> [Value] { [] }
    func report(_ id: String) async throws -> Value? { nil }
    func cancel(_ id: String) async throws -> Bool { false }
    func health() -> Value { .null }
    func resources() -> Value { .null }
    func log(after sequence: Int64, level: String, limit: Int) -> [Value] { [] }
    func settings() throws -> Value { .null }
    func data() throws -> Value { .null }
}
