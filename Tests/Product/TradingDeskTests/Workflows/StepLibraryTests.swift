import Determinism
import Foundation
import RiskControl
import TaskQueues
import Testing
import TradingModel
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

@testable import TradingDesk

/// The desk's types of work.
@Suite struct StepLibraryTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk.simulated(seed: 3)
    }

    @Test func `the step types of the documents are all there`() {
        let wanted = [
            "news_analysis", "technical_analysis", "signal_generation", "trade_execution", "classify", "market_scan",
            "market_analysis", "macro_assessment", "portfolio_review", "risk_assessment",
            "opportunity_identification", "generate_trades", "validate_trades", "execute_orders", "monitor_market",
            "risk_monitoring", "order_tracking", "rebalance", "closing_review", "performance_analysis",
            "report_generation", "next_day_preparation", "maintenance", "immediate_hedge", "alert_user", "analyze",
            "queue_for_execution", "reserve_funds", "release_funds", "place_order", "cancel_order",
            "update_portfolio", "revert_portfolio", "send_notification", "send_failure_alert", "trade",
            "volatility_check",
        ]
        let types = StepLibrary.standard.catalog.types
        #expect(wanted.filter { types[$0] == nil } == [])
    }

    @Test func `every type puts out the fields that its catalog entry names, and no others`() throws {
        for (name, type) in StepLibrary.standard.catalog.types.sorted(by: { $0.key < $1.key }) {
            guard case .object(let fields) = type.outputs, name != "place_order" else { continue }
            var desk = desk
            let output = try StepLibrary.standard.perform(try .one(name), on: &desk)
            #expect(Set(output.fields?.keys.map { $0 } ?? []) == Set(fields.keys), "\(name)")
        }
    }

    @Test func `the same step on the same desk puts out the same`() throws {
        for name in StepLibrary.standard.catalog.types.keys.sorted() where name != "place_order" {
            var (one, other) = (desk, desk)
            let order = try TaskOrder.one(name)
            #expect(
                try StepLibrary.standard.perform(order, on: &one).json()
                    == StepLibrary.standard.perform(order, on: &other).json(), "\(name)")
        }
    }

    @Test func `without news there is no sentiment`() throws {
        let history = desk.plan.universe.ids.map { InstrumentHistory($0, []) }
        var empty = try TestDesk(desk.plan, history: history, at: desk.scene.time)
        let news = try StepLibrary.standard.perform(try .one("news_analysis"), on: &empty)
        #expect(news["sentiment"] == .null)
        #expect(news["headlines"] == 0)
        let technical = try StepLibrary.standard.perform(try .one("technical_analysis"), on: &empty)
        #expect(technical["rsi"] == .null)
        #expect(technical["macd"] == .null)
        let risk = try StepLibrary.standard.perform(try .one("macro_assessment"), on: &empty)
        #expect(risk["volatility"] == .null)
        #expect(risk["regime"] == .null)
    }

    @Test func `volatility is that of the index where the desk has it, else its own, and named`() throws {
        #expect(desk.scene.volatility?.source == .realised)
        let symbol = try #require(Symbol("^VIX"))
        var plan = desk.plan
        plan.universe = Universe([Instrument(symbol, .equity)])
        let bar = Bar(
            start: desk.scene.time - .seconds(3_600), end: desk.scene.time, open: 30, high: 36, low: 30, close: 35,
            volume: 0)
        let history = [InstrumentHistory(InstrumentID(0), [bar])]
        var nervous = try TestDesk(plan, history: history, at: desk.scene.time)
        #expect(nervous.scene.volatility == VolatilityReading(.index, level: 35))
        let check = try StepLibrary.standard.perform(try .one("volatility_check"), on: &nervous)
        #expect(check["is_high"] == true)
        #expect(check["volatility_source"] == "VIX")
    }

    @Test func `a symbol that is not traded fails for good`() throws {
        var desk = desk
        let order = try TaskOrder.one("technical_analysis", params: ["symbols": ["NOPE"]])
        #expect {
            try StepLibrary.standard.perform(order, on: &desk)
        } throws: { error in
            (error as? TaskFailure)?.code == "invalid_symbol" && (error as? TaskFailure)?.mayRetry == false
        }
    }

    @Test func `signals of the morning are traded within the risk limit`() throws {
        var desk = desk
        var run = try StepRun("trader", steps: StepLibraryTests.trader)
        let found = try run.perform("trader", on: &desk, input: ["symbols": ["AAPL", "MSFT", "GOOGL", "TSLA"]])
        #expect(run.outcome == .completed)
        let signals = try #require(found["generate_signals"]?["signals"]?.list)
        let orders = try #require(found["execute_trades"]?["orders"]?.list)
        let buys = Set(signals.filter { $0["action"] == "BUY" }.compactMap { $0["symbol"]?.text })
        #expect(!orders.isEmpty)
        #expect(orders.allSatisfy { $0["symbol"]?.text.map(buys.contains) ?? false })
        #expect(desk.scene.risk.ordersInFlight.count == orders.filter { $0["status"] == "sent" }.count)
    }

    @Test func `in a test no order leaves`() throws {
        for (input, isTest) in [(Value.object([:]), true), (["test_mode": true], false)] {
            var desk = desk
            var run = try StepRun("trader", steps: StepLibraryTests.trader)
            let found = try run.perform("trader", on: &desk, input: input, isTest: isTest)
            let execution = try #require(found["execute_trades"])
            #expect(execution["sent"] == 0)
            #expect(execution["order_id"] == .null)
            #expect(execution["orders"]?.list?.contains { $0["status"] == "test" } == true)
            #expect(desk.scene.risk.ordersInFlight.isEmpty)
            #expect(desk.ledger.orders.isEmpty)
        }
    }

    @Test func `an effect under one key happens once`() throws {
        var desk = desk
        let order = try TaskOrder.one("place_order", params: ["symbol": "AAPL", "quantity": 10])
        let first = try StepLibrary.standard.perform(order, on: &desk)
        let second = try StepLibrary.standard.perform(order, on: &desk)
        #expect(first == second)
        #expect(first["status"] == "sent")
        #expect(desk.scene.risk.ordersInFlight.count == 1)
    }

    @Test func `several tasks share a desk through the handlers`() async throws {
        let shared = SharedDesk(desk)
        let handlers = StepLibrary.standard.handlers(on: shared)
        #expect(handlers.types == StepLibrary.standard.catalog.types.keys.sorted())
        let definition = try ShippedWorkflows.definition(
            of: "name: trader\nsteps:\n\(StepLibraryTests.trader)", name: "trader")
        let service = WorkflowService(
            journal: InMemoryJournal(), handlers: handlers, time: ManualTime(at: desk.scene.time),
            plans: [try WorkflowPlan(definition)])
        let serving = Task { try await service.run() }
        let run = try await service.start(RunRequest("trader", as: RunID("async")))
        #expect(try await service.outcome(of: run) == .completed)
        service.stop()
        try await serving.value
        #expect(try !shared.current.scene.risk.ordersInFlight.isEmpty)
    }

    static let trader = """
          - {name: analyze_news, type: news_analysis}
          - {name: market_analysis, type: technical_analysis, params: {indicators: [RSI, MACD]}}
          - {name: generate_signals, type: signal_generation, params: {threshold: 0.2}}
          - {name: execute_trades, type: trade_execution, params: {risk_limit: 0.02, threshold: 0.2}}

        """
}
