import Accounting
import Analysis
import Determinism
import TradingModel
import WorkflowEngine

/// The seven nodes of the recommendation pipeline, each a thin frame around one analysis.
struct PipelineNodes {
    enum Name: String, CaseIterable {
        case sentiment = "sentiment_analysis"
        case technical = "technical_analysis"
        case pattern = "pattern_recognition"
        case risk = "risk_assessment"
        case signals = "signal_generation"
        case portfolio = "portfolio_optimization"
        case execution = "execution_planning"
    }

    /// A node found that one it depends on left nothing.
    struct MissingInput: Error, CustomStringConvertible {
        let name: String
        var description: String { "nothing was found by \(name)" }
    }

    private let sentimentAnalysis = SentimentAnalysis()
    private let signalGeneration: SignalGeneration
    private let optimisation: PortfolioOptimisation
    private let coding: OutputCoding

    init(_ settings: PipelinePlan, allowsShorting: Bool, coding: OutputCoding) {
        var signals = SignalGeneration()
        signals.threshold = settings.threshold
        signals.allowsShorting = allowsShorting
        signalGeneration = signals
        var optimisation = PortfolioOptimisation()
        optimisation.method = settings.optimiser == .minimumVariance ? .minimumVariance : .riskParity
        optimisation.cap = settings.maximumWeight
        self.optimisation = optimisation
        self.coding = coding
    }

    /// The nodes in the order in which the seed draws them.
    var all: [GraphNode<PipelineState>] {
        [sentiment, technical, pattern, risk, signals, portfolio, execution]
    }

    private var sentiment: GraphNode<PipelineState> {
        node(.sentiment, after: []) { [sentimentAnalysis] state in
            sentimentAnalysis.assess(state.headlines, state.universe, state.fresh, now: state.time)
        } apply: { scores, found in
            found.sentimentScores = scores
            found.currentAnalysis = .sentiment
        }
    }

    private var technical: GraphNode<PipelineState> {
        node(.technical, after: [.sentiment]) { state in
            // Signals are drawn for the readings of this node: an instrument without a new bar gets none.
            TechnicalAnalysis().assess(state.window, state.fresh)
        } apply: { signals, found in
            found.technicalSignals = signals
            found.currentAnalysis = .technical
        }
    }

    private var pattern: GraphNode<PipelineState> {
        node(.pattern, after: [.technical]) { state in
            PatternAnalysis().assess(state.window, state.fresh)
        } apply: { patterns, found in
            found.patterns = patterns
            found.currentAnalysis = .pattern
        }
    }

    private var risk: GraphNode<PipelineState> {
        node(.risk, after: [.pattern]) { state in
            RiskAnalysis().assess(state.window, state.universe.ids, portfolio: state.portfolio)
        } apply: { assessment, found in
            found.riskAssessment = assessment
            found.currentAnalysis = .risk
        }
    }

    private var signals: GraphNode<PipelineState> {
        node(.signals, after: [.risk]) { [signalGeneration] state in
            guard let technical = state.found.technicalSignals else {
                throw MissingInput(name: Name.technical.rawValue)
            }
            let evidence = SignalEvidence(
                technical: technical, pattern: state.found.patterns, sentiment: state.found.sentimentScores,
                risk: state.found.riskAssessment)
            return signalGeneration.generate(evidence, universe: state.universe, portfolio: state.portfolio)
        } apply: { signals, found in
            found.signals = signals
            found.currentAnalysis = .signals
        }
    }

    private var portfolio: GraphNode<PipelineState> {
        node(.portfolio, after: [.signals]) { [optimisation] state in
            guard let signals = state.found.signals else { throw MissingInput(name: Name.signals.rawValue) }
            return try optimisation.optimise(state.window, signals, state.portfolio)
        } apply: { target, found in
            found.portfolioImpact = target
            found.currentAnalysis = .portfolio
        }
    }

    private var execution: GraphNode<PipelineState> {
        node(.execution, after: [.portfolio]) { state in
            guard let signals = state.found.signals, let target = state.found.portfolioImpact else {
                throw MissingInput(name: Name.portfolio.rawValue)
            }
            return ExecutionPlanning().plan(target, signals, state.portfolio, state.window, busy: state.busy)
        } apply: { plan, found in
            found.executionPlan = plan
            found.executionStatus = plan.trades.isEmpty ? .completed : .pending
            found.currentAnalysis = .execution
        }
    }

    private func node<Output: Codable & Sendable>(
        _ name: Name, after needed: [Name], run: @escaping @Sendable (PipelineState) throws -> Output,
        apply: @escaping @Sendable (Output, inout RecommendationState) -> Void
    ) -> GraphNode<PipelineState> {
        GraphNode(name.rawValue, after: needed.map(\.rawValue), coding: coding) { state, _ in
            try run(state)
        } apply: { output, state in
            apply(output, &state.found)
        }
    }
}
