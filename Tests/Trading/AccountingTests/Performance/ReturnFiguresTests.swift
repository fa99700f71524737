import Accounting
import Determinism
import Foundation
import SharedData
import Testing
import TradingModel

@Suite struct ReturnFiguresTests {
    /// Computed by empyrical-reloaded at 3 % risk-free; Tests/Clients/performance/expected.py prints them again.
    private static let expected: [(seed: UInt64, figures: [Double])] = [
        (
            0,
            [
                0.15340793164213432, -0.7497263984380179, -1.0325612930590407, 0.015076666805111908,
                0.020012584134749163, 0.1550891528695201,
            ]
        ),
        (
            1,
            [
                0.15891213420294978, -1.3874768025113668, -1.867242181551131, 0.01590060914273422, 0.01942165358901659,
                0.2911821856309751,
            ]
        ),
        (
            2,
            [
                0.1649463547545055, 0.5689888131417078, 0.8335384968386327, 0.016644331317105986, 0.020827082469384615,
                0.14323109660381314,
            ]
        ),
        (
            3,
            [
                0.16290153357952794, 0.22659152727515933, 0.3236338202465182, 0.01665137597867156, 0.02046309007419534,
                0.18625899387271022,
            ]
        ),
        (
            4,
            [
                0.16278993644819909, 0.349082185036881, 0.5134177635938573, 0.015497972072649637, 0.019828520529644993,
                0.2552801624512769,
            ]
        ),
        (
            5,
            [
                0.1531438832278091, 0.8612390133408908, 1.2718415211417686, 0.01598130893528974, 0.018547243255454184,
                0.1229490212544538,
            ]
        ),
    ]

    @Test(arguments: expected)
    func `agrees with empyrical on random returns`(seed: UInt64, figures: [Double]) throws {
        var random = SeededRandom(seed: seed)
        let returns = (0..<300 + 40 * Int(seed)).map { _ in 0.0005 + 0.01 * random.normal() }
        let basis = PerformanceBasis(riskFreeRate: 0.03, targetReturn: 0.03)
        let actual = ReturnFigures(returns, basis)
        let found = [
            actual.volatility, actual.sharpe, actual.sortino, actual.valueAtRisk, actual.expectedShortfall,
        ]
        for (found, expected) in zip(found, figures) {
            #expect(abs(try #require(found) - expected) < 1e-12)
        }
        let depth = try #require(curve(returns).deepestDrawdown?.depth)
        #expect(abs(depth - figures[5]) < 1e-9)
    }

    private func curve(_ returns: [Double]) -> EquityCurve {
        var curve = EquityCurve(sampling: .every(limit: 10_000))
        var equity = 1_000_000.0
        for (day, gain) in ([0] + returns).enumerated() {
            equity *= 1 + gain
            let time = Timestamp(CivilDate(daysSinceEpoch: 18_000 + day))
            curve.record(Money(nearest: equity) ?? 0, exposure: 0, at: time)
        }
        return curve
    }

    @Test(.needsSharedData) func `gives the Sharpe ratio of Chan's worked example`() throws {
        var curve = EquityCurve()
        for line in try lines("reference/performance/sharpe-ratio-test-ige.csv.gz").dropFirst() {
            let fields = line.split(separator: ",")
            let date = try #require(CivilDate(String(fields[0])))
            let close = try #require(Money(String(fields[6])))
            curve.record(close, exposure: close, at: Timestamp(date) + .seconds(43_200))
        }
        let figures = try PerformanceFigures(
            curve: curve, trades: TradeLedger(instruments: 0), portfolio: Portfolio(cash: 0, instruments: 0),
            basis: PerformanceBasis(riskFreeRate: 0.04))
        #expect(figures.returns.count == 1503)
        #expect(abs(try #require(figures.returns.sharpe) - 0.789317538344851) < 1e-12)
        #expect(figures.timeInMarket == 1)
        #expect(figures.meanExposure == 1)
    }

    private func lines(_ path: String) throws -> [Substring] {
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
        gzip.arguments = ["-dc", SharedData.file(path).path]
        let output = Pipe()
        gzip.standardOutput = output
        try gzip.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        gzip.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
    }

    @Test(arguments: [[], [0.01], [0.01, .nan]])
    func `returns that determine nothing give no figure`(returns: [Double]) {
        let figures = ReturnFigures(returns, PerformanceBasis())
        #expect(figures.volatility == nil && figures.sharpe == nil && figures.sortino == nil)
        #expect(figures.valueAtRisk == nil && figures.expectedShortfall == nil)
    }

    @Test func `constant gains have no ratio`() {
        let figures = ReturnFigures([0.25, 0.25, 0.25], PerformanceBasis())
        #expect(figures.volatility == 0)
        #expect(figures.sharpe == nil && figures.sortino == nil)
    }
}
