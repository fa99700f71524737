public import Determinism
public import TradingModel

extension RiskPolicy {
    /// Takes note of a bar: its close, and its turnover where a limit needs that. Allocates nothing.
    @inlinable
    public mutating func observe(_ id: InstrumentID, _ bar: Bar) {
        guard needsMarket else { return }
        market.observe(id.index, bar)
    }

    /// Takes note of a trade's price.
    public mutating func observe(_ id: InstrumentID, _ trade: TradeTick) {
        guard needsMarket, trade.price > 0 else { return }
        market.observe(id.index, trade.price, at: trade.time.nanoseconds)
    }

    /// Takes note of a quote: its middle as the last price, and its spread. A crossed or empty quote is ignored.
    public mutating func observe(_ id: InstrumentID, _ quote: Quote) {
        guard needsMarket, quote.bid > 0, quote.ask >= quote.bid else { return }
        let middle = Price(raw: quote.bid.raw + (quote.ask.raw - quote.bid.raw) / 2)
        market.observe(id.index, middle, at: quote.time.nanoseconds)
        market.today[id.index].halfSpread = Double(quote.ask.raw - quote.bid.raw) / 2 / Double(middle.raw)
    }

    /// Starts a trading day: sets what losses are measured from, and lifts a halt that ends with the day.
    ///
    /// The day it already is, or one before it, changes nothing, so that a restart does not forget the day's losses.
    public mutating func dayStarted(_ date: CivilDate, equity: Money, at time: Timestamp) {
        if let day, date <= day { return }
        day = date
        dayStartEquity = equity
        peakEquity = max(peakEquity ?? equity, equity)
        if case .halted(let reason) = state, reason.endsWithDay { state = .active }
        haltOnVolatility()
        setLossFloor(from: equity)
    }

    /// Compares equity with the loss limits; returns what was lost, once a day, when a limit is passed.
    ///
    /// Trading halts then, unless a person has halted or restricted it already: that stands until they resume it.
    @inlinable
    public mutating func equityChanged(_ equity: Money, at time: Timestamp) -> HaltReason? {
        if equity.raw >= lossFloor.raw { return nil }
        return haltOnLoss(equity)
    }

    @usableFromInline
    mutating func haltOnLoss(_ equity: Money) -> HaltReason {
        lossFloor = Money.lowest
        let reason = lossReason(equity)
        switch state {
        case .active, .halted(.dailyLoss), .halted(.volatility): state = .halted(reason)
        case .reduceOnly, .halted(.manual), .halted(.drawdown): break
        }
        return reason
    }

    private func lossReason(_ equity: Money) -> HaltReason {
        if let limit = limits.maxDrawdown, let peak = peakEquity, !isInDrawdown, equity < peak.less(limit) {
            return .drawdown(peak: peak, equity: equity, limit: limit)
        }
        return .dailyLoss(start: dayStartEquity ?? equity, equity: equity, limit: limits.maxDailyLoss ?? 0)
    }

    /// The higher of the two floors; a drawdown that has halted trading already leaves only the daily one.
    mutating func setLossFloor(from equity: Money) {
        lossFloor = Money.lowest
        if let limit = limits.maxDailyLoss { lossFloor = equity.less(limit) }
        if let limit = limits.maxDrawdown, let peak = peakEquity, !isInDrawdown {
            lossFloor = max(lossFloor, peak.less(limit))
        }
    }

    private var isInDrawdown: Bool {
        if case .halted(.drawdown) = state { true } else { false }
    }

    /// The median of the volatilities known halts the day where it is extreme.
    private mutating func haltOnVolatility() {
        guard let limit = limits.haltVolatility, state == .active else { return }
        let known = traits.indices.compactMap { volatility(InstrumentID($0)) }.sorted()
        guard !known.isEmpty, known[known.count / 2] > limit else { return }
        state = .halted(.volatility(actual: known[known.count / 2], limit: limit))
    }
}

extension Money {
    /// Below every equity: the floor of what has none. Not `.min`, whose text cannot be read back.
    @usableFromInline static let lowest = Money(raw: -.max)

    /// The amount less a share of its size, rounded to the nearest hundred-millionth.
    func less(_ share: Double) -> Money {
        guard let rate = Rate(nearest: share), let loss = try? magnitude.fraction(rate), let left = try? self - loss
        else { return Money.lowest }
        return left
    }

    /// A share of the amount.
    func share(_ share: Double) throws(Overflow) -> Money {
        guard let rate = Rate(nearest: share) else { throw Overflow("amount times share") }
        return try fraction(rate)
    }
}
