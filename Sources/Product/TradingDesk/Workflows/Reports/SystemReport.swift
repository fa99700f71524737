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
    /// Those whose newest task failed or took too long.
    public let failing: [String]
    /// How many did their newest task without an error; nil where none of them did any yet.
    public let healthy: Int?
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
        let endings = SystemReport.endings(plans, statistics)
        agents = endings.keys.sorted()
        failing = agents.filter { endings[$0].flatMap { $0 }?.isGood == false }
        healthy = endings.values.contains { $0 != nil } ? endings.values.count { $0?.isGood == true } : nil
        now = time
    }

    /// The newest ending of each agent's tasks; nil for an agent that did none yet.
    private static func endings(
        _ plans: [WorkflowPlan], _ statistics: ExecutionStatistics
    ) -> [String: ExecutionStatistics.Ending?] {
        var endings: [String: ExecutionStatistics.Ending?] = [:]
        for plan in plans {
            for task in plan.tasks {
                guard let agent = task.definition.agent else { continue }
                let known = endings[agent] ?? nil
                let found = statistics.newest[.init(workflow: plan.name, task: task.name)]
                endings[agent] = .some([known, found].compactMap(\.self).max { $0.time < $1.time })
            }
        }
        return endings
    }

    private static let key = StateKey("service", "started")

    /// Notes that a process begins to serve a home.
    public static func noteStart(in journal: any Journal, at time: Timestamp) throws {
        try journal.commit(JournalBatch(states: [key: Array("\(time)".utf8)]))
    }

    private static func started(_ journal: any Journal) throws -> Timestamp? {
        try journal.value(of: key).flatMap { Timestamp(String(decoding: $0, as: UTF8.self)) }
    }

    /// The answer for programs.
    public var value: Value {
        [
            "system_running": .boolean(isRunning),
            "startup_time": started.map { .text("\($0)") } ?? .null,
            "uptime_seconds": started.map { .number((now - $0).asSeconds) } ?? .null,
            "agents": [
                "total": .integer(Int64(agents.count)),
                "healthy": healthy.map { .integer(Int64($0)) } ?? .null,
                "failing": .list(failing.map(Value.text)), "names": .list(agents.map(Value.text)),
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
