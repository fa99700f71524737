public import Determinism
public import TradingModel

/// The gate: judges intents against what is held, what is in flight and what happened today.
///
/// It is the only maker of `ApprovedOrder`. All its state is coded, so a restart forgets no loss, halt or order.
public struct RiskPolicy: Sendable, Hashable, Codable {
    /// What it allows.
    public internal(set) var limits: RiskLimits
    /// What it lets through at present.
    public internal(set) var state: TradingState = .active
    /// The trading day; nil before the first.
    public internal(set) var day: CivilDate?
    /// Equity when the trading day began.
    public internal(set) var dayStartEquity: Money?
    /// The highest equity at the start of any day; what a drawdown is measured from.
    public internal(set) var peakEquity: Money?

    /// Equity below this halts trading; computed ahead so that the hot path compares two integers.
    @usableFromInline var lossFloor = Money.lowest
    @usableFromInline var needsMarket: Bool
    @usableFromInline var market: MarketStatistics
    var traits: ContiguousArray<Traits>
    var open = OpenOrders()
    var recent: OrderRate
    /// When each instrument's stop was last hit; `.min` where it never was.
    var stoppedOut: ContiguousArray<Int64>
    var lastStep: UInt64 = 0
    var lastOrdinal: UInt32 = 0

    /// What the gate must know of an instrument, without strings.
    struct Traits: Sendable, Hashable, Codable {
        let lot: Quantity
        let periodsPerYear: Double
        /// Equal for instruments of one sector; nil where the sector is not known.
        let sector: Int?
    }

    /// A gate with nothing in flight.
    public init(limits: RiskLimits, universe: Universe) {
        self.limits = limits
        needsMarket = limits.needsMarket
        market = MarketStatistics(instruments: universe.count, capacity: limits.daysNeeded)
        traits = RiskPolicy.traits(of: universe)
        recent = OrderRate(capacity: limits.maxOrdersPerMinute ?? 0)
        stoppedOut = ContiguousArray(repeating: .min, count: universe.count)
    }

    private static func traits(of universe: Universe) -> ContiguousArray<Traits> {
        let sectors = universe.instruments.map(\.sector)
        return ContiguousArray(
            universe.instruments.map { instrument in
                Traits(
                    lot: instrument.lot, periodsPerYear: instrument.assetClass == .crypto ? 365 : 252,
                    sector: instrument.sector.flatMap { sector in sectors.firstIndex(of: sector) })
            })
    }

    /// The cash reserved for orders in flight.
    public var reserved: Money { open.reserved }

    /// The orders in flight, protective exits at the broker included.
    public var ordersInFlight: [Order] { open.orders.map(\.order) }

    /// Entries that may still be filled: what to cancel when trading halts.
    public var entriesInFlight: [OrderID] { open.orders.filter(\.isEntry).map(\.order.id) }

    /// Approved orders of which the broker has said nothing: what to ask it for after a restart.
    public var unanswered: [ApprovedOrder] {
        open.orders.filter { !$0.isAnswered }.map { ApprovedOrder($0.order, reserved: $0.reserved) }
    }

    /// The instrument's annualised volatility over its last 20 daily returns; nil below 10.
    public func volatility(_ id: InstrumentID) -> Double? {
        guard needsMarket else { return nil }
        return market.dailyVolatility(id.index).map { $0 * traits[id.index].periodsPerYear.squareRoot() }
    }

    /// The correlation of two instruments' daily returns; nil where too few days are known.
    public func correlation(_ left: InstrumentID, _ right: InstrumentID) -> Double? {
        guard needsMarket else { return nil }
        return market.correlation(left.index, right.index, window: limits.correlationWindow)
    }

    /// The close of the day before the running one; nil where no earlier day is known.
    public func previousClose(_ id: InstrumentID) -> Price? {
        guard needsMarket, let day = market.day(id.index, back: 1) else { return nil }
        return Price(raw: day.close)
    }

    /// The mean daily turnover in the account's currency; nil before the first bar.
    public func meanDailyTurnover(_ id: InstrumentID) -> Double? {
        needsMarket ? market.meanTurnover(id.index) : nil
    }
}
