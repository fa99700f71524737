import Accounting
import Determinism
import Foundation
import Testing
import TradingModel

@Suite struct EquityCurveTests {
    private let start = Timestamp(CivilDate(daysSinceEpoch: 18_000))

    private func curve(_ equities: [Money], every step: Duration, sampling: EquityCurve.Sampling) -> EquityCurve {
        var curve = EquityCurve(sampling: sampling)
        for (index, equity) in equities.enumerated() {
            curve.record(equity, exposure: 0, at: start + step * index)
        }
        return curve
    }

    @Test func `keeps the last value of each day, midnight counting to the day before`() {
        let curve = curve([1, 2, 3, 4, 5, 6], every: .seconds(43_200), sampling: .daily)
        #expect(curve.samples.map(\.equity) == [1, 3, 5, 6])
        #expect(curve.first?.equity == 1)
        #expect(curve.last?.equity == 6)
    }

    @Test func `keeps every value within its limit`() {
        let all = curve((0..<9).map { Money(integerLiteral: $0) }, every: .seconds(1), sampling: .every(limit: 100))
        #expect(all.samples.map(\.equity) == (0..<9).map { Money(integerLiteral: $0) })
        let many = (0..<100_000).map { Money(integerLiteral: $0) }
        let thinned = curve(many, every: .seconds(1), sampling: .every(limit: 100)).samples.map(\.equity)
        #expect(thinned.count <= 101 && thinned.count > 40)
        #expect(thinned.first == 0 && thinned.last == 99_999)
        #expect(thinned == thinned.sorted())
    }

    @Test func `of values at one time the last counts`() {
        let curve = curve([1, 2, 3], every: .zero, sampling: .every(limit: 10))
        #expect(curve.samples.map(\.equity) == [3])
    }

    @Test func `nothing recorded is nothing known`() {
        let curve = EquityCurve()
        #expect(curve.samples.isEmpty && curve.last == nil && curve.deepestDrawdown == nil)
    }

    @Test func `finds the deepest drawdown with its start, trough and recovery`() throws {
        let curve = curve([100, 90, 110, 77, 88, 111, 105], every: .seconds(60), sampling: .daily)
        let fall = try #require(curve.deepestDrawdown)
        #expect(abs(fall.depth - 0.3) < 1e-12)
        #expect(fall.peak == 110 && fall.trough == 77)
        #expect(fall.start == start + .seconds(120) && fall.bottom == start + .seconds(180))
        #expect(fall.recovery == start + .seconds(300))
        #expect(fall.length == .seconds(180))
    }

    @Test func `a drawdown that lasts has no recovery`() throws {
        let curve = curve([100, 90, 100, 50], every: .seconds(60), sampling: .daily)
        let fall = try #require(curve.deepestDrawdown)
        #expect(fall.depth == 0.5 && fall.recovery == nil && fall.length == nil)
    }

    @Test func `equity that never falls has no drawdown`() {
        #expect(curve([1, 1, 2], every: .seconds(60), sampling: .daily).deepestDrawdown == nil)
    }

    @Test func `counts the time something was held`() {
        var curve = EquityCurve()
        for (second, exposure) in [(0, Money(0)), (10, 5), (30, 0), (100, 7), (101, 7)] {
            curve.record(100, exposure: exposure, at: start + .seconds(second))
        }
        #expect(curve.timeInMarket == .seconds(21))
    }

    @Test func `survives being written and read`() throws {
        let curve = curve([100, 90, 110, 77], every: .seconds(43_200), sampling: .daily)
        var again = try JSONDecoder().decode(EquityCurve.self, from: JSONEncoder().encode(curve))
        #expect(again == curve)
        again.record(200, exposure: 0, at: start + .seconds(1_000_000))
        #expect(again.samples.last?.equity == 200)
        let empty = try JSONDecoder().decode(EquityCurve.self, from: JSONEncoder().encode(EquityCurve()))
        #expect(empty == EquityCurve())
    }
}
