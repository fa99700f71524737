import RiskControl
import Testing
import TradingModel

@Suite struct TrialTests {
    private func check(_ rule: RiskRule, in trial: RiskTrial) -> RiskCheck? { trial.checks.first { $0.rule == rule } }

    @Test func `a trial says what the gate then says, and each rule with its limit and value`() throws {
        var desk = try Desk.with {
            $0.maxNotional = 5_000
            $0.maxPositionShare = 0.1
            $0.maxOrdersPerMinute = 3
            $0.minNotional = 100
        }
        try desk.hold(Desk.apple, 30)
        let policy = desk.policy
        let trial = try policy.trial(.buy(20), portfolio: desk.portfolio, at: desk.now)
        #expect(desk.policy == policy)
        let rate = check(.orderRate, in: trial)
        #expect(rate?.limit == 3 && rate?.value == 1 && rate?.outcome == .passed)
        let most = check(.maxNotional, in: trial)
        #expect(most?.limit == 5_000 && most?.value == 2_000 && most?.outcome == .passed)
        let share = check(.positionShare, in: trial)
        #expect(share?.limit == 10_000 && share?.value == 5_000 && share?.outcome == .passed)
        let least = check(.minNotional, in: trial)
        #expect(least?.limit == 100 && least?.value == 2_000)
        #expect(check(.buyingPower, in: trial)?.outcome == .passed)
        #expect(try desk.outcome(.buy(20)).size == trial.verdict.size)
    }

    @Test func `a rule that makes the order smaller says so, and the next ones look at what is left`() throws {
        let desk = try Desk.with {
            $0.maxNotional = 5_000
            $0.minNotional = 100
        }
        let trial = try desk.policy.trial(.buy(80), portfolio: desk.portfolio, at: desk.now)
        #expect(trial.verdict.size == .units(50))
        let most = check(.maxNotional, in: trial)
        #expect(most?.outcome == .reduced && most?.value == 8_000)
        #expect(check(.minNotional, in: trial)?.value == 5_000)
    }

    @Test func `nothing is looked at after the rule that refuses`() throws {
        var desk = try Desk.with {
            $0.maxOrdersPerMinute = 1
            $0.maxNotional = 5_000
        }
        _ = try desk.judge(.buy(1))
        let trial = try desk.policy.trial(.buy(1), portfolio: desk.portfolio, at: desk.now)
        #expect(trial.verdict.refusal?.rule == .orderRate)
        #expect(trial.checks.map(\.rule) == [.orderRate])
        #expect(trial.checks[0].outcome == .refused && trial.checks[0].limit == 1 && trial.checks[0].value == 2)
        #expect(trial.checks[0].text == "orders in 60 seconds: 2.0, at most 1.0")
    }

    @Test func `a halted gate refuses an entry, and lets an exit pass`() throws {
        var desk = try Desk.with()
        try desk.hold(Desk.apple, 10)
        _ = try desk.policy.apply(.halt(reason: "noon"), portfolio: desk.portfolio)
        let entry = try desk.policy.trial(.buy(1), portfolio: desk.portfolio, at: desk.now)
        #expect(entry.verdict.refusal?.rule == .halted && entry.checks.map(\.outcome) == [.refused])
        let exit = try desk.policy.trial(.sell(10), portfolio: desk.portfolio, at: desk.now)
        #expect(exit.verdict.size == .units(10) && exit.checks.isEmpty)
        #expect(desk.policy.ordersInFlight.isEmpty)
    }
}
