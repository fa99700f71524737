import RiskControl

extension LimitField {
    /// Every limit, in the order in which faces show them.
    public static let all: [LimitField] = shares + trades + markets + flags

    private static let shares: [LimitField] = [
        .optional(
            "max_position_share", \.maxPositionShare, .share, 0...1,
            "The largest share of equity in one instrument; entries are reduced to it"),
        .optional(
            "max_daily_loss", \.maxDailyLoss, .share, 0...1,
            "The loss since the day's start at which trading halts, as a share of equity"),
        .optional(
            "max_drawdown", \.maxDrawdown, .share, 0...1,
            "The loss since the highest day's start at which trading halts until a person resumes"),
        .optional(
            "max_correlated_share", \.maxCorrelatedShare, .share, 0...1,
            "The largest share of equity in instruments that move together"),
        .number(
            "correlation_threshold", \.correlationThreshold, 0...1, .lower,
            "The correlation above which two instruments move together"),
        correlationWindow,
    ]

    private static let trades: [LimitField] = [
        .optional(
            "stop_loss", \.stopLoss, .share, 0...0.99,
            "How far from the entry its stop is put, as a fraction of the price"),
        .optional(
            "trailing_stop", \.trailingStop, .share, 0.0001...0.99,
            "How far behind the best price a stop follows, as a fraction of it"),
        .optional(
            "take_profit", \.takeProfit, .share, 0...100,
            "How far from the entry its target is put, as a fraction of the price"),
        .optional(
            "risk_per_trade", \.riskPerTrade, .share, 0...1,
            "What a trade may lose at its stop, as a share of equity"),
        .optional(
            "risk_per_volatile_trade", \.riskPerVolatileTrade, .share, 0...1,
            "The same where volatility is high or not known"),
        .money("min_notional", \.minNotional, .higher, "The smallest worth of an entry"),
        .money("max_notional", \.maxNotional, .lower, "The largest worth of an entry"),
        ordersPerMinute,
        .seconds(
            "cooldown_after_stop", \.cooldownAfterStop, .higher,
            "How long an instrument is not entered after its stop was hit"),
    ]

    private static let markets: [LimitField] = [
        .optional(
            "min_daily_turnover", \.minDailyTurnover, .money, 0...1e15,
            "The money that must change hands in an instrument in a day", tightens: .higher),
        .optional(
            "max_slippage", \.maxSlippage, .share, 0...1,
            "The slippage that an order at the market may be expected to have"),
        .number(
            "fee_allowance", \.feeAllowance, 0...0.1, .higher,
            "The fees that reservations allow for, as a fraction of the value"),
        .number(
            "high_volatility", \.highVolatility, 0...100, .lower,
            "The annual volatility above which a trade counts as volatile"),
        .optional(
            "halt_volatility", \.haltVolatility, .ratio, 0...100,
            "The annual volatility above which an instrument is not entered"),
        .optional(
            "max_price_distance", \.maxPriceDistance, .share, 0...10,
            "How far a price may be from the last one, as a fraction of it"),
        .seconds("max_price_age", \.maxPriceAge, .lower, "How old the last price may be for an entry"),
    ]

    private static let flags: [LimitField] = [
        .flag("allow_short", \.allowShort, .lower, "Whether more may be sold than is held"),
        .flag(
            "cuts_excess_sales", \.cutsExcessSales, .lower,
            "Whether a sale of more than is held is cut to what is held"),
        .flag(
            "flattens_on_loss", \.flattensOnLoss, .higher,
            "Whether a halt for loss closes every position as well"),
    ]
}
