import Analysis
import Foundation
import SharedData
import Testing
import TradingModel

@Suite(.needsSharedData) struct CalibrationTests {
    @Test func `evidence distribution`() throws {
        var evidence: [Double] = []
        var forward: [Double] = []
        for symbol in DailyBars.symbols {
            let id = InstrumentID(0)
            let universe = Universe([Instrument(try #require(Symbol(symbol)), .equity)])
            var window = MarketWindow(universe: universe)
            let bars = try DailyBars.stock(symbol)
            for (index, bar) in bars.enumerated() {
                try window.append(bar, for: id)
                guard index >= 251, index % 3 == 0, index + 5 < bars.count else { continue }
                var signals = SignalGeneration()
                signals.threshold = 2
                let found = SignalEvidence(
                    technical: TechnicalAnalysis().assess(window, [id]),
                    pattern: PatternAnalysis().assess(window, [id]),
                    risk: RiskAnalysis().assess(window, [id], portfolio: nil))
                evidence.append(signals.generate(found, universe: universe, portfolio: nil).decisions[0].evidence ?? 0)
                forward.append(bars[index + 5].close.double / bar.close.double - 1)
            }
        }
        print("days", evidence.count)
        for decisive in [0.35, 0.38, 0.4, 0.42, 0.45, 0.48, 0.5, 0.52, 0.55] {
            let buys = evidence.indices.filter { evidence[$0] >= decisive }
            let sells = evidence.indices.filter { evidence[$0] <= -decisive }
            let n = Double(evidence.count)
            func mean(_ x: [Int]) -> Double { x.reduce(0) { $0 + forward[$1] } / Double(max(1, x.count)) }
            print(
                decisive, Double(buys.count) / n, Double(sells.count) / n, mean(buys), mean(sells),
                mean(Array(evidence.indices)))
        }
    }
}
