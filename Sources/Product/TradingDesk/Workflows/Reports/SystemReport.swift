public import Determinism
public import WorkflowEngine
public import WorkflowModel

/// How the engine of a home stands: what it does now, and what it has done.
public struct SystemReport: Sendable, Hashable {
    /// Whether a process serves the home's workflows.
    public let isRunning: Bool
    /// When that process began; nil where none serves or it did not say.
    public let started: Timestamp?
    /// The agents that the kept definitions name.
    public let agents: [String]
    /// Runs that have not ended.
    public let active: Int
    /// What the ended runs came to.
    public let statistics: ExecutionStatistics
    private let now: Timestamp

    /// How a home stands, from its journal.
    public init(
        _ journal: any Journal, _ library: DefinitionLibrary, isRunning: Bool, at time: Timestamp
    ) throws {
        let statistics = try ExecutionStatistics.read(journal, from: Timestamp(nanoseconds: .min), until: time)
        let plans = try library.newest().map(library.plan)
        try self.init(journal, of: plans, statistics, isRunning: isRunning, at: time)
    }

    /// How a home stands whose newest plans and whose statistics are known already.
    public init(
        _ journal: any Journal, of plans: [WorkflowPlan], _ statistics: ExecutionStatistics, isRunning: Bool,
        at time: Timestamp
    ) throws {
        self.isRunning = isRunning
        started = isRunning ? try SystemReport.started(journal) : nil
        active = try journal.openRuns().count
        self.statistics = statistics
        agents = Set(plans.flatMap(\.tasks).compactMap(\.definition.agent)).sorted()
        now = time
    }

    private static let key = StateKey("service", "started")

    /// Notes that a process begins to serve a home.
    public static func noteStart(in journal: any Journal, at time: Timestamp) throws {
        try journal.commit(JournalBatch(states: [key: Array("\(time)".utf8)]))
    }

    private static func started(_ journal: any Journal) throws -> Timestamp? {
        try journal.value(of: key).flatMap { Timestamp(String(decoding: $0, as: UTF8.self)) }
    }

    /// The answer for programs; agents have no health of their own to tell of yet.
    public var value: Value {
        [
            "system_running": .boolean(isRunning),
            "startup_time": started.map { .text("\($0)") } ?? .null,
            "uptime_seconds": started.map { .number((now - $0).asSeconds) } ?? .null,
            "agents": [
                "total": .integer(Int64(agents.count)), "healthy": .null, "names": .list(agents.map(Value.text)),
            ],
            "workflow_engine": [
                "active_executions": .integer(Int64(active)),
                "completed_executions": .integer(Int64(statistics.completed)),
                "failed_executions": .integer(Int64(statistics.failed)),
            ],
            "statistics": [
                "workflows_executed": .integer(Int64(statistics.completed + statistics.failed)),
                "total_tasks_completed": .integer(Int64(statistics.completedTasks)),
                "average_task_duration": statistics.averageTaskDuration.map { .number($0.asSeconds) } ?? .null,
                "success_rate": statistics.successRate.map(Value.number) ?? .null,
            ],
        ]
    }
}
