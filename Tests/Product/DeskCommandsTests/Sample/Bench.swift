import Determinism
import Synchronization
import WorkflowModel

@testable import DeskCommands

/// Everything that commands are tried on.
struct Bench {
    let desk: SampleDesk
    let workflows: SampleWorkflows
    let backtests = SampleBacktests()
    let time = HastyTime(at: SampleWorkflows.time)
    private let holder: Int32?

    /// A desk that ran, or, without a market, a home in which nothing ever ran.
    init(withMarket: Bool = true, isHeard: Bool = true, holder: Int32? = nil) throws {
        desk = SampleDesk(withMarket ? try SampleMarket.standard.get() : nil, isHeard: isHeard)
        workflows = try SampleWorkflows()
        self.holder = holder
    }

    func services(host: WorkflowServices.Host? = nil) -> DeskServices {
        DeskServices(
            time: time, desk: desk, archive: desk, workflows: workflows.services(holder: holder, host: host),
            backtests: backtests, system: SampleSystem())
    }

    /// What a command answers to arguments that are checked as every face checks them.
    func call(
        _ name: String, _ given: [String: Value] = [:], by caller: Caller = .admin, as callID: String = "call-1",
        host: WorkflowServices.Host? = nil
    ) async throws -> Value {
        let (command, arguments) = try prepared(name, given)
        return try await command.perform(arguments, context(caller, callID, host))
    }

    /// Why a person is asked first; nil where nobody is.
    func question(_ name: String, _ given: [String: Value]) async throws -> String? {
        let (command, arguments) = try prepared(name, given)
        guard case .when(let ask) = command.confirmation else { return nil }
        return try await ask(arguments, context(.admin, "call-1", nil))
    }

    /// What a call fails with; nil where it does not.
    func problem(_ name: String, _ given: [String: Value], by caller: Caller = .admin) async -> CommandProblem? {
        do {
            _ = try await call(name, given, by: caller)
            return nil
        } catch {
            return error as? CommandProblem ?? CommandProblem(.failed, "\(error)")
        }
    }

    private func prepared(_ name: String, _ given: [String: Value]) throws -> (DeskCommand, CommandArguments) {
        guard let command = CommandCatalog.command(name) else { throw CommandProblem.notFound(name) }
        return (command, CommandArguments(try PreparedCommand(command).arguments(given)))
    }

    private func context(_ caller: Caller, _ callID: String, _ host: WorkflowServices.Host?) -> CommandContext {
        CommandContext(
            caller: caller, time: time.now, callID: callID, trace: String(repeating: "0", count: 32),
            services: services(host: host))
    }
}

extension Caller {
    static let admin = Caller("ada", .admin, through: .terminal)
    static let researcher = Caller("rob", .researcher, through: .rest)
}

/// Time that jumps to whatever is waited for, so that nobody waits.
final class HastyTime: TimeSource {
    private let moment: Mutex<Timestamp>

    init(at start: Timestamp) {
        moment = Mutex(start)
    }

    var now: Timestamp { moment.withLock { $0 } }

    func sleep(until deadline: Timestamp) async throws {
        try Task.checkCancellation()
        moment.withLock { $0 = max($0, deadline) }
        await Task.yield()
    }
}

/// Backtests that are done as soon as they are begun.
final class SampleBacktests: BacktestDesk {
    private let kept = Mutex<[(id: String, value: Value)]>([])

    func start(_ request: Value, named id: String, by person: String) async throws {
        kept.withLock { kept in
            guard !kept.contains(where: { $0.id == id }) else { return }
            kept.append((id, ["id": .text(id), "state": "running", "progress": 0.5, "request": request]))
        }
    }

    func list() async throws -> [Value] { kept.withLock { $0.reversed().map(\.value) } }

    func report(_ id: String) async throws -> Value? { kept.withLock { $0.first { $0.id == id }?.value } }

    func cancel(_ id: String) async throws -> Bool {
        kept.withLock { kept in
            guard let place = kept.firstIndex(where: { $0.id == id }), kept[place].value["state"] == "running" else {
                return false
            }
            kept[place].value = kept[place].value.adding(["state": "cancelled"])
            return true
        }
    }
}

/// A process of which a little is known.
struct SampleSystem: SystemSource {
    func health() -> Value {
        [
            ["name": "desk", "status": "ok", "detail": .null, "checked_at": "2027-01-15T08:00:00Z"],
            ["name": "feed", "status": "degraded", "detail": "slow", "more": 1],
        ]
    }

    func resources() -> Value { ["memory_bytes": 1_000_000, "cpu_share": 0.1] }

    func log(after sequence: Int64, level: String, limit: Int) -> [Value] {
        [["sequence": .integer(sequence + 1), "time": "2027-01-15T08:00:00Z", "level": "info", "message": "hello"]]
    }

    func settings() throws -> Value { [["name": "trading.capital", "value": 1_000_000, "source": "standard"]] }

    func data() throws -> Value {
        [
            [
                "symbol": "AAPL", "bar_length": "1d", "from": "2014-01-02", "to": "2014-12-31", "bars": 252,
                "simulated": false,
            ]
        ]
    }
}
