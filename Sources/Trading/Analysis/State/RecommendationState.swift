public import TradingModel

/// Everything one run of the recommendation pipeline has found so far: each node fills its field.
///
/// Absent fields belong to nodes that have not run. The coded names are those of the pipeline's definition.
public struct RecommendationState: Sendable, Hashable, Codable {
    /// How far the run is.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        case started, sentiment, technical, pattern, risk, signals, portfolio, execution
    }

    /// What became of the plan.
    public enum ExecutionStatus: String, Sendable, Hashable, Codable, CaseIterable {
        case pending = "PENDING"
        case executing = "EXECUTING"
        case completed = "COMPLETED"
    }

    /// What a node or a person said.
    public struct Message: Sendable, Hashable, Codable {
        /// Who.
        public let author: String
        /// What.
        public let text: String

        /// Something said.
        public init(author: String, text: String) {
            self.author = author
            self.text = text
        }
    }

    /// What was said, oldest first.
    public var messages: [Message] = []
    /// How far the run is.
    public var currentAnalysis = Stage.started
    /// What the analysis was made from.
    public var marketData: MarketSummary?
    /// What is analysed, ascending.
    public var symbols: [Symbol] = []
    /// The sentiment node's.
    public var sentimentScores: SentimentAssessment?
    /// The technical node's.
    public var technicalSignals: TechnicalAssessment?
    /// The pattern node's.
    public var patterns: PatternAssessment?
    /// The risk node's.
    public var riskAssessment: RiskAssessment?
    /// The signal node's.
    public var signals: SignalSet?
    /// What the signals and the plan come to, one a symbol.
    public var tradeRecommendations: [Recommendation] = []
    /// What became of the plan.
    public var executionStatus = ExecutionStatus.pending
    /// The execution node's.
    public var executionPlan: ExecutionPlan?
    /// The portfolio node's.
    public var portfolioImpact: PortfolioTarget?
    /// How earlier recommendations turned out.
    public var historicalPerformance: [RecommendationScorecard.Outcome] = []
    /// How often each action and each kind of evidence was right.
    public var modelFeedback: RecommendationScorecard.Feedback?

    /// A run that has found nothing yet.
    public init(symbols: [Symbol]) {
        self.symbols = symbols.sorted()
    }

    private enum CodingKeys: String, CodingKey {
        case messages, symbols, patterns, signals
        case currentAnalysis = "current_analysis"
        case marketData = "market_data"
        case sentimentScores = "sentiment_scores"
        case technicalSignals = "technical_signals"
        case riskAssessment = "risk_assessment"
        case tradeRecommendations = "trade_recommendations"
        case executionStatus = "execution_status"
        case executionPlan = "execution_plan"
        case portfolioImpact = "portfolio_impact"
        case historicalPerformance = "historical_performance"
        case modelFeedback = "model_feedback"
    }
}
