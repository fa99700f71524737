/// The rules of the gate.
public enum RiskRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// Trading is halted; only exits pass.
    case halted
    /// Only exits pass.
    case reduceOnly
    /// The run has no such instrument.
    case instrument
    /// The size is not above zero, or a sale is sized in money.
    case size
    /// An amount does not fit into ±92 billion.
    case overflow
    /// The smallest tradable unit.
    case lot
    /// A reduce-only order has nothing to reduce.
    case nothingToReduce
    /// More would be sold than is held.
    case shortSale
    /// No price is known, or one is not above zero.
    case priceMissing
    /// The last price is too old; seconds.
    case priceAge
    /// A price is too far from its reference; fraction.
    case priceDistance
    /// A stop or target is on the wrong side of the entry.
    case bracket
    /// The instrument was stopped out a short while ago; seconds since.
    case cooldown
    /// The instrument's annual volatility.
    case volatility
    /// The mean daily turnover.
    case liquidity
    /// The slippage to be expected; fraction.
    case slippage
    /// Orders in 60 seconds.
    case orderRate
    /// Worth of one order.
    case maxNotional
    /// Worth of one order.
    case minNotional
    /// Worth of one instrument, held and in flight.
    case positionShare
    /// Worth at which the stop would lose more than a trade may.
    case riskPerTrade
    /// Worth of the instruments that move together with this one.
    case correlatedShare
    /// Cash that is neither spent nor reserved.
    case buyingPower

    var title: String {
        switch self {
        case .halted: "trading is halted, only exits pass"
        case .reduceOnly: "only exits pass"
        case .instrument: "the run has no such instrument"
        case .overflow: "an amount does not fit into ±92 billion"
        case .size: "the size must be above zero, and a sale sized in units"
        case .lot: "less than the smallest tradable unit remains"
        case .nothingToReduce: "nothing is held that the order could reduce"
        case .shortSale: "more would be sold than is held"
        case .priceMissing: "no price above zero is known"
        case .priceAge: "age of the last price in seconds"
        case .priceDistance: "distance from the reference price"
        case .bracket: "the stop must lose, the target must gain, and both must stay above zero"
        case .cooldown: "seconds since the instrument was stopped out"
        case .volatility: "annual volatility"
        case .liquidity: "mean daily turnover"
        case .slippage: "expected slippage"
        case .orderRate: "orders in 60 seconds"
        case .maxNotional: "worth of the order"
        case .minNotional: "worth of the order"
        case .positionShare: "worth of the instrument, held and in flight"
        case .riskPerTrade: "worth of the order at which its stop risks the most a trade may"
        case .correlatedShare: "worth of all instruments that move together"
        case .buyingPower: "cash needed"
        }
    }

    var isFloor: Bool { self == .liquidity || self == .minNotional || self == .cooldown }

    func text(limit: Double?, actual: Double?) -> String {
        guard let limit else { return title }
        let bound = isFloor ? "at least" : "at most"
        guard let actual else { return "\(title): unknown, \(bound) \(limit)" }
        return "\(title): \(actual), \(bound) \(limit)"
    }
}
