import RiskControl
import Testing
import TradingModel

@Suite struct AssessmentTests {
    private func desk() throws -> Desk {
        try Desk.with {
            $0.maxPositionShare = 0.1
            $0.stopLoss = 0.05
            $0.riskPerTrade = 0.02
        }
    }

    @Test func `an order is weighed as it was asked for`() throws {
        let desk = try desk()
        let policy = desk.policy
        let assessed = try policy.assess(.buy(200), portfolio: desk.portfolio, at: desk.now)
        let assessment = try #require(assessed)
        #expect(assessment.impact == 0.2 && assessment.shareBefore == 0 && assessment.shareAfter == 0.2)
        #expect(assessment.stopRisk == 0.2 * 0.05)
        #expect(assessment.score == 2)
        #expect(assessment.verdict.size == .units(100))
        #expect(desk.policy == policy)
    }

    @Test func `an exit lowers the score`() throws {
        var desk = try desk()
        try desk.hold(Desk.apple, 80)
        let assessment = try #require(try desk.policy.assess(.sell(40), portfolio: desk.portfolio, at: desk.now))
        #expect(assessment.shareBefore == 0.08 && assessment.shareAfter == 0.04)
        #expect(assessment.stopRisk == nil)
        #expect(abs(try #require(assessment.score) - 0.4) < 1e-12)
    }

    @Test func `without a price or an instrument nothing is assessed`() throws {
        let desk = Desk(.unlimited)
        #expect(try desk.policy.assess(.buy(1), portfolio: desk.portfolio, at: desk.now) == nil)
        #expect(try desk.policy.assess(.buy(1, InstrumentID(99)), portfolio: desk.portfolio, at: desk.now) == nil)
    }
}
