import Determinism
import Testing
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// Figures from histories.
@Suite struct ExecutionStatisticsTests {
    private let header = RunHeader(workflow: "chain", version: 1, fingerprint: 1)

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

    /// A run of one step that is tried twice, with a second's wait between the tries.
    private func history(isGood: Bool) -> [RunEvent] {
        let failure = TaskFailure("no")
        let end: [RunEvent] =
            isGood
            ? [
                RunEvent(.taskCompleted(task: "a", attempt: 2, output: [], cached: false), at: at(7)),
                RunEvent(.runFinished(.completed), at: at(7)),
            ]
            : [
                RunEvent(.taskFailed(task: "a", attempt: 2, failure), at: at(9)),
                RunEvent(.runFinished(RunOutcome(.failed)), at: at(9)),
            ]
        return [
            RunEvent(.runStarted(header), at: at(0)),
            RunEvent(.taskStarted(task: "a", attempt: 1), at: at(0)),
            RunEvent(.taskFailed(task: "a", attempt: 1, failure), at: at(2)),
            RunEvent(.taskRetrying(task: "a", attempt: 2, at: at(3)), at: at(2)),
            RunEvent(.taskStarted(task: "a", attempt: 2), at: at(3)),
        ] + end
    }

    @Test func `a step that succeeds at its second try counts once, with the time of both tries`() {
        var statistics = ExecutionStatistics(from: at(0), until: at(100))
        statistics.add(RunID("one"), history(isGood: true))
        #expect(statistics.successRate == 1)
        #expect(statistics.averageDuration == .seconds(7))
        #expect(statistics.steps["a"]?.count == 1)
        #expect(statistics.steps["a"]?.attempts == 2)
        #expect(statistics.steps["a"]?.averageTime == .seconds(3))
        statistics.add(RunID("two"), history(isGood: false))
        statistics.add(RunID("three"), Array(history(isGood: true).prefix(3)))
        #expect(statistics.executions == 3)
        #expect(statistics.open == 1)
        #expect(statistics.successRate == 0.5)
        #expect(statistics.steps["a"]?.successRate == 1.0 / 3)
        #expect(statistics.duration(atShare: 0.5) == .seconds(7))
        #expect(statistics.duration(atShare: 0.99) == .seconds(9))
    }

    @Test func `nothing measured is nothing, not zero`() {
        let statistics = ExecutionStatistics(from: at(0), until: at(1))
        #expect(statistics.successRate == nil)
        #expect(statistics.averageDuration == nil)
        #expect(statistics.duration(atShare: 0.5) == nil)
        #expect(ServiceLevel.all(statistics).allSatisfy { $0.isMet == nil && $0.measured == nil })
    }

    @Test func `a day's cost becomes a year's over 365 days`() {
        let economics = WorkflowEconomics(executions: 288, messages: 10_000, agentMinutes: 48, profit: 500)
        #expect(abs(economics.day - 0.868) < 1e-9)
        #expect(abs(economics.year - 316.82) < 1e-9)
        #expect(abs((economics.returnOnCost ?? 0) - 575.0368663) < 1e-6)
        #expect(WorkflowEconomics(executions: 0, messages: 0, agentMinutes: 0, profit: 1).returnOnCost == nil)
    }
}
