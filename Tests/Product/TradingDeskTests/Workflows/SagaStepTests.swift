import Accounting
import Analysis
import Determinism
import RiskControl
import TaskQueues
import Testing
import TradingModel
import WorkflowEngine
import WorkflowModel

@testable import TradingDesk

/// Orders in parts, and what undoes them.
@Suite struct SagaStepTests {
    private let id: InstrumentID

    init() throws {
        let symbol = try #require(Symbol("AAPL"))
        id = try #require(try TestDesk.simulated(seed: 3).plan.universe.id(of: symbol))
    }

    private static let saga = """
          - {name: reserve_funds, compensate: release_funds, params: {amount: 5000}}
          - {name: place_order, compensate: cancel_order, params: {symbol: AAPL, quantity: 10}}
          - {name: update_portfolio, compensate: revert_portfolio}
          - {name: send_notification, compensate: send_failure_alert}

        """

    @Test func `a saga reserves, orders and tells`() throws {
        var desk = try TestDesk.simulated(seed: 3)
        var run = try StepRun("saga", steps: SagaStepTests.saga)
        let found = try run.perform("saga", on: &desk)
        #expect(run.outcome == .completed)
        #expect(found["place_order"]?["status"] == "sent")
        #expect(found["reserve_funds"]?["reserved"] == 5000)
        #expect(desk.notices.count == 1)
        #expect(desk.notices.first?.isAlert == false)
    }

    @Test func `a saga that fails takes its order back and releases the funds`() throws {
        var desk = try TestDesk.simulated(seed: 3)
        let steps =
            SagaStepTests.saga + "  - {name: place_order_2, type: place_order, params: {symbol: NOPE, quantity: 1}}\n"
        var run = try StepRun("saga", steps: steps)
        let found = try run.perform("saga", on: &desk)
        #expect(run.failures == ["place_order_2: invalid_symbol"])
        #expect(
            run.outcome?.compensated == ["send_notification", "update_portfolio", "place_order", "reserve_funds"])
        #expect(found["undo:place_order"]?["cancelled"] == 1)
        #expect(desk.scene.risk.ordersInFlight.isEmpty)
        #expect(found["undo:reserve_funds"]?["released"] == 5000)
        #expect(desk.ledger.holds.isEmpty)
        #expect(desk.notices.map(\.isAlert) == [false, true])
    }

    @Test func `an order that was filled is reversed through the gate`() throws {
        var desk = try TestDesk.simulated(seed: 3)
        let library = StepLibrary.standard
        let place = try TaskOrder.one("place_order", params: ["symbol": "AAPL", "quantity": 10])
        _ = try library.perform(place, on: &desk)
        try fill(&desk)
        #expect(desk.scene.portfolio[id].quantity == 10)
        let undone = try library.perform(try .one("cancel_order", task: "undo"), on: &desk)
        #expect(undone["cancelled"] == 0)
        #expect(undone["reversed"] == 10.0)
        #expect(undone["status"] == "sent")
        try fill(&desk)
        #expect(desk.scene.portfolio[id].isFlat)
    }

    @Test func `more than is free cannot be set aside, also in parts`() throws {
        var desk = try TestDesk.simulated(seed: 3)
        let most = try TaskOrder.one("reserve_funds", params: ["amount": 900_000], run: "one")
        let rest = try TaskOrder.one("reserve_funds", params: ["amount": 200_000], run: "two")
        _ = try StepLibrary.standard.perform(most, on: &desk)
        #expect {
            try StepLibrary.standard.perform(rest, on: &desk)
        } throws: {
            ($0 as? TaskFailure)?.code == "insufficient_funds"
        }
    }

    @Test func `what the gate refuses fails the step with the gate's reason`() throws {
        var desk = try TestDesk.simulated(seed: 3)
        let order = try TaskOrder.one("place_order", params: ["symbol": "AAPL", "side": "sell", "quantity": 10])
        #expect {
            try StepLibrary.standard.perform(order, on: &desk)
        } throws: {
            ($0 as? TaskFailure)?.code == "refused"
        }
        #expect(desk.scene.risk.ordersInFlight.isEmpty)
    }

    @Test func `an alert is classified, hedged and queued once`() throws {
        var desk = try TestDesk.simulated(seed: 3)
        let steps = """
              - {name: event_classifier, type: classify, params: {categories: [urgent, normal, ignore]}}
              - {name: urgent_handler, type: conditional, condition: "category == 'urgent'", actions: [immediate_hedge, alert_user]}
              - {name: normal_handler, type: conditional, condition: "category == 'normal'", actions: [analyze, queue_for_execution]}

            """
        var urgent = try StepRun("events", steps: steps, run: "urgent")
        var found = try urgent.perform("events", on: &desk, input: ["sentiment": -0.9, "volatility": 10])
        #expect(found["event_classifier"]?["category"] == "urgent")
        #expect(found["urgent_handler/alert_user"]?["sent"] == true)
        #expect(found["normal_handler/analyze"] == nil)
        var calm = try StepRun("events", steps: steps, run: "calm")
        found = try calm.perform("events", on: &desk, input: ["change": 0.02, "volatility": 10])
        #expect(found["event_classifier"]?["category"] == "normal")
        #expect(found["normal_handler/queue_for_execution"] != nil)
        var quiet = try StepRun("events", steps: steps, run: "quiet")
        found = try quiet.perform("events", on: &desk, input: ["change": 0.001, "volatility": 5])
        #expect(found["event_classifier"]?["category"] == "ignore")
    }

    /// Lets a bar of every instrument pass, at its last price.
    private func fill(_ desk: inout TestDesk) throws {
        let scene = desk.scene
        for id in scene.universe.ids {
            guard let close = scene.window.lastClose(id).flatMap(Price.init(nearest:)) else { continue }
            let start = scene.time + .seconds(86_400)
            let bar = Bar(
                start: start, end: start + .seconds(3_600), open: close, high: close, low: close, close: close,
                volume: 1e6)
            try desk.take(.bar(id, bar))
        }
    }
}
