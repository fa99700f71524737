import DeskCommands
import Determinism
import TradingDesk
import TradingModel
import WorkflowModel

/// What commands work with where no desk runs: what is stored in the home.
enum DeskHomeServices {
    /// The services of a home, read from disk.
    static func make(_ call: Invocation, access: any AccessDesk, time: any TimeSource) throws -> DeskServices {
        let home = try WorkflowHome(call, .change, time: time)
        let workflows = WorkflowServices(
            journal: home.journal, queues: home.queues, library: home.library, box: home.box,
            steps: WorkflowHome.steps, holder: { home.holder })
        let desk = DeskAtRest()
        return DeskServices(
            time: time, desk: desk, archive: desk, workflows: workflows, backtests: desk, system: desk, access: access)
    }
}

/// A desk that does not run here: what asks for a running one is told so.
private struct DeskAtRest: DeskSource, DecisionArchive, BacktestDesk, SystemSource {
    private static let nothingRuns = CommandProblem(
        .unavailable, "this needs a running desk, and none serves this home; start one first")

    func picture() throws -> DeskPicture? { throw DeskAtRest.nothingRuns }
    func bars(of symbol: Symbol, limit: Int) throws -> [Bar]? { throw DeskAtRest.nothingRuns }
    func ask(_ request: DeskRequest, by person: String, key: String) throws -> DeskReceipt {
        throw DeskAtRest.nothingRuns
    }
    func pending() throws -> [DeskReceipt] { throw DeskAtRest.nothingRuns }
    var process: Int32? { nil }
    var started: Timestamp? { nil }
    var speed: Double? { nil }

    func records(_ query: RecordQuery) throws -> [ArchivedRecord] { throw DeskAtRest.nothingRuns }
    func record(_ sequence: Int64) throws -> ArchivedRecord? { throw DeskAtRest.nothingRuns }
    func head() throws -> (sequence: Int64, hash: String)? { throw DeskAtRest.nothingRuns }
    func fault() throws -> String? { throw DeskAtRest.nothingRuns }

    func start(_ request: Value, named id: String, by person: String) async throws { throw DeskAtRest.nothingRuns }
    func list() async throws -> [Value] { throw DeskAtRest.nothingRuns }
    func report(_ id: String) async throws -> Value? { throw DeskAtRest.nothingRuns }
    func cancel(_ id: String) async throws -> Bool { throw DeskAtRest.nothingRuns }

    func health() -> Value { [] }
    func resources() -> Value { .null }
    func log(after sequence: Int64, level: String, limit: Int) -> [Value] { [] }
    func settings() throws -> Value { throw DeskAtRest.nothingRuns }
    func data() throws -> Value { throw DeskAtRest.nothingRuns }
}
