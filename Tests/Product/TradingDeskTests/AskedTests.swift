import Determinism
import Foundation
import RiskControl
import Testing
import TradingEngine
import TradingModel

@testable import TradingDesk

/// Orders and limits that persons ask for: inputs of the run, recorded first and judged like any others.
@Suite struct AskedTests {
    private let desk: MemoryDesk
    private let symbol: Symbol

    init() throws {
        desk = try MemoryDesk(seed: 11)
        symbol = desk.plan.universe.instruments[0].symbol
    }

    private func order(_ ticket: OrderTicket, _ number: Int = 1) -> DeskControl {
        DeskControl(.order(ticket: ticket), by: "amy", request: "request-\(number)")
    }

    private static func text(_ record: DecisionRecord) -> String { String(decoding: record.body, as: UTF8.self) }

    @Test func `an order is recorded with who asked, judged, and filled`() throws {
        let ticket = OrderTicket(symbol, .buy, quantity: 100, reason: "I like it")
        let run = try desk.run(controls: [3: [order(ticket)]])
        let place = try #require(run.records.firstIndex { $0.kind == .control })
        #expect(AskedTests.text(run.records[place]).contains(#""by":"amy""#))
        #expect(run.records[place].subjects == ["request-1"])
        let decision = run.records[place + 1]
        #expect(decision.kind == .decision)
        #expect(AskedTests.text(decision).contains(#""by":"amy""#))
        #expect(AskedTests.text(decision).contains(#""run":"request-1""#))
        let id = try #require(decision.subjects.first)
        #expect(decision.subjects.contains("request-1"))
        #expect(run.records.contains { $0.kind == .report && AskedTests.text($0).contains(id) })
    }

    @Test func `an order beyond the limits is refused or cut, never sent as it was asked`() throws {
        let run = try desk.run(controls: [3: [order(OrderTicket(symbol, .buy, share: 0.9, reason: "all in"))]])
        let decision = try #require(run.records.first { AskedTests.text($0).contains(#""run":"request-1""#) })
        #expect(
            AskedTests.text(decision).contains("positionShare") || AskedTests.text(decision).contains("riskPerTrade"))
    }

    @Test func `a share of equity is bought in money and sold in units`() throws {
        let buy = order(OrderTicket(symbol, .buy, share: 0.05, reason: "some"), 1)
        let sell = order(OrderTicket(symbol, .sell, share: 0.02, reason: "less"), 2)
        let run = try desk.run(controls: [3: [buy], 5: [sell]])
        let verdicts = run.events.compactMap { event -> Verdict? in
            guard case .verdict(let verdict, _) = event else { return nil }
            return verdict
        }
        let asked = verdicts.filter { verdict in
            if case .approved(let approved, _) = verdict, case .notional = approved.order.size { true } else { false }
        }
        #expect(asked.count == 1)
        let sold = try #require(run.records.first { AskedTests.text($0).contains(#""run":"request-2""#) })
        #expect(AskedTests.text(sold).contains(#""side":"sell""#))
        #expect(!AskedTests.text(sold).contains("notional"))
    }

    @Test func `an order for what the run does not trade is recorded and comes to nothing`() throws {
        let stranger = try #require(Symbol("NOT-HERE"))
        let run = try desk.run(controls: [3: [order(OrderTicket(stranger, .buy, quantity: 1, reason: "no"))]])
        let decision = try #require(run.records.first { AskedTests.text($0).contains(#""run":"request-1""#) })
        #expect(AskedTests.text(decision).contains(#""verdicts":[]"#))
    }

    @Test func `other limits are in force from then on, also after a restart`() throws {
        var limits = desk.plan.limits
        limits.maxPositionShare = 0.01
        let change = DeskControl(.limits(limits: limits, reason: "careful"), by: "amy", request: "request-1")
        let late = order(OrderTicket(symbol, .buy, share: 0.5, reason: "much"), 2)
        let run = try desk.run(controls: [2: [change], 4: [late]])
        #expect(run.state.loop.engine.risk.limits == limits)
        let decision = try #require(run.records.first { AskedTests.text($0).contains(#""run":"request-2""#) })
        #expect(AskedTests.text(decision).contains("0.01") || AskedTests.text(decision).contains("positionShare"))
        let coder = CanonicalCoder(desk.plan.universe)
        let again = try coder.decode(DeskState.self, from: coder.encode(run.state))
        #expect(again.loop.engine.risk.limits == limits)
    }

    @Test func `everything asked is derived again byte for byte, also between two moments of the market`() throws {
        var limits = desk.plan.limits
        limits.maxPositionShare = 0.05
        let intent = Intent(
            instrument: InstrumentID(1), side: .buy, size: .units(10), origin: "step trade of run-1")
        let run = try desk.run(
            controls: [
                2: [order(OrderTicket(symbol, .buy, quantity: 50, limit: 1, reason: "cheap"))],
                5: [DeskControl(.limits(limits: limits, reason: "careful"), by: "amy", request: "request-2")],
            ],
            between: [
                3: [DeskControl(.proposal(intents: [intent], cancels: []), by: "w", request: "workflow:run-1/trade")],
                6: [.halt(reason: "a test"), order(OrderTicket(symbol, .buy, quantity: 5, reason: "late"), 3)],
                7: [DeskControl(.resume(reason: "on"), by: "amy"), .flatten(reason: "out")],
            ])
        let report = try DecisionReplay.verify { run.records }
        #expect(report.difference == nil)
        #expect(report.same == run.records.count)
        #expect(run.records.map(\.time) == run.records.map(\.time).sorted())
    }

    @Test func `what was recorded before orders and names were kept reads and writes the same bytes`() throws {
        let coder = CanonicalCoder(desk.plan.universe)
        let old = [
            #"{"halt":{"reason":"x (asked by amy)"}}"#, #"{"resume":{}}"#, #"{"reduceOnly":{"reason":"y"}}"#,
            #"{"flatten":{"reason":"z"}}"#,
        ]
        for text in old {
            let control = try coder.decode(DeskControl.self, from: Data(text.utf8))
            #expect(control.by == nil)
            #expect(String(decoding: try coder.encode(control), as: UTF8.self) == text)
        }
        for control in [ControlCommand.halt(reason: "x"), .resume, .flatten(reason: "z")] {
            let read = try coder.decode(DeskControl.self, from: coder.encode(control))
            #expect(read.command == control)
        }
    }
}
