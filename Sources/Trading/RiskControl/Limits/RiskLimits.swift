public import TradingModel

/// What the gate allows; a limit that is nil is not applied.
///
/// Shares are fractions of equity, rates are fractions, annual figures are per year.
public struct RiskLimits: Sendable, Hashable, Codable {
    /// The largest share of equity in one instrument, held and in flight; entries are reduced to it.
    public var maxPositionShare: Double? = 0.10
    /// How far below the entry the stop of an entry that has none is put, as a fraction of the fill price.
    public var stopLoss: Double? = 0.05
    /// How far behind the best price since the entry its stop follows, as a fraction; nil for stops that stay.
    public var trailingStop: Double?
    /// How far above the entry the profit target of an entry that has none is put, as a fraction of the fill price.
    public var takeProfit: Double? = 0.15
    /// The loss since the day's start, as a share of that equity, beyond which trading halts.
    public var maxDailyLoss: Double? = 0.02
    /// The loss since the highest equity at the start of a day beyond which trading halts until a person resumes it.
    public var maxDrawdown: Double?
    /// The largest share of equity in instruments that move together; entries are reduced to it.
    public var maxCorrelatedShare: Double? = 0.30
    /// The correlation of daily returns above which two instruments move together.
    public var correlationThreshold = 0.7
    /// How many daily returns a correlation is taken over; half of them must be known.
    public var correlationWindow = 60
    /// The money that must change hands in a day, on the mean of the last 20; entries below it are refused.
    public var minDailyTurnover: Double? = 100_000_000
    /// The slippage a market order may be expected to have; reservations allow for it.
    public var maxSlippage: Double? = 0.001
    /// The venue's fees that reservations allow for, as a fraction of the value.
    public var feeAllowance = 0.001
    /// What a trade may lose at its stop, as a share of equity; entries are reduced to it.
    public var riskPerTrade: Double? = 0.02
    /// The same where volatility is above `highVolatility` or not known yet.
    public var riskPerVolatileTrade: Double? = 0.01
    /// The annual volatility above which a trade counts as volatile.
    public var highVolatility = 0.3
    /// The annual volatility above which an instrument is not entered at all.
    public var haltVolatility: Double? = 1.0
    /// Whether more may be sold than is held.
    public var allowShort = false
    /// Whether a sale of more than is held is cut to what is held; it is refused otherwise.
    public var cutsExcessSales = true
    /// How far an order's price may be from the last price, and the last price from the close of the day before.
    public var maxPriceDistance: Double? = 0.20
    /// How old the last price may be for an entry; four days span a long weekend of daily bars.
    public var maxPriceAge: Duration? = .seconds(4 * 86_400)
    /// How long an instrument is not entered after its stop was hit.
    public var cooldownAfterStop: Duration?
    /// Orders approved in any 60 seconds before entries are refused; exits count but are not refused.
    public var maxOrdersPerMinute: Int? = 200
    /// The smallest worth of an entry.
    public var minNotional: Money? = 10
    /// The largest worth of an entry; entries are reduced to it.
    public var maxNotional: Money?
    /// Whether a halt for loss should close every position as well.
    public var flattensOnLoss = false

    /// The standard limits.
    public init() {}

    /// No limits but cash: what is bought must be paid for, and nothing is sold that is not held.
    public static var unlimited: RiskLimits {
        var limits = RiskLimits()
        limits.removeShares()
        limits.removeChecks()
        return limits
    }

    private mutating func removeShares() {
        (maxPositionShare, maxCorrelatedShare, riskPerTrade, riskPerVolatileTrade) = (nil, nil, nil, nil)
        (stopLoss, takeProfit, maxDailyLoss, maxDrawdown) = (nil, nil, nil, nil)
        trailingStop = nil
    }

    private mutating func removeChecks() {
        (minDailyTurnover, maxSlippage, haltVolatility, maxPriceDistance) = (nil, nil, nil, nil)
        (maxPriceAge, maxOrdersPerMinute, minNotional, maxNotional) = (nil, nil, nil, nil)
        cooldownAfterStop = nil
        feeAllowance = 0
    }

    /// True where a limit needs prices or statistics of past bars.
    var needsMarket: Bool {
        maxCorrelatedShare != nil || minDailyTurnover != nil || haltVolatility != nil || maxPriceDistance != nil
            || maxPriceAge != nil || riskPerVolatileTrade != nil || maxSlippage != nil
    }

    /// How many complete days of each instrument the statistics need.
    var daysNeeded: Int { needsMarket ? max(21, correlationWindow + 1) : 0 }
}
