import Determinism
import Foundation
import RiskControl
import Testing
import TradingModel

@Suite struct LimitsTests {
    @Test func `the standard limits are those the desk was designed with`() {
        let limits = RiskLimits()
        #expect(limits.maxPositionShare == 0.10 && limits.stopLoss == 0.05 && limits.takeProfit == 0.15)
        #expect(limits.maxDailyLoss == 0.02 && limits.maxCorrelatedShare == 0.30)
        #expect(limits.minDailyTurnover == 100_000_000 && limits.maxSlippage == 0.001)
        #expect(limits.riskPerTrade == 0.02 && limits.riskPerVolatileTrade == 0.01 && limits.highVolatility == 0.3)
        #expect(!limits.allowShort)
    }

    @Test func `limits survive being written and read`() throws {
        for limits in [RiskLimits(), .unlimited] {
            #expect(try JSONDecoder().decode(RiskLimits.self, from: JSONEncoder().encode(limits)) == limits)
        }
    }

    @Test func `what became looser is named, and what became tighter is not`() {
        var limits = RiskLimits()
        limits.maxPositionShare = 0.2
        limits.maxDailyLoss = nil
        limits.minDailyTurnover = 1
        limits.allowShort = true
        limits.riskPerTrade = 0.01
        limits.minNotional = 100
        #expect(
            limits.loosened(from: RiskLimits()) == [
                "maxPositionShare", "maxDailyLoss", "minDailyTurnover", "allowShort",
            ])
        #expect(RiskLimits().loosened(from: limits) == ["riskPerTrade", "minNotional"])
        #expect(RiskLimits().loosened(from: RiskLimits()).isEmpty)
        #expect(RiskLimits().loosened(from: .unlimited).isEmpty)
    }

    @Test func `new limits apply at once and forget neither orders nor losses`() throws {
        var desk = try Desk.with { $0.maxDailyLoss = 0.02 }
        desk.policy.dayStarted(Desk.noon.date, equity: 100_000, at: desk.now)
        let order = try #require(try desk.outcome(.buy(10)).approved)
        var tighter = desk.policy.limits
        tighter.maxDailyLoss = 0.01
        tighter.maxPositionShare = 0.02
        desk.policy.adopt(tighter)
        #expect(desk.policy.reserved == order.reserved)
        #expect(try desk.outcome(.buy(20)).size == .units(10))
        #expect(desk.policy.equityChanged(98_999, at: desk.now) != nil)
    }

    @Test func `new limits do not start the count of orders afresh`() throws {
        var desk = try Desk.with { $0.maxOrdersPerMinute = 4 }
        _ = try desk.judge(.buy(1), .buy(1), .buy(1))
        var limits = desk.policy.limits
        limits.maxOrdersPerMinute = 3
        desk.policy.adopt(limits)
        #expect(try desk.outcome(.buy(1)).rules == [.orderRate])
        limits.maxOrdersPerMinute = 10
        desk.policy.adopt(limits)
        #expect(try desk.outcome(.buy(1)).approved != nil)
    }
}
