/// Writes the document of a trading day: the stages and tasks that all days share, with what a special day adds.
struct TradingDayText {
    let kind: TradingDayKind
    let description: String
    /// Written tasks put before the others of the pre-market stage.
    var before: [String] = []
    /// Written tasks put before the others of the closing stage.
    var closing: [String] = []
    /// How urgent the look at the economy is.
    var macroPriority = "MEDIUM"
    /// What the sizes of new positions are multiplied by.
    var riskAdjustment = 1.0

    var text: String {
        """
        # \(description)
        #
        # The stages follow the exchange's clock: open and close are those of the day, so that early closes count.
        name: \(kind.workflow)
        description: \(description)
        priority: HIGH
        calendar: XNYS
        timeout: 24h
        stages:
        \(preMarket)
        \(marketOpen)
        \(TradingDayText.intraday)
        \(closingStage)
        \(TradingDayText.postMarket)

        """
    }

    private var preMarket: String {
        """
          pre_market:
            window: {from: "06:00", until: open}
            tasks:
        \(before.joined(separator: "\n") + (before.isEmpty ? "" : "\n"))\
              - {agent: junior_analyst, task_type: market_analysis, priority: HIGH, timeout: 5m, max_retries: 2}
              - {agent: economist, task_type: macro_assessment, priority: \(macroPriority), timeout: 5m, max_retries: 2}
              - agent: senior_analyst
                task_type: risk_assessment
                priority: HIGH
                dependencies: [market_analysis]
                timeout: 5m
                max_retries: 2
              - agent: senior_analyst
                task_type: opportunity_identification
                dependencies: [market_analysis, macro_assessment, risk_assessment]
                timeout: 10m
                max_retries: 2
        """
    }

    private var marketOpen: String {
        """
          market_open:
            window: {from: open, until: open+1h}
            tasks:
              - agent: portfolio_manager
                task_type: generate_trades
                task_data: {risk_adjustment: \(riskAdjustment)}
                priority: HIGH
                dependencies: [market_analysis, risk_assessment]
                timeout: 10m
                max_retries: 3
              - agent: trade_execution
                task_type: execute_orders
                priority: HIGH
                dependencies: [generate_trades]
                timeout: 10m
                max_retries: 3
        """
    }

    private static let intraday = """
          intraday:
            window: {from: open+1h, until: close-1h, every: 15m}
            tasks:
              - {agent: junior_analyst, task_type: monitor_market, timeout: 5m}
              - {agent: senior_analyst, task_type: risk_monitoring, priority: HIGH, timeout: 5m}
              - agent: portfolio_manager
                task_type: rebalance
                priority: HIGH
                dependencies: [monitor_market, risk_monitoring]
                timeout: 5m
        """

    private var closingStage: String {
        """
          closing:
            window: {from: close-1h, until: close}
            tasks:
        \(closing.joined(separator: "\n") + (closing.isEmpty ? "" : "\n"))\
              - {agent: trade_execution, task_type: order_tracking, priority: HIGH, timeout: 5m}
              - agent: portfolio_manager
                task_type: closing_review
                priority: HIGH
                dependencies: [order_tracking]
                timeout: 10m
        """
    }

    private static let postMarket = """
          post_market:
            window: {from: close, until: close+2h}
            tasks:
              - {agent: analytics, task_type: performance_analysis, timeout: 10m}
              - {agent: analytics, task_type: report_generation, dependencies: [performance_analysis], timeout: 10m}
              - agent: portfolio_manager
                task_type: next_day_preparation
                priority: LOW
                dependencies: [performance_analysis]
                timeout: 10m
        """
}
