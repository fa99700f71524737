public import Determinism
public import TaskQueues
public import TradingDesk
public import WorkflowEngine

extension WorkflowEconomics {
    /// The economics of some hours' runs.
    ///
    /// Messages are counted over the life of the queues, which is taken to be that of the oldest run, a day at least.
    public init(
        _ statistics: ExecutionStatistics, hours: Int, _ journal: any Journal, _ queues: any TaskQueue,
        at time: Timestamp, profit: Double?
    ) throws {
        let perDay = 24 / Double(hours)
        let accepted = try queues.status(of: nil, including: nil, at: time).queues
            .reduce(0) { $0 + $1.totals.accepted }
        let first = try journal.finishedRuns(limit: ExecutionStatistics.mostRuns).map(\.started).min()
        let days = max(1, first.map { (time - $0).asSeconds / 86_400 } ?? 1)
        self.init(
            executions: Double(statistics.executions) * perDay, messages: Double(accepted) / days,
            agentMinutes: statistics.workTime.asSeconds / 60 * perDay, profit: profit)
    }
}
