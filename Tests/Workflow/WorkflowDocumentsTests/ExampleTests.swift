import Foundation
import Testing
import WorkflowDocuments
import WorkflowModel

@Suite("Example workflows") struct ExampleTests {
    private func example(_ name: String) throws -> WorkflowDefinition {
        let data = try #require(FileManager.default.contents(atPath: "\(Documents.examples)/\(name).yaml"))
        return try #require(try WorkflowDocument.read(data, name: "\(name).yaml").get().first)
    }

    @Test func `all of them are read without problems, make sound plans and are written back equal`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Documents.examples)
            .filter { $0.hasSuffix(".yaml") }
        #expect(names.count >= 9)
        for name in names.sorted() {
            let definition = try example(String(name.dropLast(5)))
            #expect(throws: Never.self) { try WorkflowPlan(definition) }
            for format in DocumentFormat.allCases {
                let text = WorkflowDocument.write(definition, as: format)
                #expect(try WorkflowDocument.read(text, name: "x.\(format)").get() == [definition])
            }
        }
    }

    @Test func `the standard day has its stages, dependencies and limits`() throws {
        let day = try example("standard-trading-day")
        #expect(day.stages.map(\.name) == ["pre_market", "market_open"])
        #expect(day.tasks.map(\.name) == ["market_analysis", "risk_assessment", "generate_trades"])
        let trades = try #require(day.tasks.last)
        #expect(trades.agent == "portfolio_manager")
        #expect(trades.priority == .high)
        #expect(trades.timeout == .seconds(600))
        #expect(trades.retry.attempts == 4)
        #expect(trades.dependencies == ["market_analysis", "risk_assessment"])
        #expect(day.tasks[0].params == ["symbols": ["AAPL", "GOOGL"], "analysis_depth": "detailed"])
        #expect(day.tasks[0].retry.attempts == 3)
    }

    @Test func `steps follow one another`() throws {
        let workflow = try example("alpaca-trading-workflow")
        #expect(workflow.priority == .medium)
        #expect(
            workflow.tasks.map(\.dependencies) == [[], ["analyze_news"], ["market_analysis"], ["generate_signals"]])
        #expect(workflow.tasks[2].kind == .work(type: "signal_generation"))
        #expect(workflow.tasks[2].params == ["threshold": 0.7])
        #expect(
            workflow.triggers == [
                TriggerDefinition(.schedule(cron: "0 9 * * 1-5", timeZone: "America/New_York", missed: .skip))
            ])
    }

    @Test func `conditional steps become a task for each action and a join`() throws {
        let workflow = try example("event-driven-trader")
        #expect(
            workflow.tasks.map(\.name) == [
                "event_classifier", "urgent_handler/immediate_hedge", "urgent_handler/alert_user", "urgent_handler",
                "normal_handler/analyze", "normal_handler/queue_for_execution", "normal_handler",
            ])
        #expect(workflow.tasks[1].dependencies == ["event_classifier"])
        #expect(workflow.tasks[2].dependencies == ["urgent_handler/immediate_hedge"])
        #expect(workflow.tasks[3].dependencies == ["urgent_handler/immediate_hedge", "urgent_handler/alert_user"])
        #expect(workflow.tasks[4].dependencies == ["urgent_handler"])
        #expect(workflow.tasks[3].kind == .join)
        #expect(workflow.tasks[1...3].allSatisfy { $0.condition?.text == "category == 'urgent'" })
        #expect(workflow.triggers.map(\.type).count == 7)
    }

    @Test func `breakers, sagas and subprocesses become their kinds`() throws {
        let breaker = try example("protected-trader").tasks[0]
        #expect(breaker.kind == .circuitBreaker(BreakerPolicy()))
        let saga = try example("trading-saga").tasks
        #expect(saga.map(\.kind).first == .work(type: "reserve_funds"))
        #expect(
            saga.map(\.compensation?.type) == [
                "release_funds", "cancel_order", "revert_portfolio", "send_failure_alert",
            ])
        let master = try example("master-trader").tasks
        #expect(
            master.map(\.kind) == ["scanner", "analyzer", "executor"].map { .subprocess(workflow: "\($0)-workflow") })
    }

    @Test func `what is written reads like what was read`() throws {
        #expect(
            WorkflowDocument.write(try example("event-driven-trader")).hasPrefix(
                """
                name: event-driven-trader
                description: Responds to multiple market events
                steps:
                  - name: event_classifier
                    type: classify
                    params:
                      categories: [urgent, normal, ignore]
                  - name: urgent_handler
                    type: conditional
                    condition: category == 'urgent'
                    actions: [immediate_hedge, alert_user]
                  - name: normal_handler
                    type: conditional
                    condition: category == 'normal'
                    actions: [analyze, queue_for_execution]
                triggers:
                  - type: price_change
                    symbol: AAPL
                    threshold: 0.02
                    direction: any

                """))
    }
}
