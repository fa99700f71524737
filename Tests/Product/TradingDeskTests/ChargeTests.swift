import Accounting
import Execution
import Foundation
import Testing
import TradingEngine
import TradingModel

@testable import TradingDesk

/// What holding costs, through a whole run: booked, recorded and derived again.
@Suite struct ChargeTests {
    private struct Recorded: Decodable {
        let amount: Money
    }

    @Test func `funding is booked, recorded and derived again, and the account adds up`() throws {
        var desk = try MemoryDesk(seed: 11, days: 20, of: .crypto)
        let free = try desk.run()
        #expect(!free.records.contains { $0.kind == .charge } && free.summary.figures.carryCosts == 0)
        desk.plan.fills = FillModel(carry: CarryModel(fundingRate: Rate(raw: 50_000)))
        let run = try desk.run()
        let charges = run.records.filter { $0.kind == .charge }
        try #require(!charges.isEmpty)
        var sum = Money.zero
        for charge in charges { sum = try sum + JSONDecoder().decode(Recorded.self, from: charge.body).amount }
        let portfolio = run.state.loop.engine.portfolio
        #expect(portfolio.carryCosts == sum && run.summary.figures.carryCosts == sum && sum > 0)
        let profit = try portfolio.realisedProfit + portfolio.unrealisedProfit
        let earned = try profit - portfolio.fees - portfolio.carryCosts
        #expect(try portfolio.equity == portfolio.initialCash + earned)
        #expect(run.state.loop.broker.cash == portfolio.cash)
        let trips = run.state.ledger.closed + run.state.ledger.open
        var shared = Money.zero
        for trip in trips { shared = try shared + trip.carryCosts }
        #expect(shared == sum)
        #expect(try DecisionReplay.verify { run.records }.difference == nil)
        let told = run.events.count { if case .charged = $0 { true } else { false } }
        #expect(told == charges.count)
    }
}
