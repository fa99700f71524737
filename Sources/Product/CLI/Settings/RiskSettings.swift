import Configuration

/// What the risk gate allows; shares are fractions of equity, 0.1 for ten percent.
struct RiskSettings: Sendable, Hashable {
    /// The largest share of equity in one instrument.
    var maxPositionSize = 0.1
    /// How far below the entry a position is closed at a loss.
    var stopLossPercentage = 0.05
    /// How far behind the best price since the entry its stop follows; nil for a stop that stays.
    var trailingStop: Double?
    /// How far above the entry a position is closed at a profit.
    var takeProfitPercentage = 0.15
    /// The loss since the day's start at which trading halts.
    var maxDailyLoss = 0.02
    /// The largest share of equity in instruments that move together.
    var maxCorrelatedExposure = 0.3
    /// The correlation above which two instruments move together.
    var correlationThreshold = 0.7
    /// The money that must change hands in an instrument in a day, in the account's currency.
    var minDailyVolume = 100_000_000.0
    /// What a trade may lose at its stop.
    var riskPerTrade = 0.02
    /// The same while volatility is above the threshold.
    var highVolatilityRiskPerTrade = 0.01
    /// The annual volatility above which it counts as high.
    var volatilityThreshold = 0.3
    /// The annual volatility above which trading halts.
    var volatilityHalt = 0.8
    /// The slippage an order may be expected to have, as a fraction of its price.
    var maxSlippage = 0.001
    /// Orders in any minute before entries are refused.
    var maxOrdersPerMinute = 200
    /// Whether more may be sold than is held.
    var allowShort = false
    /// How far an order's price may be from the last price, as a fraction of it.
    var priceSanityBand = 0.2

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        readShares(section)
        readMarket(section)
        readOrders(section)
        checkTogether(section)
    }

    private mutating func readShares(_ section: ConfigurationSection) {
        func share(_ key: String, _ fallback: Double, _ variable: String) -> Double {
            section.value(key, .fraction(), default: fallback, variables: variable)
        }
        maxPositionSize = share("max_position_size", maxPositionSize, "MAX_POSITION_SIZE")
        stopLossPercentage = section.value(
            "stop_loss_percentage", .fraction(.above(0, upTo: 0.99)), default: stopLossPercentage,
            variables: "STOP_LOSS_PERCENTAGE")
        trailingStop = section.value(
            "trailing_stop", ValueKind.fraction(.above(0, upTo: 0.99)).optional, default: trailingStop)
        takeProfitPercentage = section.value(
            "take_profit_percentage", .fraction(.above(0, upTo: 100)), default: takeProfitPercentage,
            variables: "TAKE_PROFIT_PERCENTAGE")
        maxDailyLoss = share("max_daily_loss", maxDailyLoss, "MAX_DAILY_LOSS")
        maxCorrelatedExposure = share("max_correlated_exposure", maxCorrelatedExposure, "MAX_CORRELATED_EXPOSURE")
        riskPerTrade = share("risk_per_trade", riskPerTrade, "RISK_PER_TRADE")
        highVolatilityRiskPerTrade = section.value(
            "high_volatility_risk_per_trade", .fraction(), default: highVolatilityRiskPerTrade)
    }

    private mutating func readMarket(_ section: ConfigurationSection) {
        correlationThreshold = section.value(
            "correlation_threshold", .number(.from(0, upTo: 1)), default: correlationThreshold)
        minDailyVolume = section.value("min_daily_volume", .number(.from(0, upTo: 1e15)), default: minDailyVolume)
        volatilityThreshold = section.value(
            "volatility_threshold", .number(.above(0, upTo: 100)), default: volatilityThreshold)
        volatilityHalt = section.value("volatility_halt", .number(.above(0, upTo: 100)), default: volatilityHalt)
    }

    private mutating func readOrders(_ section: ConfigurationSection) {
        maxSlippage = section.value("max_slippage", .fraction(), default: maxSlippage)
        maxOrdersPerMinute = section.value("max_orders_per_minute", .integer(1...100_000), default: maxOrdersPerMinute)
        allowShort = section.value("allow_short", .bool, default: allowShort)
        priceSanityBand = section.value("price_sanity_band", .fraction(), default: priceSanityBand)
    }

    private func checkTogether(_ section: ConfigurationSection) {
        if highVolatilityRiskPerTrade > riskPerTrade {
            section.conflict(
                "high_volatility_risk_per_trade",
                "\(highVolatilityRiskPerTrade) is more than risk_per_trade; allowed: up to \(riskPerTrade)")
        }
        if volatilityThreshold > volatilityHalt {
            section.conflict(
                "volatility_threshold",
                "\(volatilityThreshold) is more than volatility_halt; allowed: up to \(volatilityHalt)")
        }
        if maxPositionSize > maxCorrelatedExposure {
            section.conflict(
                "max_correlated_exposure",
                "\(maxCorrelatedExposure) is less than max_position_size; allowed: from \(maxPositionSize) to 1")
        }
    }
}
