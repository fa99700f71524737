import Determinism
import Foundation
import RiskControl
import Testing
import TradingModel

@Suite struct HaltTests {
    private let today = CivilDate(daysSinceEpoch: 18_000)

    private func desk(loss: Double = 0.02) throws -> Desk {
        var desk = try Desk.with { $0.maxDailyLoss = loss }
        desk.policy.dayStarted(today, equity: 100_000, at: desk.now)
        return desk
    }

    @Test(arguments: [(Money(98_001), false), (98_000, false), (97_999, true)])
    func `a loss beyond two percent of the day's start halts`(equity: Money, halts: Bool) throws {
        var desk = try desk()
        let reason = desk.policy.equityChanged(equity, at: desk.now)
        #expect((reason != nil) == halts)
        #expect((try desk.outcome(.buy(1)).rules == [.halted]) == halts)
    }

    @Test func `the halt is told once`() throws {
        var desk = try desk()
        let reason = desk.policy.equityChanged(97_000, at: desk.now)
        #expect(reason == .dailyLoss(start: 100_000, equity: 97_000, limit: 0.02))
        #expect(desk.policy.equityChanged(96_000, at: desk.now) == nil)
        #expect(desk.policy.state == .halted(.dailyLoss(start: 100_000, equity: 97_000, limit: 0.02)))
    }

    @Test func `exits pass while trading is halted`() throws {
        var desk = try desk()
        try desk.hold(Desk.apple, 10)
        _ = desk.policy.equityChanged(97_000, at: desk.now)
        #expect(try desk.outcome(.sell(10)).size == .units(10))
    }

    @Test func `the next day lifts the halt and measures from its own start`() throws {
        var desk = try desk()
        _ = desk.policy.equityChanged(97_000, at: desk.now)
        desk.policy.dayStarted(today.advanced(by: 1), equity: 97_000, at: desk.now)
        #expect(desk.policy.state == .active)
        #expect(desk.policy.equityChanged(96_000, at: desk.now) == nil)
        #expect(desk.policy.equityChanged(95_059, at: desk.now) != nil)
    }

    @Test func `starting the same day again forgets nothing`() throws {
        var desk = try desk()
        _ = desk.policy.equityChanged(97_000, at: desk.now)
        desk.policy.dayStarted(today, equity: 97_000, at: desk.now)
        #expect(desk.policy.state != .active)
        #expect(desk.policy.dayStartEquity == 100_000)
    }

    @Test func `a restart forgets neither the loss so far nor the halt`() throws {
        var desk = try desk()
        desk.policy = try restarted(desk.policy)
        desk.policy.dayStarted(today, equity: 98_500, at: desk.now)
        #expect(desk.policy.equityChanged(97_999, at: desk.now) != nil)
        desk.policy = try restarted(desk.policy)
        #expect(try desk.outcome(.buy(1)).rules == [.halted])
    }

    @Test func `a restart forgets no order, price or rate`() throws {
        var desk = Desk(RiskLimits())
        for id in Desk.universe.ids { try desk.price(id, 100, volume: 10_000_000) }
        _ = try desk.judge(.buy(10), .buy(20))
        let again = try restarted(desk.policy)
        #expect(again == desk.policy)
        #expect(again.reserved > 0)
    }

    private func restarted(_ policy: RiskPolicy) throws -> RiskPolicy {
        try JSONDecoder().decode(RiskPolicy.self, from: JSONEncoder().encode(policy))
    }

    @Test func `a person halts and resumes`() throws {
        var desk = try desk()
        #expect(try desk.policy.apply(.halt(reason: "lunch"), portfolio: desk.portfolio).isEmpty)
        #expect(desk.policy.state == .halted(.manual("lunch")))
        #expect(try desk.outcome(.buy(1)).rules == [.halted])
        desk.policy.dayStarted(today.advanced(by: 1), equity: 100_000, at: desk.now)
        #expect(desk.policy.state == .halted(.manual("lunch")))
        _ = try desk.policy.apply(.resume, portfolio: desk.portfolio)
        #expect(try desk.outcome(.buy(1)).approved != nil)
    }

    @Test func `a resumed day has a loss limit again`() throws {
        var desk = try desk()
        _ = desk.policy.equityChanged(97_000, at: desk.now)
        _ = try desk.policy.apply(.resume, portfolio: desk.portfolio)
        #expect(desk.policy.state == .active)
        #expect(desk.policy.equityChanged(98_000, at: desk.now) == nil)
        #expect(desk.policy.equityChanged(97_999, at: desk.now) != nil)
    }

    @Test func `reduce-only lets exits pass alone`() throws {
        var desk = try desk()
        try desk.hold(Desk.apple, 10)
        _ = try desk.policy.apply(.reduceOnly(reason: "test"), portfolio: desk.portfolio)
        let verdicts = try desk.judge(.buy(1), .sell(4))
        #expect(verdicts.map(\.rules) == [[.reduceOnly], []])
    }

    @Test func `flatten closes every position, long and short, through the gate`() throws {
        var desk = try desk()
        try desk.hold(Desk.apple, 10)
        try desk.hold(Desk.coin, -3)
        let exits = try desk.policy.apply(.flatten(reason: "end"), portfolio: desk.portfolio)
        #expect(exits.map(\.instrument) == [Desk.apple, Desk.coin])
        let verdicts = try desk.policy.judge(exits, portfolio: desk.portfolio, at: desk.now, step: 9, desk: 7)
        #expect(verdicts.map(\.size) == [.units(10), .units(3)])
        #expect(verdicts.compactMap { $0.approved?.order.side } == [.sell, .buy])
        #expect(try desk.outcome(.buy(1)).rules == [.halted])
    }

    @Test func `a drawdown halts until a person resumes`() throws {
        var desk = try Desk.with { $0.maxDrawdown = 0.1 }
        desk.policy.dayStarted(today, equity: 100_000, at: desk.now)
        desk.policy.dayStarted(today.advanced(by: 1), equity: 95_000, at: desk.now)
        #expect(desk.policy.equityChanged(90_000, at: desk.now) == nil)
        #expect(desk.policy.equityChanged(89_999, at: desk.now) != nil)
        desk.policy.dayStarted(today.advanced(by: 2), equity: 90_000, at: desk.now)
        #expect(desk.policy.state != .active)
        _ = try desk.policy.apply(.resume, portfolio: desk.portfolio)
        #expect(desk.policy.state == .active)
    }

    @Test func `an overnight fall through the drawdown limit halts at the first look`() throws {
        var desk = try Desk.with { $0.maxDrawdown = 0.1 }
        desk.policy.dayStarted(today, equity: 100_000, at: desk.now)
        desk.policy.dayStarted(today.advanced(by: 1), equity: 85_000, at: desk.now)
        #expect(
            desk.policy.equityChanged(85_000, at: desk.now)
                == .drawdown(peak: 100_000, equity: 85_000, limit: 0.1))
        desk.policy.dayStarted(today.advanced(by: 2), equity: 85_000, at: desk.now)
        #expect(desk.policy.equityChanged(85_000, at: desk.now) == nil)
    }

    @Test(arguments: [ControlCommand.halt(reason: "test"), .reduceOnly(reason: "test")])
    func `a loss does not replace what a person ordered, nor does the next day`(command: ControlCommand) throws {
        var desk = try desk()
        _ = try desk.policy.apply(command, portfolio: desk.portfolio)
        let ordered = desk.policy.state
        #expect(desk.policy.equityChanged(97_000, at: desk.now) != nil)
        #expect(desk.policy.state == ordered)
        desk.policy.dayStarted(today.advanced(by: 1), equity: 97_000, at: desk.now)
        #expect(desk.policy.state == ordered)
    }

    @Test func `a universe of extreme volatility halts the day`() throws {
        var desk = try Desk.with { $0.haltVolatility = 1 }
        for day in 0..<30 {
            desk.now = desk.now + .seconds(86_400)
            for id in Desk.universe.ids { try desk.price(id, day % 2 == 0 ? 100 : 110) }
        }
        desk.policy.dayStarted(desk.now.date, equity: 100_000, at: desk.now)
        guard case .halted(.volatility) = desk.policy.state else {
            Issue.record("not halted: \(desk.policy.state)")
            return
        }
    }
}
