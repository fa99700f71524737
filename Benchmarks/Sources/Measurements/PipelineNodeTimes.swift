import Analysis
import Determinism
import TradingDesk
import TradingEngine
import TradingModel

/// What each analysis takes on the state of a desk, in processor time.
struct PipelineNodeTimes {
    private(set) var all: [(name: String, milliseconds: Double)] = []

    init(_ state: DeskState, at time: Timestamp) throws {
        let (window, universe) = (state.window, state.window.universe)
        let (ids, portfolio) = (universe.ids, state.loop.engine.portfolio)
        let sentiment = timed("sentiment_analysis") {
            SentimentAnalysis().assess(state.headlines, universe, ids, now: time)
        }
        let technical = timed("technical_analysis") { TechnicalAnalysis().assess(window, ids) }
        let pattern = timed("pattern_recognition") { PatternAnalysis().assess(window, ids) }
        let risk = timed("risk_assessment") { RiskAnalysis().assess(window, ids, portfolio: portfolio) }
        let evidence = SignalEvidence(technical: technical, pattern: pattern, sentiment: sentiment, risk: risk)
        let signals = timed("signal_generation") {
            SignalGeneration().generate(evidence, universe: universe, portfolio: portfolio)
        }
        let target = try timed("portfolio_optimization") {
            try PortfolioOptimisation().optimise(window, signals, portfolio)
        }
        _ = timed("execution_planning") { ExecutionPlanning().plan(target, signals, portfolio, window) }
    }

    private mutating func timed<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
        let start = processorTime()
        let result = try body()
        all.append((name, (processorTime() - start) * 1000))
        return result
    }
}
