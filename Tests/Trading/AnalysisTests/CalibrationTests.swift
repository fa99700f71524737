import Analysis
import Foundation
import SharedData
import Testing
import TradingModel

@Suite(.needsSharedData) struct CalibrationTests {
    @Test func `evidence distribution`() throws {
        var evidence: [Double] = []
        for symbol in DailyBars.symbols {
            let universe = Universe([Instrument(try #require(Symbol(symbol)), .equity)])
            var window = MarketWindow(universe: universe)
            for (index, bar) in try DailyBars.stock(symbol).enumerated() {
                try window.append(bar, for: InstrumentID(0))
                guard index >= 251, index % 3 == 0 else { continue }
                let technical = TechnicalAnalysis().assess(window, [InstrumentID(0)])
                evidence.append(technical.readings[0].score ?? 0)
            }
        }
        evidence.sort()
        for quantile in [0.001, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.999] {
            print(quantile, evidence[Int(quantile * Double(evidence.count - 1))])
        }
    }
}
