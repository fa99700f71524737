import Determinism
import MarketData
import Testing
import TradingModel

@Suite struct QualityCheckTests {
    private func series(_ closes: [Double], skipping: Set<Int> = [], volume: Double = 5) -> BarSeries {
        var bars: [Bar] = []
        for (index, close) in closes.enumerated() where !skipping.contains(index) {
            let start = Timestamp(CivilDate(daysSinceEpoch: 18_000 + index))
            let price = Price(nearest: close) ?? 1
            bars.append(
                Bar(
                    start: start, end: start + .seconds(86_400), open: price, high: price, low: price, close: price,
                    volume: volume))
        }
        return BarSeries(bars)
    }

    private func kinds(_ series: BarSeries, _ expected: ExpectedBars = .continuous) -> [QualityFinding.Kind] {
        QualityCheck(.day, expected).findings(series).map(\.kind)
    }

    private let calm = (0..<40).map { 100 + Double($0 % 7) }

    @Test func `finds nothing in calm bars`() {
        #expect(kinds(series(calm)).isEmpty)
    }

    @Test func `finds missing bars and joins neighbours`() {
        let findings = QualityCheck(.day, .continuous).findings(series(calm, skipping: [5, 6, 20]))
        #expect(findings.map(\.bars) == [2, 1])
        #expect(findings.map(\.kind) == [.gap, .gap])
        #expect(kinds(series(calm, skipping: [5]), .unknown).isEmpty)
    }

    @Test func `a day without a session is no gap`() {
        let closed = 18_005
        let sessions: SessionBounds = { date in
            guard date.daysSinceEpoch != closed else { return nil }
            return (Timestamp(date), Timestamp(date) + .seconds(86_400))
        }
        #expect(kinds(series(calm, skipping: [5]), .sessions(sessions)).isEmpty)
        #expect(kinds(series(calm, skipping: [6]), .sessions(sessions)) == [.gap])
    }

    @Test(arguments: [2.0, 3, 4, 5, 7, 10, 20, 0.5, 0.1])
    func `finds a move like a split that stays`(ratio: Double) {
        let closes = calm.enumerated().map { $0.offset < 20 ? $0.element : $0.element / ratio }
        let findings = QualityCheck(.day, .continuous).findings(series(closes))
        #expect(findings.map(\.kind) == [.splitLike])
        #expect(findings.first?.figure == ratio)
    }

    @Test func `a fall that is undone at once is a spike and no split`() {
        var closes = calm
        closes[20] = closes[19] / 2
        closes[21] = closes[19]
        #expect(kinds(series(closes)) == [.spike])
    }

    @Test func `finds prices that stand still`() {
        var closes = calm
        for index in 10..<16 { closes[index] = 103.5 }
        let findings = QualityCheck(.day, .continuous).findings(series(closes))
        #expect(findings.map(\.kind) == [.stale])
        #expect(findings.map(\.bars) == [6])
    }

    @Test func `counts bars without volume once`() {
        let findings = QualityCheck(.day, .continuous).findings(series(calm, volume: 0))
        #expect(findings.map(\.kind) == [.zeroVolume])
        #expect(findings.first?.bars == 40)
    }

    @Test func `finds bars that cannot be true`() {
        let start = Timestamp(nanoseconds: 0)
        let bar = Bar(start: start, end: start + .seconds(60), open: 2, high: 1, low: 1, close: 1, volume: 1)
        let late = Bar(
            start: start + .seconds(30), end: start + .seconds(90), open: 1, high: 1, low: 1, close: 1, volume: 1)
        let found = QualityCheck(.minutes(1), .unknown).findings(BarSeries([bar, late]))
        #expect(found.map(\.kind) == [.impossible, .overlap])
    }
}
