import Determinism
import Execution
import Foundation
import MarketData
import RiskControl
import Testing
import TradingModel
import WorkflowEngine
import WorkflowModel

@testable import TradingDesk

/// The desk at its trading days, over a small made-up market.
@Suite struct TradingDayTests {
    private func desk(days: Int = 8, change: (inout TradingDayPlan) -> Void = { _ in }) throws -> MemoryDesk {
        var desk = try MemoryDesk(seed: 5, days: days)
        guard case .pipeline(let pipeline) = desk.plan.decider else { return desk }
        var plan = TradingDayPlan(pipeline: pipeline)
        change(&plan)
        desk.plan.decider = .tradingDay(plan)
        return desk
    }

    private func told(_ events: [DeskEvent]) -> [OrchestrationEvent] {
        events.compactMap { event in
            guard case .workflow(let told) = event else { return nil }
            return told
        }
    }

    @Test func `every session runs its stages once, at their times`() throws {
        let events = told(try desk().run().events)
        // The desk begins at the close of a day: the next one is whole.
        let first = try #require(events.filter { $0.kind == .workflowStarted }.dropFirst().first?.run)
        let own = events.filter { $0.run == first }
        let stages = own.filter { $0.kind == .stageStarted && $0.detail["round"] == 1 }
        #expect(
            stages.compactMap(\.subject) == ["pre_market", "market_open", "intraday", "closing", "post_market"])
        let rounds = own.filter { $0.kind == .stageStarted && $0.subject == "intraday" }
        #expect(rounds.count == 18)
        #expect(own.last?.kind == .workflowCompleted)
        #expect(own.map(\.time) == own.map(\.time).sorted())
        let runs = events.filter { $0.kind == .workflowStarted }.compactMap(\.run)
        #expect(Set(runs).count == runs.count)
        #expect(runs.count >= 7)
    }

    @Test func `days without a session are told with the reason`() throws {
        let closed = told(try desk().run().events).filter { $0.kind == .marketEvent }
        #expect(!closed.isEmpty)
        #expect(closed.allSatisfy { $0.detail["closed"]?.text?.isEmpty == false })
    }

    @Test func `two runs make the same records, byte for byte`() throws {
        #expect(try desk().run().records == desk().run().records)
    }

    @Test func `orders leave through the gate and every decision is derived again`() throws {
        let run = try desk(days: 20).run()
        #expect(run.summary.counts.orders > 0)
        #expect(run.summary.counts.fills > 0)
        let report = try DecisionReplay.verify { run.records }
        #expect(report.difference == nil)
        #expect(report.same == run.records.count)
    }

    @Test func `a record that was cut off is derived again as far as it goes`() throws {
        let records = try desk().run().records
        for count in stride(from: 90, to: records.count, by: 97) {
            let part = Array(records.prefix(count))
            guard let last = part.last, records[count].time > last.time else { continue }
            #expect(try DecisionReplay.verify { part }.difference == nil)
        }
    }

    @Test func `a committee's day halves what is bought`() throws {
        func firstPurchase(_ plan: (inout TradingDayPlan) -> Void) throws -> Double? {
            for record in try desk(days: 20, change: plan).run().records where record.kind == .node {
                let node = try Value(json: Array(record.body))
                let trades = node["output"]?["trades"]?.list ?? []
                if let bought = trades.first(where: { $0["side"] == "buy" }) { return bought["quantity"]?.number }
            }
            return nil
        }
        let whole = try #require(try firstPurchase { _ in })
        let dates = (0..<400).map { CivilDate(daysSinceEpoch: 18_263 + $0) }
        let half = try #require(try firstPurchase { $0.chooser = TradingDayChooser(fomc: dates) })
        #expect(abs(half - whole / 2) <= 1)
    }

    @Test func `a day whose volatility is too high is made more careful, once`() throws {
        let events = told(try desk(days: 6) { $0.volatilityLevel = 0.5 }.run().events)
        let alerts = events.filter { $0.kind == .systemAlert && $0.subject == "volatility" }
        #expect(!alerts.isEmpty)
        #expect(Set(alerts.map(\.run)).count == alerts.count)
        #expect(alerts.first?.detail["source"] == "realised volatility of the universe")
        let calm = told(try desk(days: 6) { $0.volatilityLevel = 1e6 }.run().events)
        #expect(!calm.contains { $0.kind == .systemAlert })
    }
}
