import Accounting
import Analysis
import Determinism
import Foundation
import RiskControl
import Testing
import TradingEngine
import TradingModel
import WorkflowModel

@testable import TradingDesk

/// How a desk stands at one moment, as faces read it.
@Suite struct PictureTests {
    @Test func `a picture says what the summary says`() throws {
        let desk = try MemoryDesk(seed: 11)
        let run = try desk.run()
        let picture = DeskPicture(desk.plan, run.state, run: "r", activity: .finished)
        #expect(picture.account.equity == run.summary.equity)
        #expect(picture.account.cash == run.summary.cash)
        #expect(picture.account.fees == run.summary.fees)
        #expect(picture.figures == run.summary.figures)
        #expect(picture.positions.map(\.symbol) == run.summary.positions.map(\.symbol))
        #expect(picture.quotes.count == desk.plan.universe.count)
        for quote in picture.quotes {
            let id = try #require(desk.plan.universe.id(of: quote.symbol))
            #expect(quote.bar.close == run.state.loop.engine.portfolio[id].lastPrice)
            let closes = run.state.bars(of: id, limit: 2).map(\.close)
            #expect(quote.previousClose == closes.first)
        }
    }

    @Test func `positions show the exits that are in the market`() throws {
        let desk = try MemoryDesk(seed: 11)
        let symbol = desk.plan.universe.instruments[0].symbol
        let ticket = OrderTicket(symbol, .buy, share: 0.05, reason: "to hold")
        let run = try desk.run(controls: [8: [DeskControl(.order(ticket: ticket))]])
        let picture = DeskPicture(desk.plan, run.state, run: "r", activity: .running)
        let exits = run.state.loop.engine.risk.ordersInFlight
        for holding in picture.positions {
            let id = desk.plan.universe.id(of: holding.symbol)
            #expect(exits.contains { $0.instrument == id } == (holding.stop != nil || holding.target != nil))
        }
        #expect(picture.openOrders.map(\.order.id) == exits.map(\.id).sorted())
    }

    @Test func `the newest recommendation of every instrument is remembered, also by a snapshot`() throws {
        let desk = try MemoryDesk(seed: 11)
        let run = try desk.run()
        let coder = CanonicalCoder(desk.plan.universe)
        let state = try coder.decode(DeskState.self, from: coder.encode(run.state))
        let picture = DeskPicture(desk.plan, state, run: "r", activity: .stopped)
        #expect(Set(picture.signals.map(\.recommendation.symbol)).count == picture.signals.count)
        let newest = try #require(picture.signals.first)
        #expect(newest.time == run.state.lastRun)
        #expect(newest.run == DeskSession.pipelineRun(at: newest.time).text)
        #expect(picture.signals.map(\.time) == picture.signals.map(\.time).sorted(by: >))
    }

    @Test func `a snapshot from before recommendations were kept is read`() throws {
        let desk = try MemoryDesk(seed: 11)
        let run = try desk.run(controls: [11: [.halt(reason: "a test")]])
        let coder = CanonicalCoder(desk.plan.universe)
        let json = try JSONSerialization.jsonObject(with: coder.encode(run.state))
        var fields = try #require(json as? [String: Any])
        #expect(fields.removeValue(forKey: "advice") != nil)
        #expect(fields.removeValue(forKey: "tradingSince") != nil)
        #expect(fields.removeValue(forKey: "intraday") != nil)
        let old = try coder.decode(DeskState.self, from: JSONSerialization.data(withJSONObject: fields))
        #expect(DeskPicture(desk.plan, old, run: "r", activity: .stopped).signals.isEmpty)
    }

    @Test func `a picture tells since when trading is halted`() throws {
        let desk = try MemoryDesk(seed: 11)
        let run = try desk.run(controls: [4: [.halt(reason: "a test")]])
        let control = try #require(run.records.first { $0.kind == .control })
        #expect(DeskPicture(desk.plan, run.state, run: "r", activity: .running).tradingSince == control.time)
    }

    @Test func `a long curve is thinned evenly and keeps its ends`() {
        let samples = (0..<2345).map { day in
            EquityCurve.Sample(
                time: Timestamp(CivilDate(daysSinceEpoch: day)), equity: Money(raw: Int64(day)), exposure: 0)
        }
        let points = DeskPicture.thinned(samples)
        #expect(points.count == DeskPicture.equityPoints)
        #expect(points.first?.time == samples.first?.time)
        #expect(points.last?.time == samples.last?.time)
        let gaps = zip(points, points.dropFirst()).map { $1.equity.raw - $0.equity.raw }
        #expect(Set(gaps).isSubset(of: [4, 5]))
        #expect(DeskPicture.thinned(Array(samples.prefix(500))).count == 500)
        #expect(DeskPicture.thinned([]).isEmpty)
    }

    @Test func `equity within a day is kept for the last two days, thinned, and joined to the days before`() throws {
        var state = try MemoryDesk(seed: 11).run().state
        let start = try #require(state.curve.last?.time) + .seconds(86_400)
        var intraday = IntradayEquity()
        for day in 0..<3 {
            intraday.startDay()
            for minute in 0..<390 {
                let time = start + .seconds(day * 86_400 + minute * 60)
                intraday.record(Money(raw: Int64(minute)), exposure: 0, at: time)
            }
        }
        state.intraday = intraday
        let fine = intraday.samples
        #expect(fine.count > 200 && fine.count <= 2 * (IntradayEquity.limit + 1))
        #expect(fine.first?.time == start + .seconds(86_400))
        #expect(fine.last?.time == start + .seconds(2 * 86_400 + 389 * 60))
        let picture = DeskPicture(try MemoryDesk(seed: 11).plan, state, run: "r", activity: .running)
        #expect(picture.equity.count <= DeskPicture.equityPoints)
        #expect(picture.equity.map(\.time) == picture.equity.map(\.time).sorted())
        #expect(picture.equity.first?.time == state.curve.samples.first?.time)
        #expect(picture.equityFineFrom == fine.first?.time)
    }

    @Test func `a run keeps the moments of its last days beside the days before them`() throws {
        let state = try MemoryDesk(seed: 11).run().state
        let (history, days) = (state.equityHistory, state.curve.samples)
        #expect(history.first == days.first && history.last == days.last)
        #expect(Set(days.map(\.time)).isSubset(of: history.map(\.time)))
        #expect(history.map(\.time) == history.map(\.time).sorted())
    }

    @Test func `a trace is the same for a run's moment and differs for another`() {
        let moment = Timestamp(CivilDate(daysSinceEpoch: 18_000))
        let trace = DeskTrace.id(run: "a", moment: moment)
        #expect(trace.count == 32)
        #expect(trace.allSatisfy { $0.isHexDigit })
        #expect(trace == DeskTrace.id(run: "a", moment: moment))
        #expect(trace != DeskTrace.id(run: "b", moment: moment))
        #expect(trace != DeskTrace.id(run: "a", moment: moment + .nanoseconds(1)))
    }
}
